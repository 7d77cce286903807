"""Whom an urgent flag tells at once, by the hour, the rota and what else is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings

from aftercare.messages import words
from aftercare.models import (
    Clinic,
    Duty,
    MessageChannel,
    OutgoingMessage,
    StaffMember,
    Treatment,
)
from aftercare.services.follow_up import Contact, log_contact
from aftercare.services.ladder import climb_ladder
from tests.aftercare.ladder.telling import SATURDAY, after, flag, letters, told
from tests.builders import (
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_staff,
    send_log,
    shown_flags,
)

pytestmark = pytest.mark.django_db

NIGHT = MONDAY + timedelta(hours=12)


@pytest.mark.usefixtures("_rota", "lead")
def test_while_it_is_open_exactly_those_on_duty_are_told_and_not_the_backup(
    treatment: Treatment, clinic: Clinic
) -> None:
    second = make_staff(clinic, "Ines Roy")
    Duty.objects.create(
        clinic=clinic,
        staff=second,
        starts_at=MONDAY - timedelta(hours=1),
        ends_at=MONDAY + timedelta(hours=9),
    )
    send_log(treatment, fever())
    assert climb_ladder(MONDAY) == 1
    assert told() == [("raised", "Ines Roy"), ("raised", "Priya Nair")]
    assert len(letters()) == 2


@pytest.mark.usefixtures("_rota", "lead")
def test_they_are_told_by_every_way_in_words_that_say_nothing(
    treatment: Treatment,
    nurse: StaffMember,
    settings: LazySettings,
    tmp_path: object,
) -> None:
    settings.MESSAGE_FOLDER = str(tmp_path)
    nurse.phone = "07700 900001"
    nurse.save()
    send_log(treatment, fever())
    climb_ladder(MONDAY)
    sent = OutgoingMessage.objects.order_by("channel")
    assert [message.channel for message in sent] == list(MessageChannel)
    for message in sent:
        same = words.STAFF_URGENT.filled(
            MessageChannel(message.channel),
            clinic=nurse.clinic.name,
            link=message.body.split()[-1],
        )
        assert message.body == same.body


@pytest.mark.usefixtures("lead", "backup")
def test_while_it_is_open_and_nobody_is_on_the_rota_all_who_may_act_are_told(
    treatment: Treatment, clinic: Clinic
) -> None:
    make_staff(clinic, "Ruth Abara", "is_front_desk")
    send_log(treatment, fever())
    climb_ladder(MONDAY)
    everybody = ["Lena Hart", "Priya Nair", "Sam Kerr"]
    assert told() == [("raised", name) for name in everybody]


@pytest.mark.usefixtures("lead")
def test_who_has_left_does_not_hold_the_rota_alone(
    treatment: Treatment, clinic: Clinic, backup: StaffMember
) -> None:
    Duty.objects.create(
        clinic=clinic,
        staff=backup,
        starts_at=MONDAY - timedelta(hours=1),
        ends_at=MONDAY + timedelta(hours=9),
    )
    StaffMember.objects.filter(pk=backup.pk).update(deactivated_at=MONDAY)
    send_log(treatment, fever())
    climb_ladder(MONDAY)
    assert told() == [("raised", "Lena Hart"), ("raised", "Priya Nair")]


@pytest.mark.usefixtures("_rota", "lead")
def test_a_worse_answer_tells_those_on_duty_anew(treatment: Treatment) -> None:
    send_log(treatment, GLANDS)
    climb_ladder(MONDAY)
    assert told() == []
    send_log(treatment, GLANDS | fever(), at=after(hours=1))
    climb_ladder(after(hours=1))
    assert set(told()) == {("raised", "Priya Nair")}
    assert len(letters()) == 1
    send_log(treatment, EMERGENCY | fever(), at=after(hours=1, minutes=5))
    climb_ladder(after(hours=1, minutes=5))
    assert len(letters()) == 3  # once more, and now whoever stands behind them


@pytest.mark.usefixtures("_rota", "lead")
def test_the_same_sign_after_a_call_tells_them_anew(
    treatment: Treatment, nurse: StaffMember
) -> None:
    send_log(treatment, fever())
    climb_ladder(MONDAY)
    log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=nurse,
        contact=Contact("phone", "spoke"),
        at=after(minutes=10),
    )
    send_log(treatment, fever("39.0"), at=after(hours=1))
    climb_ladder(after(hours=1))
    assert told() == [("raised", "Priya Nair"), ("raised", "Priya Nair")]
    assert len(letters()) == 2


@pytest.mark.usefixtures("_rota", "lead")
@pytest.mark.parametrize(
    "at", [MONDAY, SATURDAY, NIGHT], ids=["open", "closed", "night"]
)
def test_a_routine_flag_tells_nobody_when_it_rises(
    treatment: Treatment, at: object
) -> None:
    send_log(treatment, GLANDS, at=at)
    assert climb_ladder(at) == 0
    assert told() == []
    assert letters() == []
    assert flag().next_rung_at > at


@pytest.mark.usefixtures("_rota", "lead")
def test_while_it_is_closed_nobody_is_told_who_is_not_on_call(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever(), at=NIGHT)
    climb_ladder(NIGHT)
    assert told() == [("raised", "nobody")]
    assert letters() == []


@pytest.mark.usefixtures("_rota", "lead")
def test_a_worker_that_comes_back_asks_the_rota_of_that_moment(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever())
    climb_ladder(NIGHT)
    assert ("raised", "nobody") in told()
    assert "Priya Nair" not in dict(told()).values()


@pytest.mark.usefixtures("_rota", "lead")
def test_two_flags_of_one_log_are_one_message_to_each(treatment: Treatment) -> None:
    send_log(treatment, fever(), {"signs_pus": True})
    assert treatment.flags.filter(level=3).count() > 1
    climb_ladder(MONDAY)
    assert set(told()) == {("raised", "Priya Nair")}
    assert len(told()) > 1
    assert len(letters()) == 1

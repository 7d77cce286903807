"""Who is told in an emergency, while the clinic is closed, or with nobody on the rota."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from aftercare.models import (
    Clinic,
    Duty,
    Flag,
    MovedPromise,
    StaffMember,
    Treatment,
)
from aftercare.services.follow_up import acknowledge
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


# --- Emergencies, closed clinics, empty rotas -----------------------------------------


@pytest.mark.usefixtures("_rota", "lead")
def test_an_emergency_tells_everyone_on_duty_at_once_on_every_channel(
    treatment: Treatment,
    nurse: StaffMember,
    settings: LazySettings,
    tmp_path: object,
) -> None:
    settings.MESSAGE_FOLDER = str(tmp_path)
    nurse.phone = "07700 900001"
    nurse.save()
    send_log(treatment, EMERGENCY)
    climb_ladder(MONDAY)
    assert told() == [("raised", "Priya Nair"), ("raised", "Sam Kerr")]
    assert "07700 900001" in letters()
    assert len(letters()) == 3


@pytest.mark.usefixtures("lead", "backup")
def test_an_emergency_without_a_rota_tells_all_who_may_act(
    treatment: Treatment, clinic: Clinic
) -> None:
    make_staff(clinic, "Ruth Abara", "is_front_desk")
    send_log(treatment, EMERGENCY)
    climb_ladder(MONDAY)
    assert [name for _, name in told()] == ["Lena Hart", "Priya Nair", "Sam Kerr"]


@pytest.mark.usefixtures("lead")
def test_an_urgent_flag_at_the_weekend_tells_whoever_is_on_call_and_else_says_nobody(
    treatment: Treatment, clinic: Clinic, backup: StaffMember
) -> None:
    send_log(treatment, fever(), at=SATURDAY)
    climb_ladder(SATURDAY)
    assert told() == [("raised", "nobody")]
    Duty.objects.create(
        clinic=clinic,
        staff=backup,
        starts_at=SATURDAY,
        ends_at=SATURDAY + timedelta(days=1),
    )
    send_log(treatment, fever(), {"signs_pus": True}, at=SATURDAY + timedelta(hours=1))
    climb_ladder(SATURDAY + timedelta(hours=1))
    assert set(told()[1:]) == {("raised", "Sam Kerr")}
    assert len(letters()) == 1  # however many flags the log raised


def test_without_a_backup_the_lead_is_told_and_without_a_lead_the_owner(
    treatment: Treatment, clinic: Clinic
) -> None:
    make_staff(clinic, "Olu Bankole", "is_owner")
    send_log(treatment, fever())
    climb_ladder(after())
    climb_ladder(after(minutes=30))
    assert told() == [("raised", "Priya Nair"), ("quarter", "Olu Bankole")]


def test_who_has_left_or_never_came_in_is_not_told(
    treatment: Treatment, clinic: Clinic, nurse: StaffMember, lead: StaffMember
) -> None:
    new = make_staff(clinic, "New Lead", "is_clinical_lead")
    StaffMember.objects.filter(pk=new.pk).update(joined_at=None)
    StaffMember.objects.filter(pk=lead.pk).update(deactivated_at=MONDAY)
    send_log(treatment, fever())
    climb_ladder(after(hours=2))
    assert told() == [
        ("late", "nobody"),
        ("quarter", "nobody"),
        ("raised", "Priya Nair"),
    ]
    assert letters() == [nurse.login.email]


@pytest.mark.usefixtures("lead")
def test_a_routine_flag_waits_for_a_quarter_of_its_opening_hours(
    treatment: Treatment,
) -> None:
    send_log(treatment, GLANDS)
    due, first = flag().due_at, flag().next_rung_at
    assert due is not None
    assert first is not None
    climb_ladder(first - timedelta(minutes=1))
    assert told() == []
    climb_ladder(due)
    assert told() == [("late", "Lena Hart"), ("quarter", "Lena Hart")]


@pytest.mark.usefixtures("lead")
def test_a_flag_that_nothing_can_be_promised_for_is_told_of_every_day(
    treatment: Treatment, clinic: Clinic
) -> None:
    send_log(treatment, fever())
    clinic.openings.all().delete()
    clinic.openings.create(weekday=0, opens="09:00", closes="10:00")
    for week in range(4):
        clinic.openings.create(date=(after(weeks=week)).date())
    send_log(treatment, fever(), {"signs_pus": True}, at=after(hours=1))
    climb_ladder(after(hours=1))
    climb_ladder(after(hours=3))
    hopeless = Flag.objects.filter(due_at__isnull=True)
    assert hopeless
    assert all(flag.next_rung_at for flag in hopeless)
    late = MovedPromise.objects.get()
    assert late.next_at is None
    waiting = late.flag.next_rung_at
    assert waiting is not None
    assert climb_ladder(waiting) >= 1
    assert late.flag.moved_promises.count() == 1


def close_for_three_weeks(clinic: Clinic) -> None:
    """From Tuesday on nothing opens until Tuesday in three weeks."""
    for day in range(1, 22):
        clinic.openings.create(date=after(days=day).date())


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize("answers", [GLANDS, fever()], ids=["prompt", "urgent"])
def test_the_lead_hears_at_once_and_every_day_of_what_nothing_can_be_promised_for(
    treatment: Treatment, clinic: Clinic, answers: dict[str, Any]
) -> None:
    close_for_three_weeks(clinic)
    send_log(treatment, answers, at=after(days=2))
    assert flag().due_at is None
    climb_ladder(after(days=2))
    assert ("late", "Lena Hart") in told()
    assert len(letters()) == 1
    climb_ladder(after(days=2, hours=23))
    assert len(letters()) == 1
    climb_ladder(after(days=3))
    climb_ladder(after(days=4))
    assert len(letters()) == 3
    assert not MovedPromise.objects.exists()


@pytest.mark.usefixtures("lead")
def test_a_deadline_missed_before_a_long_closure_is_told_of_every_day_of_it(
    treatment: Treatment, clinic: Clinic
) -> None:
    send_log(treatment, fever())
    close_for_three_weeks(clinic)
    climb_ladder(after())
    climb_ladder(after(minutes=30))
    climb_ladder(after(days=1))
    assert MovedPromise.objects.get().next_at is None
    assert len(letters()) == 4  # two at once, the lead after a quarter and when late
    climb_ladder(after(days=1, hours=1))
    assert len(letters()) == 4
    climb_ladder(after(days=2))
    climb_ladder(after(days=3))
    assert len(letters()) == 6


@pytest.mark.usefixtures("lead")
def test_what_was_taken_on_before_a_long_closure_is_told_of_when_it_is_over(
    treatment: Treatment, clinic: Clinic, nurse: StaffMember
) -> None:
    send_log(treatment, fever())
    close_for_three_weeks(clinic)
    acknowledge(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=nurse,
        at=after(days=1),
    )
    climb_ladder(after(days=1))
    assert flag().next_rung_at == after(days=2)
    climb_ladder(after(days=10))
    opens = after(days=22, minutes=-30)
    assert flag().next_rung_at == opens
    assert told() == []
    climb_ladder(opens)
    assert told() == [("late", "Lena Hart")]

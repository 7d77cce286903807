"""Each day that asks for a log says so once, at the patient's time, and stops when logged."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.conf import LazySettings
from django.db import IntegrityError

from aftercare.messages import words
from aftercare.models import (
    MessageChannel,
    OutgoingMessage,
    Patient,
    StaffMember,
    Treatment,
)
from aftercare.reminders import LATEST, is_quiet
from aftercare.services import remind
from aftercare.services.leave_course import come_back, leave_course
from aftercare.services.register_treatment import void_treatment
from aftercare.services.remind import plan, send_nudges, send_reminders, zone_of
from aftercare.services.retract_log import retract_log
from tests.builders import (
    CALM,
    MONDAY,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db

TREATED = MONDAY - timedelta(days=4)  # a Thursday
EVENING = datetime(2026, 6, 1, 19, 30, tzinfo=UTC)
"""8.30pm in London: after every reminder of that day, before the night."""


@pytest.fixture(autouse=True)
def _ways_out(settings: LazySettings, tmp_path: Path) -> None:
    settings.MESSAGE_FOLDER = str(tmp_path)


@pytest.fixture
def nurse() -> StaffMember:
    return make_staff(make_clinic())


@pytest.fixture
def treatment(nurse: StaffMember) -> Treatment:
    return make_treatment(nurse, make_patient(nurse, email="maya@mail.example"))


def waiting(kind: str = "reminder") -> list[str]:
    """The addresses to which messages of a kind wait or waited, in order."""
    messages = OutgoingMessage.objects.filter(kind=kind).order_by("created_at", "once")
    return [message.to for message in messages]


def run(start: datetime, hours: float, step_min: int = 15) -> None:
    """The worker's minutes: reminders and nudges, everything sent at once."""
    moment, end = start, start + timedelta(hours=hours)
    while moment <= end:
        send_reminders(moment)
        sent_now(moment)
        send_nudges(moment)
        moment += timedelta(minutes=step_min)


def sent_now(at: datetime) -> None:
    """The postman has taken everything that waits."""
    OutgoingMessage.objects.filter(sent_at__isnull=True).update(
        sent_at=at, to="", body=""
    )


def kinds() -> list[str]:
    return list(
        OutgoingMessage.objects.order_by("created_at").values_list("kind", flat=True)
    )


# --- When -----------------------------------------------------------------------------


def test_a_new_treatment_is_first_asked_after_on_the_next_day(
    treatment: Treatment,
) -> None:
    first = treatment.next_prompt_at
    assert first is not None
    local = first.astimezone(zone_of(treatment.patient))
    assert local.date() == treatment.performed_on + timedelta(days=1)
    assert abs(local - local.replace(hour=19, minute=0)) <= timedelta(minutes=20)


def test_a_silent_patient_gets_a_reminder_on_each_of_fourteen_days(
    treatment: Treatment,
) -> None:
    for day in range(20):
        send_reminders(EVENING.replace(month=5, day=28) + timedelta(days=day))
        sent_now(EVENING)
    assert kinds() == ["reminder"] * 14
    treatment.refresh_from_db()
    assert treatment.next_prompt_at is not None
    assert treatment.next_prompt_at.date() == treatment.performed_on + timedelta(
        days=21
    )


def test_the_chosen_time_is_the_patients_own(treatment: Treatment) -> None:
    patient = treatment.patient
    patient.remind_at, patient.zone = time(8), "America/New_York"
    patient.save()
    plan(treatment)
    assert treatment.next_prompt_at is not None
    local = treatment.next_prompt_at.astimezone(zone_of(patient))
    assert time(8) <= local.time() <= time(8, 20)


def test_a_reminder_before_its_moment_is_not_sent(treatment: Treatment) -> None:
    assert treatment.next_prompt_at is not None
    assert send_reminders(treatment.next_prompt_at - timedelta(seconds=1)) == 0
    assert send_reminders(treatment.next_prompt_at) == 1
    assert send_reminders(treatment.next_prompt_at) == 0
    assert waiting() == ["07700 900318"]


def test_a_later_time_chosen_meanwhile_is_waited_for(treatment: Treatment) -> None:
    due = treatment.next_prompt_at
    assert due is not None
    Treatment.objects.update(next_prompt_at=due - timedelta(hours=3))
    assert send_reminders(due - timedelta(hours=3)) == 1
    assert waiting() == []
    treatment.refresh_from_db()
    assert treatment.next_prompt_at == due


def test_a_worker_that_was_away_sends_todays_and_leaves_out_the_days_that_passed(
    treatment: Treatment,
) -> None:
    for _ in range(8):
        send_reminders(EVENING)
    assert kinds() == ["reminder"]
    treatment.refresh_from_db()
    assert treatment.prompted_for == EVENING.date()


def test_a_worker_that_comes_back_at_night_wakes_nobody(treatment: Treatment) -> None:
    for hour in range(12):
        send_reminders(EVENING + timedelta(minutes=31, hours=hour / 2))
    assert kinds() == []


def test_after_the_last_day_nobody_is_asked(treatment: Treatment) -> None:
    Treatment.objects.update(prompted_for=treatment.performed_on + timedelta(days=90))
    Treatment.objects.update(next_prompt_at=MONDAY)
    end = MONDAY + timedelta(days=200)
    for _ in range(3):
        send_reminders(end)
    treatment.refresh_from_db()
    assert treatment.next_prompt_at is None


# --- Whom and how ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "ways"),
    [
        ("undecided", ["07700 900318"]),
        ("sms", ["07700 900318"]),
        ("email", ["maya@mail.example"]),
        ("both", ["maya@mail.example", "07700 900318"]),
        ("none", []),
    ],
)
def test_reminders_go_the_way_that_was_chosen(
    treatment: Treatment, chosen: str, ways: list[str]
) -> None:
    Patient.objects.update(remind_by=chosen)
    for _ in range(6):
        send_reminders(EVENING)
    assert waiting() == ways


def test_where_the_chosen_way_leads_nowhere_the_other_is_taken(
    treatment: Treatment,
) -> None:
    Patient.objects.update(remind_by="sms", phone="")
    for _ in range(6):
        send_reminders(EVENING)
    assert waiting() == ["maya@mail.example"]


def test_without_an_address_nobody_is_asked_and_the_days_go_on(
    treatment: Treatment,
) -> None:
    Patient.objects.update(phone="", email="")
    for _ in range(6):
        send_reminders(EVENING)
    assert kinds() == []
    treatment.refresh_from_db()
    assert treatment.prompted_for == EVENING.date()


def test_two_treatments_of_a_patient_are_one_reminder_a_day(
    treatment: Treatment, nurse: StaffMember
) -> None:
    make_treatment(nurse, treatment.patient, performed_at=TREATED - timedelta(days=2))
    for _ in range(12):
        send_reminders(EVENING)
    assert kinds() == ["reminder"]


def test_a_day_that_was_logged_is_not_asked_about(treatment: Treatment) -> None:
    sent = send_log(treatment, CALM)
    for _ in range(6):
        send_reminders(EVENING)
    assert kinds() == []
    retract_log(
        treatment_id=treatment.pk,
        log_id=sent.log.pk,
        by=treatment.patient,
        reason="wrong day",
        at=MONDAY,
    )
    Treatment.objects.update(
        prompted_for=date(2026, 5, 31), next_prompt_at=EVENING - timedelta(hours=2)
    )
    send_reminders(EVENING)
    assert kinds() == ["reminder"]


def test_who_left_is_not_asked_until_they_come_back(treatment: Treatment) -> None:
    leave_course(by=treatment.patient, at=MONDAY)
    treatment.refresh_from_db()
    assert treatment.next_prompt_at is None
    come_back(by=treatment.patient, at=MONDAY)
    treatment.refresh_from_db()
    assert treatment.next_prompt_at is not None
    Treatment.objects.update(left_at=MONDAY, next_due_at=None)
    send_reminders(EVENING)
    treatment.refresh_from_db()
    assert (treatment.next_prompt_at, kinds()) == (None, [])


def test_a_voided_treatment_is_not_asked_about(
    treatment: Treatment, nurse: StaffMember
) -> None:
    void_treatment(
        treatment_id=treatment.pk, by=nurse, reason="entered twice", at=MONDAY
    )
    assert send_reminders(EVENING) == 0


def test_a_message_says_nothing_of_the_treatment_and_how_to_stop(
    treatment: Treatment,
) -> None:
    for _ in range(6):
        send_reminders(EVENING)
    message = OutgoingMessage.objects.get()
    assert "needling" not in f"{message.subject}{message.body}".lower()
    assert "/stop/" in message.body
    assert message.expires_at.astimezone(zone_of(treatment.patient)).time() == time(21)


# --- The nudge ------------------------------------------------------------------------


def test_a_nudge_follows_five_hours_after_a_reminder_that_was_not_answered(
    treatment: Treatment,
) -> None:
    Patient.objects.update(remind_at=time(9))
    Treatment.objects.update(prompted_for=date(2026, 5, 31), next_prompt_at=MONDAY)
    run(MONDAY - timedelta(hours=1), 14)
    assert kinds() == ["reminder", "nudge"]
    reminder, nudge = OutgoingMessage.objects.order_by("created_at")
    assert nudge.created_at - reminder.created_at >= timedelta(hours=5)


def test_no_nudge_comes_once_the_log_is_there(treatment: Treatment) -> None:
    Patient.objects.update(remind_at=time(9))
    Treatment.objects.update(prompted_for=date(2026, 5, 31), next_prompt_at=MONDAY)
    run(MONDAY - timedelta(hours=1), 3)
    send_log(treatment, CALM, at=MONDAY + timedelta(hours=2))
    run(MONDAY + timedelta(hours=2), 11)
    assert kinds() == ["reminder"]


def test_no_nudge_comes_at_night(treatment: Treatment) -> None:
    Treatment.objects.update(prompted_for=date(2026, 5, 31), next_prompt_at=MONDAY)
    run(MONDAY + timedelta(hours=9), 14)
    assert kinds() == ["reminder"]


def test_a_nudge_waits_for_a_reminder_that_left_late_and_is_left_out_if_none_did(
    treatment: Treatment,
) -> None:
    Patient.objects.update(remind_at=time(9))
    Treatment.objects.update(prompted_for=date(2026, 5, 31), next_prompt_at=MONDAY)
    send_reminders(MONDAY + timedelta(minutes=30))
    sent_now(MONDAY + timedelta(hours=2))
    send_nudges(MONDAY + timedelta(hours=6))
    assert kinds() == ["reminder"]
    treatment.refresh_from_db()
    assert treatment.nudge_at == MONDAY + timedelta(hours=7)
    OutgoingMessage.objects.update(sent_at=None, to="x", body="x")
    send_nudges(MONDAY + timedelta(hours=7))
    assert kinds() == ["reminder"]


def test_a_nudge_of_yesterday_or_too_late_in_the_day_is_not_sent(
    treatment: Treatment,
) -> None:
    Treatment.objects.update(
        prompted_for=MONDAY.date(), nudge_at=MONDAY, next_prompt_at=None
    )
    remind.send(words.REMINDER, treatment.patient, MONDAY.date(), MONDAY)
    sent_now(MONDAY)
    send_nudges(MONDAY + timedelta(days=1))
    treatment.refresh_from_db()
    assert (kinds(), treatment.nudge_at) == (["reminder"], None)
    Treatment.objects.update(nudge_at=MONDAY)
    OutgoingMessage.objects.update(sent_at=MONDAY + timedelta(hours=9))
    send_nudges(MONDAY + timedelta(hours=14))
    assert kinds() == ["reminder"]
    remind.send(
        words.NUDGE, treatment.patient, MONDAY.date(), EVENING + timedelta(hours=1)
    )
    assert kinds() == ["reminder"]


def test_a_treatment_without_a_reminder_has_no_nudge(treatment: Treatment) -> None:
    Treatment.objects.update(nudge_at=MONDAY)
    assert send_nudges(MONDAY) == 1
    assert kinds() == []


def test_no_message_ever_leaves_at_night(treatment: Treatment) -> None:
    for hour in range(24 * 6):
        run(TREATED + timedelta(hours=hour), 1, step_min=20)
    assert len(kinds()) >= 5
    zone = zone_of(treatment.patient)
    for message in OutgoingMessage.objects.all():
        assert not is_quiet(message.created_at, zone)
        assert message.created_at.astimezone(zone).time() <= LATEST


# --- Safe to run twice ----------------------------------------------------------------


def test_one_that_fails_is_reported_and_does_not_hold_up_the_others(
    treatment: Treatment, nurse: StaffMember, caplog: pytest.LogCaptureFixture
) -> None:
    make_treatment(nurse)
    real = remind.send

    def fails_once(*args: object) -> None:
        sending.side_effect = real
        raise IntegrityError

    Treatment.objects.update(prompted_for=date(2026, 5, 31))
    with mock.patch.object(remind, "send", side_effect=fails_once) as sending:
        assert send_reminders(EVENING) == 1
    assert "The reminder of treatment" in caplog.text
    assert send_reminders(EVENING) == 1
    assert kinds() == ["reminder"] * 2


def test_what_another_worker_has_just_done_is_left_alone(treatment: Treatment) -> None:
    Treatment.objects.update(prompted_for=date(2026, 5, 31))
    real = remind.free_treatment

    def after_the_other(*args: object) -> Treatment:
        Treatment.objects.update(next_prompt_at=None)
        return real(*args)

    with mock.patch.object(remind, "free_treatment", after_the_other):
        assert send_reminders(EVENING) == 0
    assert kinds() == []


def test_a_message_that_is_there_already_is_not_put_down_again(
    treatment: Treatment,
) -> None:
    for _ in range(2):
        remind.send(words.REMINDER, treatment.patient, MONDAY.date(), MONDAY)
    message = OutgoingMessage.objects.get()
    assert message.channel == MessageChannel.SMS

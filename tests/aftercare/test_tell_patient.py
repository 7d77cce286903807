"""A call that nobody answered and a message that was left reach the patient, by day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from aftercare.messages.words import NEW_MESSAGE
from aftercare.models import OutgoingMessage, RemindBy, StaffMember, Treatment
from aftercare.services.follow_up import Contact, log_contact
from aftercare.services.remind import send_nudges, send_reminders
from aftercare.services.review_flags import undo_review
from aftercare.services.tell_patient import by_day, tell_patient
from tests.aftercare.post import put
from tests.builders import MONDAY, fever, make_patient, make_treatment, send_log
from tests.builders import shown_flags as shown
from tests.clinic.conftest import close, spoke

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def flagged(nurse: StaffMember) -> Treatment:
    patient = make_patient(nurse, email="maya@mail.example", phone="")
    treatment = make_treatment(nurse, patient)
    send_log(treatment, fever())
    return treatment


def calls(
    treatment: Treatment,
    by: StaffMember,
    minutes: float = 1,
    channel: str = "phone",
    result: str = "no_answer",
) -> None:
    log_contact(
        treatment_id=treatment.pk,
        shown=shown(treatment),
        by=by,
        contact=Contact(channel, result),
        at=MONDAY + minutes * MINUTE,
    )


def letters(kind: str) -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(kind=kind))


# --- What is said ---------------------------------------------------------------------


def test_who_did_not_answer_the_phone_is_told_whom_to_call(flagged, nurse):
    calls(flagged, nurse)
    [letter] = letters("missed_call")
    assert letter.to == "maya@mail.example"
    assert letter.body == (
        "Ashgrove Clinic tried to call you. Please call 020 7946 0311."
    )
    assert letter.patient == flagged.patient


@pytest.mark.parametrize(
    ("channel", "result"),
    [("phone", "spoke"), ("phone", "left_message"), ("text", "no_answer")],
)
def test_nothing_is_said_of_other_contacts(flagged, nurse, channel, result):
    calls(flagged, nurse, channel=channel, result=result)
    assert letters("missed_call") == []


def test_a_message_that_was_left_is_announced_without_its_words(flagged, nurse):
    spoke(flagged, nurse, MONDAY + MINUTE)
    close(flagged, nurse, MONDAY + 2 * MINUTE, message="Your neck needs rest.")
    [letter] = letters("new_message")
    assert letter.subject == "Ashgrove Clinic: you have a new message"
    assert "neck" not in letter.body
    assert "/today/" in letter.body


def test_closing_without_a_message_announces_none(flagged, nurse):
    spoke(flagged, nurse, MONDAY + MINUTE)
    close(flagged, nurse, MONDAY + 2 * MINUTE)
    assert letters("new_message") == []


def test_a_review_that_is_undone_takes_its_message_back(flagged, nurse):
    spoke(flagged, nurse, MONDAY + MINUTE)
    closed = close(flagged, nurse, MONDAY + 2 * MINUTE, message="Rest.")
    undo_review(
        treatment_id=flagged.pk,
        review_id=closed.review.pk,
        by=nurse,
        at=MONDAY + 3 * MINUTE,
    )
    [letter] = letters("new_message")
    assert (letter.gave_up_why, letter.body) == ("cancelled", "")


# --- Never too much -------------------------------------------------------------------


def test_three_attempts_are_one_message_a_day(flagged, nurse):
    for minutes in (1, 2):
        calls(flagged, nurse, minutes)
    assert len(letters("missed_call")) == 1
    calls(flagged, nurse, 24 * 60)
    assert len(letters("missed_call")) == 2


def test_on_a_day_with_a_call_there_is_a_reminder_and_no_nudge(nurse):
    """Two messages at most."""
    patient = make_patient(nurse, email="maya@mail.example", phone="")
    patient.remind_at = time(10)
    patient.save(update_fields=["remind_at"])
    treatment = make_treatment(nurse, patient)
    send_log(treatment, fever(), at=MONDAY - timedelta(days=1))
    calls(treatment, nurse)
    evening = MONDAY + timedelta(hours=11)
    for _ in range(5):  # the days before are passed over one by one
        send_reminders(MONDAY + timedelta(hours=2))
    OutgoingMessage.objects.filter(kind="reminder").update(
        sent_at=MONDAY + timedelta(hours=2), to="", subject="", body=""
    )
    treatment.refresh_from_db()
    assert treatment.nudge_at is not None
    send_nudges(treatment.nudge_at)
    kinds = OutgoingMessage.objects.filter(
        patient=patient, created_at__gte=MONDAY, created_at__lt=evening
    )
    assert sorted(kinds.values_list("kind", flat=True)) == ["missed_call", "reminder"]


def test_after_a_reminder_and_a_nudge_a_call_is_not_written_about(flagged, nurse):
    put(clinic=nurse.clinic, patient=flagged.patient, kind="nudge")
    calls(flagged, nurse)
    assert letters("missed_call") == []
    calls(flagged, nurse, 24 * 60)
    assert len(letters("missed_call")) == 1


def test_who_wants_no_messages_gets_none(flagged, nurse):
    flagged.patient.remind_by = RemindBy.NONE
    flagged.patient.save(update_fields=["remind_by"])
    calls(flagged, nurse)
    assert letters("missed_call") == []


# --- Never at night -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "leaves"),
    [
        (9, "2026-06-01 09:30"),
        (21, "2026-06-02 08:00"),
        (23, "2026-06-02 08:00"),
        (3, "2026-06-01 08:00"),
    ],
)
def test_at_night_it_waits_until_the_morning(flagged, nurse, hour, leaves):
    at = datetime(2026, 6, 1, hour, 30, tzinfo=LONDON)
    tell_patient(NEW_MESSAGE, flagged.patient, nurse.pk, at, link="https://a.example")
    [letter] = letters("new_message")
    local = letter.due_at.astimezone(LONDON)
    assert f"{local:%Y-%m-%d %H:%M}" == leaves
    ends = letter.expires_at.astimezone(LONDON)
    assert (ends.date(), ends.hour) == (local.date(), 21)


def test_the_night_is_the_patients_own(flagged, nurse):
    flagged.patient.zone = "Australia/Sydney"
    moment = by_day(flagged.patient, MONDAY + timedelta(hours=5))
    local = moment.astimezone(ZoneInfo("Australia/Sydney"))
    assert (local.date(), local.hour) == (date(2026, 6, 2), 8)


def test_a_morning_that_a_zone_leaves_out_has_no_message(flagged, nurse):
    flagged.patient.zone = "Pacific/Apia"
    night = datetime(2011, 12, 29, 22, tzinfo=ZoneInfo("Pacific/Apia"))
    assert by_day(flagged.patient, night) is None
    tell_patient(
        NEW_MESSAGE, flagged.patient, nurse.pk, night, link="https://a.example"
    )
    assert letters("new_message") == []

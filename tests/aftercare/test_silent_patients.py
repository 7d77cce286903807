"""Who has fallen silent is found in the order that matters, and each day is recorded."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import (
    Clinic,
    DayRecord,
    OutgoingMessage,
    StaffMember,
    Treatment,
)
from aftercare.reminders import LastState
from aftercare.services import record_days as recording
from aftercare.services.follow_up import acknowledge
from aftercare.services.leave_course import leave_course
from aftercare.services.record_days import record_days
from aftercare.services.retract_log import retract_log
from aftercare.services.silent_patients import SilentPatient, silent_patients
from aftercare.warning_signs.treatment_words import RiskFactor
from tests.builders import (
    CALM,
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)

pytestmark = pytest.mark.django_db

AFTER_MIDNIGHT = MONDAY.replace(hour=23, minute=30)
"""Half past midnight in London: MONDAY is over."""


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic)


def course(nurse: StaffMember, name: str, **facts: object) -> Treatment:
    return make_treatment(nurse, make_patient(nurse, name), **facts)


def logged(treatment: Treatment, days_ago: float, **answers: object) -> None:
    send_log(treatment, CALM, answers, at=MONDAY - timedelta(days=days_ago))


def asked(treatment: Treatment, at: datetime, **what: object) -> None:
    OutgoingMessage.objects.create(
        clinic=treatment.clinic,
        patient=treatment.patient,
        kind="reminder",
        channel="sms",
        once=str(at),
        created_at=at,
        due_at=at,
        expires_at=at + timedelta(hours=2),
        **({"to": "", "body": ""} | what),
    )


def names(found: list[SilentPatient]) -> list[str]:
    return [one.patient.given_name for one in found]


def test_the_silent_come_in_the_order_in_which_somebody_should_ask(
    clinic: Clinic, nurse: StaffMember
) -> None:
    calm = course(nurse, "Calm Okafor")
    logged(calm, 3)
    worse = course(nurse, "Worse Okafor")
    logged(worse, 2, overall_change="worse")
    course(nurse, "Never Okafor")
    frail = course(nurse, "Frail Okafor", risks=(RiskFactor.DIABETES,))
    logged(frail, 2)
    here = course(nurse, "Here Okafor")
    logged(here, 1)
    found = silent_patients(clinic, MONDAY)
    assert names(found) == ["Worse", "Never", "Frail", "Calm"]
    assert [one.silence.missed for one in found] == [1, 3, 1, 2]
    assert found[0].silence.state is LastState.WORSE


def test_a_log_that_was_taken_back_does_not_break_a_silence(
    clinic: Clinic, nurse: StaffMember
) -> None:
    treatment = course(nurse, "Maya Okafor")
    sent = send_log(treatment, CALM, at=MONDAY - timedelta(days=1))
    assert silent_patients(clinic, MONDAY) == []
    retract_log(
        treatment_id=treatment.pk,
        log_id=sent.log.pk,
        by=treatment.patient,
        reason="not mine",
        at=MONDAY,
    )
    assert names(silent_patients(clinic, MONDAY)) == ["Maya"]


def test_only_the_newest_course_is_asked_about_and_none_that_was_left_or_is_over(
    clinic: Clinic, nurse: StaffMember
) -> None:
    old = course(nurse, "Maya Okafor", performed_at=MONDAY - timedelta(days=30))
    new = make_treatment(nurse, old.patient)
    logged(new, 1)
    gone = course(nurse, "Gone Okafor")
    leave_course(by=gone.patient, at=MONDAY)
    course(nurse, "Long Okafor", performed_at=MONDAY - timedelta(days=182))
    assert silent_patients(clinic, MONDAY) == []


@pytest.mark.parametrize(
    ("what", "undelivered"),
    [
        ({"sent_at": MONDAY}, False),
        ({"gave_up_at": MONDAY, "gave_up_why": "refused"}, True),
        ({"to": "07700 900318", "body": "It is time."}, False),
    ],
)
def test_whether_the_last_reminder_arrived_is_told(
    clinic: Clinic, nurse: StaffMember, what: dict[str, object], undelivered: bool
) -> None:
    treatment = course(nurse, "Maya Okafor")
    asked(
        treatment, MONDAY - timedelta(days=2), gave_up_at=MONDAY, gave_up_why="refused"
    )
    asked(treatment, MONDAY - timedelta(days=1), **what)
    (found,) = silent_patients(clinic, MONDAY)
    assert found.silence.undelivered is undelivered


def test_three_queries_find_them_however_many(
    clinic: Clinic, nurse: StaffMember
) -> None:
    for number in range(5):
        logged(course(nurse, f"No{number} Okafor"), 3)
    with CaptureQueriesContext(connection) as queries:
        assert len(silent_patients(clinic, MONDAY)) == 5
    assert len(queries) == 3


def test_another_clinics_patients_are_not_told(
    clinic: Clinic, nurse: StaffMember
) -> None:
    course(nurse, "Maya Okafor")
    other = make_clinic("Birchwood Skin")
    assert silent_patients(other, MONDAY) == []


# --- The record of a day --------------------------------------------------------------


def test_a_day_on_which_nothing_waited_is_recorded_as_such(
    clinic: Clinic, nurse: StaffMember
) -> None:
    assert record_days(AFTER_MIDNIGHT) == 1
    record = DayRecord.objects.get()
    assert record.date == MONDAY.date()
    assert [getattr(record, name) for name in COUNTS] == [0, 0, 0, 0, 0]


COUNTS = ("open_flags", "unseen", "late", "silent", "undelivered")


def test_what_waited_is_counted(clinic: Clinic, nurse: StaffMember) -> None:
    seen, unseen = course(nurse, "Seen Okafor"), course(nurse, "Maya Okafor")
    send_log(seen, fever())
    acknowledge(treatment_id=seen.pk, shown=shown_flags(seen), by=nurse, at=MONDAY)
    send_log(unseen, fever())
    silent = course(nurse, "Silent Okafor")
    asked(silent, MONDAY, gave_up_at=MONDAY, gave_up_why="refused")
    record_days(AFTER_MIDNIGHT)
    record = DayRecord.objects.get()
    assert [getattr(record, name) for name in COUNTS] == [2, 1, 1, 1, 1]


def test_a_day_is_recorded_once_and_each_clinic_by_its_own_clock(
    clinic: Clinic,
) -> None:
    make_clinic("Sunrise Skin", zone="Pacific/Kiritimati")
    assert record_days(AFTER_MIDNIGHT) == 2
    assert record_days(AFTER_MIDNIGHT + timedelta(hours=1)) == 0
    dates = {record.clinic.name: record.date for record in DayRecord.objects.all()}
    assert dates == {
        "Ashgrove Clinic": MONDAY.date(),
        "Sunrise Skin": MONDAY.date(),
    }
    assert record_days(AFTER_MIDNIGHT + timedelta(hours=11)) == 1
    assert DayRecord.objects.filter(date=date(2026, 6, 2)).count() == 1


def test_one_clinic_that_fails_does_not_hold_up_the_others(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    make_clinic("Birchwood Skin")
    real = recording.silent_patients

    def fails_once(*facts: object) -> list[SilentPatient]:
        reading.side_effect = real
        raise ZeroDivisionError

    with mock.patch.object(
        recording, "silent_patients", side_effect=fails_once
    ) as reading:
        assert record_days(AFTER_MIDNIGHT) == 1
    assert "was not recorded" in caplog.text
    assert record_days(AFTER_MIDNIGHT) == 1

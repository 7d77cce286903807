"""How long records are kept: by calendar months from the last day of the last course."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from aftercare.models import AuditEntry, Clinic, Erasure, Patient, StaffMember
from aftercare.services import retention
from aftercare.services.follow_up import NotPossible
from aftercare.services.register_treatment import void_treatment
from aftercare.services.retention import (
    due_for_erasure,
    erase_by_itself,
    erase_due,
    kept_until,
)
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.worker.timed_work import TIMED_WORK
from tests.builders import (
    GLANDS,
    MONDAY,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db

TREATED = datetime(2024, 1, 10, 9, 0, tzinfo=UTC)
# The course of that treatment ends 180 days later, on 8 July 2024; twelve months more.
LAST_KEPT = date(2025, 7, 8)


@pytest.fixture
def clinic() -> Clinic:
    clinic = make_clinic(at=TREATED)
    clinic.retention_months = 12
    clinic.save()
    return clinic


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, at=TREATED)


def long_ago(nurse: StaffMember, name: str = "Maya Okafor") -> Patient:
    """Registered on the day of their first treatment."""
    patient = make_patient(nurse, name)
    Patient.objects.filter(pk=patient.pk).update(created_at=TREATED)
    patient.refresh_from_db()
    return patient


@pytest.fixture
def maya(nurse: StaffMember) -> Patient:
    patient = long_ago(nurse)
    make_treatment(nurse, patient, performed_at=TREATED)
    return patient


def due(clinic: Clinic, today: date) -> list[object]:
    return list(due_for_erasure(clinic, today))


# --- The day --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_day", "months", "kept"),
    [
        ("2024-07-08", 12, "2025-07-08"),
        ("2024-07-08", 6, "2025-01-08"),
        ("2024-12-31", 6, "2025-06-30"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-12-01", 1, "2025-01-01"),
        ("2024-11-30", 1, "2024-12-30"),
        ("2024-01-31", 1200, "2124-01-31"),
    ],
)
def test_months_are_calendar_months(last_day: str, months: int, kept: str) -> None:
    assert kept_until(date.fromisoformat(last_day), months).isoformat() == kept


def test_the_last_day_is_that_of_the_course(maya: Patient) -> None:
    assert TREATED.date() + timedelta(days=DEFAULTS.max_log_day) == date(2024, 7, 8)


@pytest.mark.parametrize(
    ("today", "is_due"),
    [
        (date(2024, 7, 9), False),
        (LAST_KEPT - timedelta(days=1), False),
        (LAST_KEPT, False),
        (LAST_KEPT + timedelta(days=1), True),
        (LAST_KEPT + timedelta(days=400), True),
    ],
)
def test_a_record_is_kept_through_its_last_day(
    today: date, is_due: bool, clinic: Clinic, maya: Patient
) -> None:
    assert due(clinic, today) == ([maya.pk] if is_due else [])


# --- Whose record ---------------------------------------------------------------------


def test_a_clinic_that_has_not_said_how_long_keeps_everything(
    clinic: Clinic, maya: Patient
) -> None:
    clinic.retention_months = None
    assert due(clinic, date(2060, 1, 1)) == []


def test_the_last_of_several_treatments_counts(
    clinic: Clinic, nurse: StaffMember, maya: Patient
) -> None:
    make_treatment(nurse, maya, performed_at=TREATED + timedelta(days=30))
    assert due(clinic, LAST_KEPT + timedelta(days=30)) == []
    assert due(clinic, LAST_KEPT + timedelta(days=32)) == [maya.pk]


def test_a_treatment_entered_by_mistake_counts_like_any_other(
    clinic: Clinic, nurse: StaffMember, maya: Patient
) -> None:
    later = make_treatment(nurse, maya, performed_at=TREATED + timedelta(days=30))
    void_treatment(treatment_id=later.pk, by=nurse, reason="twice", at=TREATED)
    assert due(clinic, LAST_KEPT + timedelta(days=5)) == []


def test_whoever_was_never_treated_is_kept_from_the_day_they_were_registered(
    clinic: Clinic, nurse: StaffMember
) -> None:
    patient = long_ago(nurse)
    assert due(clinic, date(2025, 1, 10)) == []
    assert due(clinic, date(2025, 1, 11)) == [patient.pk]


def test_whoever_was_registered_long_after_a_treatment_counts_from_then(
    clinic: Clinic, maya: Patient
) -> None:
    Patient.objects.filter(pk=maya.pk).update(created_at=TREATED + timedelta(days=500))
    assert due(clinic, LAST_KEPT + timedelta(days=100)) == []


def test_nobody_with_an_open_flag_is_due(clinic: Clinic, maya: Patient) -> None:
    send_log(maya.treatments.get(), GLANDS, at=TREATED + timedelta(days=4))
    assert due(clinic, LAST_KEPT + timedelta(days=400)) == []


def test_the_longest_kept_come_first(
    clinic: Clinic, nurse: StaffMember, maya: Patient
) -> None:
    newer, never = long_ago(nurse, "Ben Ray"), long_ago(nurse, "Cleo Fox")
    make_treatment(nurse, newer, performed_at=TREATED + timedelta(days=1))
    assert due(clinic, date(2030, 1, 1)) == [never.pk, maya.pk, newer.pk]


def test_nobody_of_another_clinic_is_due(clinic: Clinic, maya: Patient) -> None:
    other = make_clinic("Birchwood", at=TREATED)
    other.retention_months = 6
    other.save()
    assert due(other, date(2030, 1, 1)) == []


# --- Erasing --------------------------------------------------------------------------


def test_who_is_due_is_erased_and_the_others_stay(
    clinic: Clinic, nurse: StaffMember, maya: Patient
) -> None:
    recent = make_treatment(nurse).patient
    [erasure] = erase_due(clinic, MONDAY)
    assert erasure.patient == maya.pk
    assert erasure.reason == (
        "Kept for as long as the clinic keeps records: 12 months."
    )
    assert erasure.by_staff is None
    assert list(Patient.objects.all()) == [recent]
    assert AuditEntry.objects.filter(verb="patient.erased", login=None).exists()


def test_one_that_cannot_be_erased_now_does_not_hold_up_the_others(
    clinic: Clinic, nurse: StaffMember, maya: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = long_ago(nurse, "Ben Ray")
    erase = retention.erase_patient

    def busy(*, patient_id, **how):
        if patient_id == maya.pk:
            raise NotPossible("A flag was opened a moment ago.")
        return erase(patient_id=patient_id, **how)

    monkeypatch.setattr(retention, "erase_patient", busy)
    assert [one.patient for one in erase_due(clinic, MONDAY)] == [other.pk]


@pytest.fixture
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.mark.usefixtures("_monday")
def test_the_command_lists_what_it_would_erase(maya: Patient, capsys) -> None:
    call_command("erase_due", dry_run=True)
    assert capsys.readouterr().out == f"{maya.pk}\n1 record would be erased.\n"
    assert Patient.objects.exists()


@pytest.mark.usefixtures("_monday")
def test_the_command_erases_and_says_whom_by_key(maya: Patient, capsys) -> None:
    call_command("erase_due")
    assert capsys.readouterr().out == f"{maya.pk}\n1 record erased.\n"
    assert Erasure.objects.get().patient == maya.pk
    call_command("erase_due")
    assert capsys.readouterr().out == "0 records erased.\n"


# --- By itself ------------------------------------------------------------------------


def test_the_worker_erases_what_is_due_once_a_day(maya: Patient, nurse) -> None:
    make_treatment(nurse, at=MONDAY - timedelta(days=6))  # somebody works there
    assert erase_by_itself(MONDAY) == 1
    assert erase_by_itself(MONDAY + timedelta(days=1)) == 0
    [mine] = [work for work in TIMED_WORK if work.do is erase_by_itself]
    assert mine.every == timedelta(days=1)


def test_a_wrong_clock_alone_erases_nobody(
    maya: Patient, caplog: pytest.LogCaptureFixture
) -> None:
    assert erase_by_itself(MONDAY + timedelta(days=365 * 9)) == 0
    assert "is quiet: no record is erased" in caplog.text
    assert Patient.objects.exists()

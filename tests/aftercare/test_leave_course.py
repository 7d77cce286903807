"""Leaving the course and coming back: who is asked after, and what stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.models import AuditEntry, Patient, Treatment
from aftercare.services.follow_up import NotPossible
from aftercare.services.leave_course import come_back, leave_course
from aftercare.services.register_treatment import (
    TreatmentDetails,
    change_treatment,
    void_treatment,
)
from aftercare.services.silence import check_silence
from aftercare.warning_signs.treatment_words import ProcedureType
from tests.builders import (
    CALM,
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db

TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def treatment() -> Treatment:
    """Two days ago: the first log is missed for good on the third day."""
    nurse = make_staff(make_clinic())
    return make_treatment(nurse, performed_at=MONDAY - timedelta(days=2))


def leave(treatment: Treatment, at=MONDAY) -> int:
    left = leave_course(by=treatment.patient, at=at)
    treatment.refresh_from_db()
    return left


def back(treatment: Treatment, at=MONDAY) -> int:
    found = come_back(by=treatment.patient, at=at)
    treatment.refresh_from_db()
    return found


def verbs() -> list[str]:
    found = AuditEntry.objects.filter(verb__startswith="course.").order_by("at", "pk")
    return list(found.values_list("verb", flat=True))


# --- Leaving --------------------------------------------------------------------------


def test_who_has_left_is_not_asked_after(treatment: Treatment) -> None:
    assert treatment.next_due_at is not None
    Treatment.objects.update(next_prompt_at=TOMORROW, nudge_at=TOMORROW)
    assert leave(treatment) == 1
    assert treatment.left_at == MONDAY
    assert (treatment.next_due_at, treatment.next_prompt_at, treatment.nudge_at) == (
        None,
        None,
        None,
    )
    assert check_silence(MONDAY + timedelta(days=30)) == 0
    assert verbs() == ["course.left"]


def test_without_leaving_the_silence_would_be_noticed(treatment: Treatment) -> None:
    assert check_silence(MONDAY + timedelta(days=30)) > 0


def test_leaving_twice_is_leaving_once(treatment: Treatment) -> None:
    leave(treatment)
    assert leave(treatment, TOMORROW) == 0
    assert treatment.left_at == MONDAY
    assert verbs() == ["course.left"]


def test_every_treatment_that_stands_is_left_at_once(treatment: Treatment) -> None:
    nurse, patient = treatment.created_by, treatment.patient
    voided = make_treatment(nurse, patient, performed_at=MONDAY - timedelta(days=9))
    void_treatment(treatment_id=voided.pk, by=nurse, reason="twice", at=MONDAY)
    other = make_treatment(nurse, patient, performed_at=MONDAY - timedelta(days=30))
    assert leave(treatment) == 2
    other.refresh_from_db()
    voided.refresh_from_db()
    assert (other.left_at, voided.left_at) == (MONDAY, None)


def test_nobody_leaves_what_there_is_not(treatment: Treatment) -> None:
    patient = make_patient(treatment.created_by, "Ben Ray")
    with pytest.raises(NotPossible, match="no treatment"):
        leave_course(by=patient, at=MONDAY)


def test_nobody_elses_course_is_left(treatment: Treatment) -> None:
    other = make_treatment(treatment.created_by, make_patient(treatment.created_by))
    leave(treatment)
    other.refresh_from_db()
    assert other.left_at is None


def test_open_flags_stay_with_the_staff(treatment: Treatment) -> None:
    send_log(treatment, fever())
    leave(treatment)
    assert treatment.flags.open().count() == 1


def test_a_log_sent_all_the_same_is_judged_and_nobody_waits_for_the_next(
    treatment: Treatment,
) -> None:
    leave(treatment)
    sent = send_log(treatment, fever())
    treatment.refresh_from_db()
    assert sent.advice.level > 1
    assert treatment.flags.open().exists()
    assert treatment.next_due_at is None


def test_another_date_of_treatment_does_not_ask_after_them_again(
    treatment: Treatment,
) -> None:
    leave(treatment)
    earlier = TreatmentDetails(
        type=ProcedureType(treatment.type),
        performed_at=treatment.performed_at - timedelta(days=1),
        areas=treatment.areas,
        practitioner=treatment.practitioner,
    )
    change_treatment(
        treatment_id=treatment.pk,
        by=treatment.created_by,
        details=earlier,
        at=MONDAY,
    )
    treatment.refresh_from_db()
    assert treatment.left_at == MONDAY
    assert treatment.next_due_at is None


def test_a_new_treatment_is_followed_up(treatment: Treatment) -> None:
    leave(treatment)
    new = make_treatment(treatment.created_by, treatment.patient, performed_at=MONDAY)
    assert new.left_at is None
    assert new.next_due_at is not None


# --- Coming back ----------------------------------------------------------------------


def test_who_comes_back_is_asked_after_again(treatment: Treatment) -> None:
    before = treatment.next_due_at
    leave(treatment)
    assert back(treatment) == 1
    assert (treatment.left_at, treatment.next_due_at) == (None, before)
    assert check_silence(MONDAY + timedelta(days=30)) > 0
    assert verbs() == ["course.left", "course.rejoined"]


def test_after_a_flagged_log_the_next_one_is_waited_for_again(
    treatment: Treatment,
) -> None:
    send_log(treatment, CALM, at=MONDAY - timedelta(hours=2))
    send_log(treatment, fever())
    treatment.refresh_from_db()
    due = treatment.next_due_at
    leave(treatment)
    back(treatment, MONDAY + timedelta(hours=1))
    assert due is not None
    assert treatment.next_due_at is not None
    assert treatment.next_due_at <= due


def test_what_passed_meanwhile_is_not_noticed_afterwards(treatment: Treatment) -> None:
    leave(treatment)
    back(treatment, MONDAY + timedelta(days=20))
    assert treatment.next_due_at is None
    assert check_silence(MONDAY + timedelta(days=30)) == 0


def test_who_has_not_left_cannot_come_back(treatment: Treatment) -> None:
    before = treatment.next_due_at
    assert back(treatment) == 0
    assert treatment.next_due_at == before
    assert verbs() == []


def test_a_voided_treatment_does_not_come_back(treatment: Treatment) -> None:
    leave(treatment)
    void_treatment(
        treatment_id=treatment.pk, by=treatment.created_by, reason="twice", at=MONDAY
    )
    assert back(treatment) == 0
    assert treatment.left_at == MONDAY
    assert Patient.objects.count() == 1

"""Asking to be deleted, taking it back, and the clinic's answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.models import AuditEntry, OutgoingMessage, Patient, StaffMember
from aftercare.services.ask_erasure import (
    ask_for_erasure,
    keep_record,
    take_back_request,
)
from aftercare.services.follow_up import NotPossible
from tests.builders import MONDAY, make_clinic, make_patient, make_staff

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=2)
WORDS = "The law makes us keep it for eight years."


@pytest.fixture
def owner() -> StaffMember:
    return make_staff(make_clinic(), "Olu Bankole", "is_owner")


@pytest.fixture
def maya(owner: StaffMember) -> Patient:
    return make_patient(owner)


def keep(maya: Patient, owner: StaffMember):
    return keep_record(patient_id=maya.pk, by=owner, words=WORDS, at=LATER)


def verbs() -> list[str]:
    found = AuditEntry.objects.filter(verb__startswith="erasure.").order_by("at", "pk")
    return list(found.values_list("verb", flat=True))


def test_asking_twice_is_one_request(maya: Patient) -> None:
    first = ask_for_erasure(by=maya, at=MONDAY)
    assert ask_for_erasure(by=maya, at=LATER) == first
    assert first.asked_at == MONDAY
    assert verbs() == ["erasure.asked"]


def test_the_owners_are_told_in_neutral_words(
    maya: Patient, owner: StaffMember
) -> None:
    make_staff(owner.clinic, "Priya Nair")
    quiet = make_staff(owner.clinic, "Una Reed", "is_owner")
    quiet.login.email = None
    quiet.login.save()
    ask_for_erasure(by=maya, at=MONDAY)
    ask_for_erasure(by=maya, at=LATER)
    message = OutgoingMessage.objects.get(kind="staff_notice")
    assert (message.to, message.staff) == (owner.login.email, owner)
    assert message.patient is None
    assert "/patients/" in message.body
    for word in ("Maya", "Okafor", "delete"):
        assert word not in f"{message.subject} {message.body}"


def test_it_can_be_taken_back_and_asked_again(maya: Patient) -> None:
    first = ask_for_erasure(by=maya, at=MONDAY)
    take_back_request(by=maya, at=LATER)
    first.refresh_from_db()
    assert (first.answer, first.answered_at, first.answered_by) == (
        "withdrawn",
        LATER,
        None,
    )
    assert ask_for_erasure(by=maya, at=LATER) != first
    assert verbs() == ["erasure.asked", "erasure.withdrawn", "erasure.asked"]


def test_taking_back_what_was_not_asked_changes_nothing(maya: Patient) -> None:
    take_back_request(by=maya, at=MONDAY)
    assert verbs() == []


def test_the_clinic_answers_in_words(maya: Patient, owner: StaffMember) -> None:
    ask_for_erasure(by=maya, at=MONDAY)
    answered = keep(maya, owner)
    answered.refresh_from_db()
    assert (answered.answer, answered.words) == ("keep", WORDS)
    assert (answered.answered_by, answered.answered_at) == (owner, LATER)
    assert verbs() == ["erasure.asked", "erasure.refused"]


def test_nobody_answers_what_is_not_asked_any_more(
    maya: Patient, owner: StaffMember
) -> None:
    ask_for_erasure(by=maya, at=MONDAY)
    take_back_request(by=maya, at=MONDAY)
    with pytest.raises(NotPossible, match="any more"):
        keep(maya, owner)


def test_a_patient_of_another_clinic_is_not_there(maya: Patient) -> None:
    ask_for_erasure(by=maya, at=MONDAY)
    stranger = make_staff(make_clinic("Birchwood"), "June Whitlock", "is_owner")
    with pytest.raises(Patient.DoesNotExist):
        keep(maya, stranger)
    assert maya.erasure_requests.get().answered_at is None

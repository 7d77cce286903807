"""Several at once on the way in: one winner, and every guess counted."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from aftercare.models import MOST_TRIES, AuditEntry, Invitation, Login, Patient
from aftercare.services.come_in import prove, start
from aftercare.services.patient_login import give_login
from aftercare.services.way_back import ask_for_code, check_code
from tests.builders import MONDAY, make_clinic, make_patient, make_staff

from .links import BORN, link_for
from .test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WRONG = date(1990, 1, 1)


@pytest.fixture
def nurse():
    return make_staff(make_clinic())


@pytest.fixture
def maya(nurse) -> Patient:
    return make_patient(nurse, email="maya@mail.example")


def test_of_two_presses_of_a_button_one_wins(maya, nurse) -> None:
    token = link_for(maya, nurse)
    results = at_once(*[lambda: start(token, MONDAY)] * 4)
    assert [key for key in results if key] == [Invitation.objects.get().pk]
    assert AuditEntry.objects.filter(verb="invitation.started").count() == 1


def test_guesses_at_a_birth_date_are_counted_one_by_one(maya, nurse) -> None:
    key = start(link_for(maya, nurse), MONDAY)

    def guess():
        return prove(invitation_id=key, birth_date=WRONG, at=MONDAY)

    results = at_once(*[guess] * 8)
    assert sorted(result.tries_left for result in results) == [0, 0, 0, 0, 1, 2, 3, 4]
    assert Invitation.objects.get().tries == MOST_TRIES
    assert AuditEntry.objects.filter(verb="invitation.wrong_birth_date").count() == 5


def test_of_two_right_birth_dates_one_lets_in(maya, nurse) -> None:
    key = start(link_for(maya, nurse), MONDAY)

    def right():
        return prove(invitation_id=key, birth_date=BORN, at=MONDAY)

    results = at_once(*[right] * 4)
    assert sum(result.patient is not None for result in results) == 1
    assert Login.objects.filter(patients=maya).count() == 1


def test_two_links_asked_for_at_once_leave_one_that_works(maya, nurse) -> None:
    tokens = at_once(*[lambda: link_for(maya, nurse)] * 4)
    assert len(set(tokens)) == 4
    assert Invitation.objects.filter(revoked_at=None).count() == 1
    assert sum(start(token, MONDAY) is not None for token in tokens) == 1


def test_a_patient_gets_one_login(maya) -> None:
    def give():
        with transaction.atomic():
            give_login(Patient.objects.get(pk=maya.pk))

    assert at_once(*[give] * 4) == [None] * 4
    assert Login.objects.filter(email=None).count() == 1


def test_guesses_at_a_code_are_counted_one_by_one(maya) -> None:
    session = SessionStore()
    session.create()
    ask_for_code(session, "maya@mail.example", MONDAY)
    session.save()

    def guess():
        return check_code(SessionStore(session.session_key), "not it", MONDAY)

    results = at_once(*[guess] * 8)
    assert sorted(result.tries_left for result in results) == [0, 0, 0, 0, 1, 2, 3, 4]
    now = SessionStore(session.session_key)
    assert now["way_back"]["wrong_codes"] == MOST_TRIES

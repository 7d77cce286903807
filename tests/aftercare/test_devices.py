"""Where somebody is signed in, and everything that ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.core.context import request_context
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from aftercare import sessions
from aftercare.adapters import AccountAdapter
from aftercare.models import Patient, StaffMember, Treatment
from aftercare.showing.devices import device_words
from tests.builders import MONDAY, make_patient, make_staff, make_treatment
from tests.signing_in import keep, request_of, sign_in

from .staff_login import (
    ANOTHER,
    PASSWORD,
    gives_password,
    said,
    sees_patients,
    with_password,
)

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Firefox/140.0"
DAY = timedelta(days=1)


@pytest.fixture
def nurse(nurse: StaffMember) -> StaffMember:
    return with_password(nurse)


@pytest.fixture
def desks(nurse: StaffMember) -> list[Client]:
    """Three browsers in which the nurse is signed in."""
    return [sign_in(Client(), nurse) for _ in range(3)]


def alive(desks: list[Client]) -> list[bool]:
    return [sees_patients(desk) for desk in desks]


# --- The list -------------------------------------------------------------------------


def test_every_device_is_listed_and_this_one_is_named(desks):
    UserSession.objects.filter(pk=listed(desks[1])).update(user_agent=FIREFOX)
    page = said(desks[0].get("/account/devices/"))
    assert page.count("<tr>") == 1 + 3
    assert page.count("This device") == 1
    assert "Firefox on Windows" in page
    assert "127.0.0.1" in page


def listed(client: Client) -> int:
    key = client.session.session_key
    return int(UserSession.objects.get(session_key=key).pk)


def test_one_device_is_signed_out_from_afar(desks):
    page = desks[0].post("/account/devices/", {"device": listed(desks[1])}, follow=True)
    assert "That device is signed out." in said(page)
    assert alive(desks) == [True, False, True]


def test_all_others_are_signed_out_at_once(desks):
    page = said(desks[0].post("/account/devices/", follow=True))
    assert "All your other devices are signed out." in page
    assert "Sign out all others" not in page
    assert alive(desks) == [True, False, False]


def test_nobody_signs_out_a_device_of_somebody_else(desks, clinic):
    lead = sign_in(Client(), make_staff(clinic, "Lena Hart", "is_clinical_lead"))
    for device in (listed(desks[0]), "nonsense", "' OR 1=1"):
        lead.post("/account/devices/", {"device": device})
    lead.post("/account/devices/")
    assert alive([*desks, lead]) == [True] * 4


def test_this_device_is_signed_out_by_its_own_button(desks):
    desks[0].post("/account/devices/", {"device": listed(desks[0])})
    assert alive(desks) == [True] * 3
    desks[0].post("/sign-out/")
    assert alive(desks) == [False, True, True]


@pytest.mark.parametrize(
    ("browser", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; like Mac OS X) Safari/604.1", "Safari on iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/1 Edg/1", "Edge on a Mac"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_is_named_in_words(browser, words):
    assert device_words(browser) == words


# --- What ends sessions ---------------------------------------------------------------


def test_a_new_password_ends_all_other_devices(nurse, desks):
    typed = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    assert desks[0].post("/account/password/", typed).url == "/account/"
    assert alive(desks) == [True, False, False]
    assert mail.outbox[-1].subject == "Your password was changed"
    assert PASSWORD not in mail.outbox[-1].body
    assert gives_password(Client(), nurse.login.email, ANOTHER).url


@pytest.mark.parametrize(
    "wrong",
    [
        {"oldpassword": "not mine at all"},
        {"password2": "something quite else"},
        {"password1": "short", "password2": "short"},
    ],
)
def test_a_password_is_changed_by_who_knows_it(wrong, nurse, desks):
    typed = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    page = said(desks[0].post("/account/password/", typed | wrong))
    assert "There is a problem" in page
    assert alive(desks) == [True] * 3


def test_raising_the_generation_ends_every_session(nurse, desks):
    before = nurse.login.generation
    sessions.end_all_sessions(nurse.login)
    assert nurse.login.generation == before + 1
    assert alive(desks) == [False] * 3


def test_a_new_password_does_not_bring_an_older_generation_back(nurse, desks, client):
    """The row of the login was read before somebody else ended its sessions."""
    stale = type(nurse.login).objects.get(pk=nurse.login.pk)
    sessions.end_all_sessions(nurse.login)
    with request_context(request_of(client)):
        AccountAdapter().set_password(stale, ANOTHER)
    stale.refresh_from_db()
    assert stale.generation == nurse.login.generation
    assert stale.check_password(ANOTHER)


def test_whoever_leaves_is_out_with_the_next_page(nurse, desks):
    StaffMember.objects.update(deactivated_at=MONDAY)
    assert alive(desks) == [False] * 3


# --- How long patients stay in --------------------------------------------------------


def expiry(patient: Patient, at=MONDAY) -> timedelta:
    client = Client()
    sign_in(client, patient, at=at)
    return client.session.get_expiry_date() - MONDAY


def test_a_device_of_a_patient_stays_in_until_two_weeks_after_the_course(
    wall, treatment: Treatment
):
    ends = treatment.performed_at + sessions.COURSE + sessions.AFTER_COURSE
    assert expiry(treatment.patient) == ends - MONDAY


def test_the_last_course_counts_and_a_voided_one_does_not(wall, nurse):
    patient = make_patient(nurse)
    make_treatment(nurse, patient, performed_at=MONDAY - 30 * DAY)
    later = make_treatment(nurse, patient, performed_at=MONDAY - 2 * DAY)
    ends = sessions.COURSE + sessions.AFTER_COURSE
    assert expiry(patient) == ends - 2 * DAY
    Treatment.objects.filter(pk=later.pk).update(
        voided_at=MONDAY, voided_by=nurse, void_reason="Wrong patient"
    )
    patient.login = None
    assert expiry(patient) == ends - 30 * DAY


def test_after_the_course_a_device_stays_in_for_two_weeks(wall, nurse):
    patient = make_patient(nurse)
    make_treatment(nurse, patient, performed_at=MONDAY - 900 * DAY)
    assert expiry(patient) == sessions.AFTER_COURSE


def test_before_the_first_treatment_a_whole_course_is_assumed(wall, nurse):
    assert expiry(make_patient(nurse)) == sessions.COURSE + sessions.AFTER_COURSE


def test_a_patients_devices_are_known_too(wall, treatment):
    sign_in(Client(), treatment.patient)
    assert UserSession.objects.filter(user=treatment.patient.login).count() == 1


def test_somebody_elses_session_is_not_taken_over(wall, nurse, treatment):
    """A patient signs in where a nurse was: nothing of hers is left."""
    client = sign_in(Client(), nurse)
    sign_in(client, treatment.patient)
    request = request_of(client)
    assert sessions.STARTED not in request.session
    keep(client, request)
    assert not sees_patients(client)

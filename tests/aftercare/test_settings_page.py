"""A patient's settings: where they are signed in, and signing that out."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from aftercare.models import AuditEntry, Patient
from aftercare.services.devices import (
    sign_out_device,
    sign_out_everywhere,
    signed_in,
)
from tests.builders import MONDAY, make_patient
from tests.clock import Wall
from tests.signing_in import sign_in

from .links import come_in, link_for
from .pages import words

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
DESKTOP = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0"
)
SETTINGS, TODAY = reverse("settings"), reverse("today")
ONE, OTHERS = reverse("sign_out_device"), reverse("sign_out_others")


@pytest.fixture(autouse=True)
def _monday(wall: Wall) -> None:
    """It is Monday, 9am."""


@pytest.fixture
def patient(treatment) -> Patient:
    return treatment.patient


def device(patient, nurse, agent: str) -> Client:
    """A device on which the patient came in by a link."""
    client = Client(headers={"user-agent": agent})
    come_in(client, link_for(patient, nurse))
    return client


@pytest.fixture
def phone(patient, nurse) -> Client:
    return device(patient, nurse, IPHONE)


@pytest.fixture
def desktop(patient, nurse) -> Client:
    return device(patient, nurse, DESKTOP)


def is_in(client: Client) -> bool:
    return client.get(TODAY).status_code == 200


def row(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_devices_are_listed_in_plain_words_this_one_first(phone, desktop) -> None:
    UserSession.objects.update(created_at=MONDAY)
    page = words(phone.get(SETTINGS))
    assert "Safari on iPhone This device Signed in at 9am" in page
    assert page.index("Safari on iPhone") < page.index("Firefox on Windows")
    assert "Firefox on Windows This device" in words(desktop.get(SETTINGS))


def test_one_device_alone_cannot_be_signed_out_from_elsewhere(phone) -> None:
    page = words(phone.get(SETTINGS))
    assert "Sign out here" in page
    assert "Sign out everywhere else" not in page


def test_another_device_is_signed_out(phone, desktop, patient) -> None:
    answer = phone.post(ONE, {"device": row(desktop).pk})
    assert (answer.status_code, answer["Location"]) == (303, SETTINGS)
    assert "That device is signed out." in words(phone.get(SETTINGS))
    assert is_in(phone)
    assert not is_in(desktop)
    entry = AuditEntry.objects.get(verb="devices.signed_out")
    assert (entry.patient, entry.login) == (patient, patient_login(patient))


def patient_login(patient: Patient):
    return Patient.objects.get(pk=patient.pk).login


def test_all_others_are_signed_out_at_once(phone, desktop, patient, nurse) -> None:
    tablet = device(patient, nurse, "iPad")
    phone.post(OTHERS)
    assert [is_in(one) for one in (phone, desktop, tablet)] == [True, False, False]
    assert AuditEntry.objects.filter(verb="devices.signed_out").count() == 1
    phone.post(OTHERS)
    assert AuditEntry.objects.filter(verb="devices.signed_out").count() == 1


@pytest.mark.parametrize("sent", [{}, {"device": "x"}, {"device": "999999"}])
def test_a_device_that_is_not_there_is_signed_out_already(phone, sent) -> None:
    answer = phone.post(ONE, sent)
    assert (answer.status_code, answer["Location"]) == (303, SETTINGS)
    assert "is signed out" not in words(phone.get(SETTINGS))
    assert not AuditEntry.objects.filter(verb="devices.signed_out").exists()


def test_nobody_signs_out_somebody_else(phone, nurse) -> None:
    other = device(make_patient(nurse, "Ellie Novak"), nurse, DESKTOP)
    phone.post(ONE, {"device": row(other).pk})
    assert "Ellie" in words(other.get(TODAY))
    assert "Firefox" not in words(phone.get(SETTINGS))


def test_sessions_that_ended_by_themselves_are_not_listed(phone, desktop) -> None:
    Session.objects.filter(pk=desktop.session.session_key).delete()
    assert "Firefox" not in words(phone.get(SETTINGS))


def test_a_session_without_a_device_is_only_here(patient) -> None:
    client = sign_in(Client(), patient)
    UserSession.objects.all().delete()
    assert "Only here." in words(client.get(SETTINGS))


def test_staff_sign_out_every_device_of_a_patient(
    phone, desktop, patient, nurse
) -> None:
    patient.refresh_from_db()
    assert sign_out_everywhere(patient=patient, by=nurse, at=MONDAY) == 2
    assert [is_in(phone), is_in(desktop)] == [False, False]
    assert AuditEntry.objects.get(verb="devices.signed_out").staff == nurse


def test_a_patient_who_was_never_in_has_no_devices(patient, nurse) -> None:
    assert signed_in(patient, MONDAY) == []
    assert sign_out_everywhere(patient=patient, by=nurse, at=MONDAY) == 0
    assert not sign_out_device(patient=patient, device_id=1, by=nurse, at=MONDAY)


def test_signing_out_here_leaves_nothing_behind(phone) -> None:
    answer = phone.post(reverse("sign_out"))
    assert answer["Clear-Site-Data"] == '"storage"'
    assert answer["Cache-Control"] == "no-store"
    assert not is_in(phone)

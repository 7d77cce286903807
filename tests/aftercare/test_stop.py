"""One link in each reminder stops them, by a button, for whoever was sent it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from aftercare.models import AuditEntry, Patient
from aftercare.services.stop_messages import SIGNER, stop_link
from tests.builders import make_clinic, make_patient, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient(make_staff(make_clinic()))


@pytest.fixture
def path(patient: Patient) -> str:
    return "/" + stop_link(patient).split("/", 3)[3]


def test_opening_the_link_changes_nothing(client: Client, path: str) -> None:
    answer = client.get(path)
    assert "Stop reminders?" in answer.content.decode()
    assert "Ashgrove Clinic" in answer.content.decode()
    assert not Patient.objects.filter(remind_by="none").exists()


def test_its_button_stops_the_reminders_without_signing_in(
    client: Client, path: str, patient: Patient
) -> None:
    for _ in range(2):
        assert "No more reminders" in client.post(path).content.decode()
    patient.refresh_from_db()
    assert patient.remind_by == "none"
    assert AuditEntry.objects.filter(verb="reminders.stopped").count() == 1


def test_the_page_does_not_say_whose_link_it_is(
    client: Client, path: str, patient: Patient
) -> None:
    said = client.get(path).content + client.post(path).content
    assert patient.given_name.encode() not in said


@pytest.mark.parametrize(
    "token", ["x", "0" * 32, SIGNER.sign("x"), SIGNER.sign("0" * 32)]
)
def test_a_link_that_we_did_not_make_is_not_there(client: Client, token: str) -> None:
    path = reverse("stop_messages", args=[token])
    assert client.get(path).status_code == client.post(path).status_code == 404

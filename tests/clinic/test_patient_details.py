"""A patient's details are put right: a slip in a birth date must not lock anybody out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from aftercare.models import AuditEntry, MessageChannel, OutgoingMessage, Patient
from aftercare.services.change_patient import change_patient
from tests.aftercare.links import link_for, page_of
from tests.aftercare.pages import words
from tests.builders import MONDAY, make_clinic, make_patient, make_staff

BORN = {"birth_date_0": "14", "birth_date_1": "5", "birth_date_2": "1991"}
DETAILS = {
    "given_name": "Maya",
    "family_name": "Okafor",
    "phone": "07700 900318",
    "email": "maya@mail.example",
    "language": "en",
    **BORN,
}


@pytest.fixture
def maya(nurse) -> Patient:
    return make_patient(nurse, email="maya@mail.example")


def address(patient: Patient) -> str:
    return reverse("patient_details", args=[patient.pk])


def send(client: Any, patient: Patient, **over: str) -> Any:
    return client.post(address(patient), DETAILS | over, follow=True)


def changes() -> int:
    return AuditEntry.objects.filter(verb="patient.changed").count()


def test_the_form_shows_what_the_record_says(maya, desk, signed_in) -> None:
    page = signed_in(desk).get(address(maya)).content.decode()
    for value in ("Maya", "Okafor", "14", "5", "1991", "maya@mail.example"):
        assert f'value="{value}"' in page


def test_a_birth_date_is_put_right(maya, desk, signed_in) -> None:
    page = send(signed_in(desk), maya, birth_date_0="15")
    assert "Saved." in words(page)
    assert "born 15 May 1991" in words(page)
    maya.refresh_from_db()
    assert maya.birth_date == date(1991, 5, 15)
    entry = AuditEntry.objects.get(verb="patient.changed")
    assert (entry.patient, entry.staff) == (maya, desk)
    assert "1991" not in str(AuditEntry.objects.values().get(pk=entry.pk))


def test_saving_what_stands_there_changes_nothing(maya, desk, signed_in) -> None:
    assert "Saved." in words(send(signed_in(desk), maya))
    assert changes() == 0


def test_two_people_who_put_different_things_right_do_not_undo_each_other(
    maya, desk, signed_in
) -> None:
    """What one did not touch is not written over with what they saw before."""
    client = signed_in(desk)
    Patient.objects.update(phone="07700 900999")
    form = {"given_name": "Maja"}
    change_patient(patient_id=maya.pk, by=desk, changes=form, at=MONDAY)
    send(client, maya, phone="07700 900999", given_name="Maja", birth_date_0="15")
    maya.refresh_from_db()
    assert (maya.phone, maya.given_name) == ("07700 900999", "Maja")


@pytest.mark.parametrize(
    ("over", "dead"),
    [
        ({"email": "maja@mail.example"}, True),
        ({"email": ""}, True),
        ({"phone": "07700 900999"}, True),
        ({"birth_date_0": "15"}, False),
    ],
)
def test_a_link_that_may_have_gone_astray_is_dead(
    maya, desk, signed_in, over, dead
) -> None:
    token = link_for(maya, desk, channels=[MessageChannel.EMAIL])
    client = signed_in(desk)
    page = words(send(client, maya, **over))
    assert ("The last link no longer works: make a new one." in page) == dead
    assert client.get(page_of(token)).status_code == (410 if dead else 200)
    assert bool(OutgoingMessage.objects.get().gave_up_at) == dead


def test_without_a_link_nothing_is_said_of_one(maya, desk, signed_in) -> None:
    assert "link no longer works" not in words(
        send(signed_in(desk), maya, email="maja@mail.example")
    )


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"given_name": ""}, "Enter the first name."),
        ({"birth_date_1": "13"}, "Enter a date"),
        ({"birth_date_2": "1891"}, "Check the year of birth."),
        ({"birth_date_2": "2015"}, "Aftercare is for people of 18 or over."),
        ({"phone": "12"}, "Enter the whole number"),
        ({"email": "maya"}, "Enter an e-mail address"),
    ],
)
def test_what_cannot_be_is_asked_again(maya, desk, signed_in, over, said) -> None:
    answer = send(signed_in(desk), maya, **over)
    assert answer.status_code == 422
    assert said in words(answer)
    assert changes() == 0


def test_a_patient_of_another_clinic_is_not_there(maya, signed_in) -> None:
    client = signed_in(make_staff(make_clinic("Birchwood Clinic")))
    assert client.get(address(maya)).status_code == 404
    assert client.post(address(maya), DETAILS | {"phone": "0"}).status_code == 404
    assert changes() == 0

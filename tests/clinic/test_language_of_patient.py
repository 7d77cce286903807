"""Staff say in which language a patient is written to, at the first entry and later."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aftercare.languages import Language
from aftercare.models import AuditEntry, OutgoingMessage, Patient
from tests.aftercare.pages import words
from tests.builders import make_patient, make_treatment
from tests.clinic.conftest import NEW, person, procedure
from tests.clinic.test_patient_details import DETAILS


def details_of(patient: Patient) -> str:
    return reverse("patient_details", args=[patient.pk])


@pytest.fixture
def maya(nurse: Any) -> Patient:
    return make_patient(nurse, email="maya@mail.example")


def test_a_new_patient_is_entered_with_a_language(nurse, signed_in) -> None:
    client = signed_in(nurse)
    page = client.get(NEW).content.decode()
    assert 'value="en" required id="id_language_0" checked' in page
    assert '<span lang="es">Español</span>' in page
    assert "The patient’s pages are in English." in page
    answer = client.post(NEW, person(language="es") | procedure())
    assert answer.status_code == 303
    assert Patient.objects.get().language == Language.SPANISH


def test_a_new_patient_needs_a_language(nurse, signed_in) -> None:
    answer = signed_in(nurse).post(NEW, person(language="") | procedure())
    assert answer.status_code == 422
    assert "Choose a language." in words(answer)


def test_the_first_link_is_sent_in_that_language(maya, desk, signed_in) -> None:
    client = signed_in(desk)
    client.post(details_of(maya), DETAILS | {"language": "pl"})
    page = reverse("let_in", args=[maya.pk])
    assert "The message is in Polish." in words(client.get(page))
    client.post(page, {"way": "email"})
    assert "codzienna ankieta jest gotowa" in OutgoingMessage.objects.get().subject


def test_another_language_is_a_change_that_leaves_the_link_alone(
    maya, desk, signed_in
) -> None:
    client: Client = signed_in(desk)
    client.post(reverse("let_in", args=[maya.pk]), {"way": "email"})
    answer = client.post(details_of(maya), DETAILS | {"language": "es"}, follow=True)
    assert "The last link no longer works" not in words(answer)
    maya.refresh_from_db()
    assert maya.language == "es"
    assert AuditEntry.objects.filter(verb="patient.changed").count() == 1
    [waiting] = OutgoingMessage.objects.all()
    assert "your daily check is ready" in waiting.body
    drawn = client.get(details_of(maya)).content.decode()
    assert 'value="es" required id="id_language_1" checked' in drawn


def test_who_calls_sees_that_the_patient_reads_another_language(
    maya, nurse, signed_in
) -> None:
    make_treatment(nurse, maya)
    client = signed_in(nurse)
    page = reverse("patient_detail", args=[maya.pk])
    assert "messages in" not in words(client.get(page))
    Patient.objects.update(language="pl")
    assert "messages in Polish" in words(client.get(page))

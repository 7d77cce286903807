"""Who was shown whose record is noted by itself: once a page, and never forgotten."""

from __future__ import annotations

import uuid

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client

from aftercare.models import AuditEntry, StaffMember
from aftercare.noting.pages import WhoseIsIt
from aftercare.services import audit
from aftercare.services.silence import check_silence
from clinic.views import flag
from tests.aftercare.log_values import CALM
from tests.builders import GLANDS, make_clinic, make_staff, send_log
from tests.signing_in import sign_in

POLL = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def priya(wall, nurse: StaffMember) -> Client:
    return sign_in(Client(), nurse)


def reads() -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(verb__in=audit.READS).order_by("at", "id")
    return list(rows.values_list("verb", "page"))


def test_staff_who_read_a_patient_are_noted_with_page_and_version(
    priya, nurse, treatment
):
    priya.get(f"/patients/{treatment.patient_id}/")
    row = AuditEntry.objects.get(verb="patient.read")
    assert (row.staff, row.login) == (nurse, nurse.login)
    assert row.patient == treatment.patient
    assert row.page == "patient_detail"
    assert (row.version, row.software) == ("microneedling/1", "0.1.0")


def test_patients_who_read_their_own_record_are_noted(maya, treatment):
    maya.get("/recovery/")
    row = AuditEntry.objects.get(verb="record.read")
    assert (row.staff, row.login) == (None, treatment.patient.login)
    assert (row.patient, row.page) == (treatment.patient, "recovery")


def test_a_list_is_noted_once_and_without_a_patient(priya, treatment):
    send_log(treatment, GLANDS)
    priya.get("/queue/")
    row = AuditEntry.objects.get(verb="list.read")
    assert (row.patient, row.page) == (None, "queue")


def test_a_form_that_comes_back_with_a_record_is_noted(priya, treatment):
    send_log(treatment, GLANDS)
    answer = priya.post(f"/queue/{treatment.pk}/contact/", {})
    assert answer.status_code == 422
    assert reads() == [("patient.read", "log_contact")]


def test_a_form_that_is_sent_empty_shows_no_record_unseen(priya, treatment):
    """The page comes back as it was, and reading it is a read."""
    answer = priya.post(f"/treatments/{treatment.pk}/", {})
    assert answer.status_code == 200
    assert reads() == [("patient.read", "treatment_edit")]


def test_what_was_done_and_what_was_refused_is_no_read(priya, maya, treatment):
    other = make_staff(make_clinic("Birchwood Clinic"))
    stranger = sign_in(Client(), other)
    assert stranger.get(f"/patients/{treatment.patient_id}/").status_code == 404
    assert priya.get("/today/").status_code == 404
    sent = maya.post(f"/log/{treatment.pk}/", CALM | {"key": str(uuid.uuid4())})
    assert sent.status_code == 303
    assert reads() == []


def test_a_deed_says_from_which_page_it_was_done(maya, wall, treatment):
    maya.post(f"/log/{treatment.pk}/", CALM | {"key": str(uuid.uuid4())})
    assert AuditEntry.objects.get(verb="log.submitted").page == "log"
    check_silence(wall.forward(days=60))
    assert AuditEntry.objects.get(verb="silence.noticed").page == ""


def test_pages_for_everybody_and_of_the_clinic_are_not_noted(priya, maya, clinic):
    owner = sign_in(Client(), make_staff(clinic, "Lena Hart", "is_owner"))
    for browser, path in (
        (priya, "/help/"),
        (maya, "/privacy/"),
        (priya, "/account/"),
        (owner, "/team/"),
        (owner, "/settings/clinic/"),
    ):
        assert browser.get(path).status_code == 200, path
    assert reads() == []


def test_a_page_that_looks_again_by_itself_is_noted_once_an_hour(
    priya, wall, treatment
):
    priya.get("/queue/")
    for _ in range(3):
        wall.forward(seconds=20)
        assert priya.get("/queue/", **POLL).status_code == 200
    assert len(reads()) == 1
    wall.forward(hours=1)
    priya.get("/queue/", **POLL)
    assert len(reads()) == 2


def test_no_record_is_read_unseen_by_saying_that_the_page_asks_by_itself(
    priya, clinic, treatment
):
    path = f"/patients/{treatment.patient_id}/"
    priya.get(path, **POLL)
    assert reads() == [("patient.read", "patient_detail")]
    lead = sign_in(Client(), make_staff(clinic, "Lena Hart", "is_clinical_lead"))
    lead.get(path, **POLL)
    assert len(reads()) == 2


def test_a_page_that_does_not_say_whose_record_it_shows_is_not_sent(
    priya, treatment, monkeypatch
):
    def forgets(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        return request.staff.clinic.treatments.get(pk=key)

    monkeypatch.setattr(flag, "find_treatment", forgets)
    monkeypatch.setattr(
        flag, "flag_page", lambda request, *_: render(request, "public/safety.html")
    )
    with pytest.raises(WhoseIsIt, match="flag_detail does not say"):
        priya.get(f"/queue/{treatment.pk}/")


def test_a_page_is_not_sent_when_it_cannot_be_noted(priya, treatment, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(OSError, match="no space"):
        priya.get(f"/patients/{treatment.patient_id}/")

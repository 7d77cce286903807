"""A patient asks to be deleted: the owner reads it, and erases or says why not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from aftercare.models import AuditEntry, Erasure, Patient
from aftercare.services.ask_erasure import ask_for_erasure, take_back_request
from clinic.patient_rights import asked_by, who_asked
from clinic.views import erase as erase_view
from tests.aftercare.pages import words
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
from tests.house.everywhere import tables_with

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_folder(settings) -> None:
    settings.MESSAGE_FOLDER = ""


@pytest.fixture
def owner(clinic):
    return make_staff(clinic, "Olu Bankole", "is_owner")


@pytest.fixture
def asked(nurse, clinic):
    """Zqerased Okafor's, who asked on Monday to be deleted."""
    treatment = make_treatment(nurse, make_patient(nurse, "Zqerased Okafor"))
    ask_for_erasure(by=treatment.patient, at=MONDAY)
    return treatment


def page_of(treatment) -> str:
    return f"/patients/{treatment.patient_id}/erase/"


def erase(client: Client, treatment, **form: str):
    filled = {"family_name": "Okafor", "reason": "Asked to be deleted."} | form
    return client.post(page_of(treatment), filled)


# --- The request is seen ----------------------------------------------------------------


def test_the_owner_reads_of_it_on_the_list_and_on_the_patients_page(
    owner, asked, signed_in
) -> None:
    client = signed_in(owner)
    said = words(client.get("/patients/"))
    assert "Zqerased Okafor asked on 1 June to be deleted. Answer by 1 July." in said
    page = client.get(f"/patients/{asked.patient_id}/")
    assert "Asked on 1 June to be deleted. Answer by 1 July." in words(page)
    assert page_of(asked) in page.content.decode()


def test_other_staff_read_it_on_the_patients_page_alone(lead, asked, signed_in) -> None:
    client = signed_in(lead)
    assert "to be deleted" not in words(client.get("/patients/"))
    said = words(client.get(f"/patients/{asked.patient_id}/"))
    assert "The owner of the clinic answers this." in said
    assert client.get(page_of(asked)).status_code == 403
    assert erase(client, asked).status_code == 403


def test_after_a_month_it_says_that_it_is_late(owner, asked, clinic) -> None:
    assert asked_by(asked.patient, MONDAY + 30 * DAY).is_late is False
    assert asked_by(asked.patient, MONDAY + 31 * DAY).is_late is True
    [late] = who_asked(clinic, MONDAY + 31 * DAY)
    assert (late.by, late.is_late) == ("1 July", True)


def test_nobody_is_asked_about_what_was_taken_back(owner, asked, signed_in) -> None:
    take_back_request(by=asked.patient, at=MONDAY)
    client = signed_in(owner)
    assert "to be deleted" not in words(client.get("/patients/"))
    answer = client.get(page_of(asked), follow=True)
    assert "does not ask to be deleted" in words(answer)
    assert erase(client, asked).status_code == 303
    assert Patient.objects.filter(pk=asked.patient_id).exists()


def test_a_clinic_reads_of_its_own_patients_alone(asked) -> None:
    assert who_asked(make_clinic("Birchwood"), MONDAY) == ()


def test_a_list_of_requests_takes_one_query(
    asked, nurse, clinic, django_assert_num_queries
) -> None:
    for days, name in enumerate(("Ben Ray", "Cleo Fox"), start=1):
        ask_for_erasure(by=make_patient(nurse, name), at=MONDAY + days * DAY)
    with django_assert_num_queries(1):
        found = who_asked(clinic, MONDAY + 2 * DAY)
    assert [one.name for one in found] == ["Zqerased Okafor", "Ben Ray", "Cleo Fox"]


# --- Erasing ----------------------------------------------------------------------------


def test_the_owner_erases_with_the_name_typed_and_a_reason(
    owner, asked, signed_in
) -> None:
    send_log(asked, CALM)
    client = signed_in(owner)
    said = words(client.get(page_of(asked)))
    assert "Asked on 1 June. Answer by 1 July" in said
    answer = erase(client, asked, family_name=" okafor ")
    assert (answer.status_code, answer["Location"]) == (303, "/patients/")
    assert tables_with(["zqerased"]) == []
    assert Erasure.objects.get().by_staff == owner
    entry = AuditEntry.objects.get(verb="patient.erased")
    assert entry.staff_id == owner.pk
    said = words(client.get("/patients/"))
    assert "The record was erased." in said
    assert "asked on" not in said
    assert client.get(f"/patients/{asked.patient_id}/").status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"family_name": "Okafer"}, "This is not the family name of this patient."),
        ({"family_name": ""}, "Type the family name."),
        ({"reason": ""}, "Say why."),
        ({"reason": "ok"}, "Say why in a few words."),
        ({"reason": "Mr Okafor asked"}, "Leave the name out of the reason"),
    ],
)
def test_it_is_not_done_by_half(form, said, owner, asked, signed_in) -> None:
    answer = erase(signed_in(owner), asked, **form)
    assert answer.status_code == 422
    assert said in words(answer)
    assert Patient.objects.filter(pk=asked.patient_id).exists()


def test_while_something_urgent_is_open_it_is_refused(owner, asked, signed_in) -> None:
    send_log(asked, fever("39.5"))
    answer = erase(signed_in(owner), asked)
    assert answer.status_code == 422
    assert "A flag that needs a person is open. Close it first." in words(answer)
    assert Patient.objects.filter(pk=asked.patient_id).exists()


def test_a_patient_of_another_clinic_is_not_there(asked, signed_in) -> None:
    stranger = make_staff(make_clinic("Birchwood"), "June Whitlock", "is_owner")
    client = signed_in(stranger)
    assert client.get(page_of(asked)).status_code == 404
    assert erase(client, asked).status_code == 404
    assert Patient.objects.filter(pk=asked.patient_id).exists()


# --- Keeping ----------------------------------------------------------------------------


def test_the_owner_keeps_it_and_tells_the_patient_why(owner, asked, signed_in) -> None:
    client = signed_in(owner)
    form = {"keep": "yes", "words": "We must keep this for eight years."}
    answer = client.post(page_of(asked), form, follow=True)
    assert "reads your answer on their page" in words(answer)
    request = asked.patient.erasure_requests.get()
    assert (request.answer, request.words) == ("keep", form["words"])
    assert request.answered_by == owner


def test_keeping_needs_words(owner, asked, signed_in) -> None:
    answer = signed_in(owner).post(page_of(asked), {"keep": "yes", "words": ""})
    assert answer.status_code == 422
    assert "Tell the patient why." in words(answer)
    assert asked.patient.erasure_requests.get().answered_at is None


def test_a_request_that_was_taken_back_a_moment_ago_is_not_answered(
    owner, asked, signed_in, monkeypatch
) -> None:
    keep = erase_view.keep_record

    def late(**how):
        take_back_request(by=asked.patient, at=MONDAY)
        return keep(**how)

    monkeypatch.setattr(erase_view, "keep_record", late)
    form = {"keep": "yes", "words": "We must keep this."}
    answer = signed_in(owner).post(page_of(asked), form, follow=True)
    assert "does not ask for this any more" in words(answer)


# --- Whoever has left -------------------------------------------------------------------


def test_staff_read_that_a_patient_has_left(lead, asked, signed_in) -> None:
    asked.left_at, asked.next_due_at = MONDAY, None
    asked.save()
    client = signed_in(lead)
    assert "Left the course on 1 June" in words(client.get("/patients/"))
    assert "Left the course on 1 June" in words(
        client.get(f"/patients/{asked.patient_id}/")
    )
    for tab in ("due", "silent", "not_started"):
        assert "Nobody" in words(client.get(f"/patients/?tab={tab}"))


def test_who_has_not_left_is_listed_as_before(lead, asked, signed_in) -> None:
    client = signed_in(lead)
    assert "Left the course" not in words(client.get("/patients/"))
    assert "Zqerased" in words(client.get("/patients/?tab=not_started"))

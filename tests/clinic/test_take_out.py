"""Records leave the house: with a reason, a fresh second factor, and a row in the audit."""

from __future__ import annotations

import json
import time

import pytest
from django.test import Client

from aftercare.models import AuditEntry, Export
from clinic.views import fresh_factor
from tests.aftercare.pages import words
from tests.builders import GLANDS, make_clinic, make_staff, make_treatment, send_log
from tests.clinic.conftest import spoke
from tests.signing_in import sign_in

REASON = "The patient moves to another clinic."


@pytest.fixture
def owner(clinic):
    return make_staff(clinic, "Olu Bankole", "is_owner")


@pytest.fixture
def noted(treatment, nurse, wall):
    """Maya's, with a call about which a note was written."""
    send_log(treatment, GLANDS)
    step = spoke(treatment, nurse, wall.forward(minutes=5))
    step.said = "zqnote for staff"
    step.save()
    return treatment


def copy_of(treatment) -> str:
    return f"/patients/{treatment.patient_id}/copy/"


def text(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def take(client: Client, path: str, **form: str):
    return client.post(path, {"reason": REASON, "format": "json"} | form)


# --- One record -----------------------------------------------------------------------


def test_one_record_is_taken_out_as_a_file(owner, noted, signed_in) -> None:
    client = signed_in(owner)
    assert "The copy holds everything" in words(client.get(copy_of(noted)))
    answer = take(client, copy_of(noted))
    assert answer.status_code == 200
    assert (
        answer["Content-Disposition"] == 'attachment; filename="record-2026-06-01.json"'
    )
    found = json.loads(text(answer))
    assert found["made_for"] == "staff"
    assert "zqnote for staff" in [step["said"] for step in found["follow_ups"]]
    export = Export.objects.get()
    assert (export.what, export.reason, export.by_staff) == ("record", REASON, owner)
    assert export.patient == noted.patient
    entry = AuditEntry.objects.get(verb="record.exported")
    assert (entry.patient_id, entry.object_id) == (noted.patient_id, export.pk)
    assert entry.staff_id == owner.pk


def test_or_as_a_page_with_the_notes_of_staff(lead, noted, signed_in) -> None:
    page = text(take(signed_in(lead), copy_of(noted), format="page"))
    assert "The record of Maya Okafor" in page
    assert "The notes of staff are in it." in page
    assert "zqnote for staff" in page
    assert page.rstrip().endswith("</html>")


def test_nothing_is_taken_out_without_a_reason_and_a_format(
    owner, noted, signed_in
) -> None:
    client = signed_in(owner)
    for form in ({"reason": ""}, {"reason": "no"}, {"format": "pdf"}):
        assert take(client, copy_of(noted), **form).status_code == 422
    assert client.post(copy_of(noted)).status_code == 200
    assert not Export.objects.exists()


def test_the_patient_page_has_the_way_for_those_who_may(
    owner, lead, nurse, noted, signed_in
) -> None:
    path = f"/patients/{noted.patient_id}/"
    for staff, may in ((owner, True), (lead, True), (nurse, False)):
        page = signed_in(staff).get(path).content.decode()
        assert (copy_of(noted) in page) is may
    assert take(signed_in(nurse), copy_of(noted)).status_code == 403


def test_a_patient_of_another_clinic_is_not_there(owner, signed_in) -> None:
    theirs = make_treatment(make_staff(make_clinic("Birchwood")))
    client = signed_in(owner)
    assert client.get(copy_of(theirs)).status_code == 404
    assert take(client, copy_of(theirs)).status_code == 404
    assert not Export.objects.exists()


# --- All records ----------------------------------------------------------------------


def test_the_owner_takes_out_every_record_one_a_line(
    owner, noted, nurse, signed_in
) -> None:
    make_treatment(nurse)
    theirs = make_treatment(make_staff(make_clinic("Birchwood")))
    client = signed_in(owner)
    assert "/records/" in client.get("/patients/").content.decode()
    assert "One file with every record" in words(client.get("/records/"))
    answer = take(client, "/records/")
    assert answer["Content-Disposition"].endswith('"records-2026-06-01.jsonl"')
    said = text(answer)
    head, *records, end = [json.loads(one) for one in said.splitlines()]
    assert head["format"] == "aftercare-clinic"
    assert end == {"complete": True, "patients": 2}
    assert len(records) == 2
    assert str(theirs.patient_id) not in said
    assert Export.objects.get().what == "clinic"
    assert AuditEntry.objects.get(verb="clinic.exported").patient_id is None


def test_nobody_but_the_owner_does_so(lead, noted, signed_in) -> None:
    client = signed_in(lead)
    assert client.get("/records/").status_code == 403
    assert take(client, "/records/").status_code == 403
    assert "/records/" not in client.get("/patients/").content.decode()


def test_all_records_need_a_reason_as_well(owner, noted, signed_in) -> None:
    client = signed_in(owner)
    assert take(client, "/records/", reason="").status_code == 422
    assert not Export.objects.exists()


# --- The second factor ----------------------------------------------------------------


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Some minutes after the second factor was shown."""

    def move(minutes: float) -> None:
        now = time.time() + minutes * 60
        monkeypatch.setattr(fresh_factor.time, "time", lambda: now)

    return move


@pytest.mark.parametrize(("minutes", "opens"), [(4.5, True), (5.5, False)])
@pytest.mark.parametrize("path", ["copy", "records", "erase"])
def test_the_second_factor_is_asked_for_again_after_five_minutes(
    path, minutes, opens, owner, noted, signed_in, later
) -> None:
    noted.patient.erasure_requests.create(
        clinic=noted.clinic, asked_at=noted.created_at
    )
    where = "/records/" if path == "records" else copy_of(noted).replace("copy", path)
    client = signed_in(owner)
    later(minutes)
    for answer in (client.get(where), take(client, where)):
        if opens:
            assert answer.status_code in {200, 422}
        else:
            assert answer.status_code == 303
            assert (
                answer["Location"]
                == f"/account/confirm/code/?next=%2F{where[1:-1].replace('/', '%2F')}%2F"
            )
    assert Export.objects.exists() is (opens and path != "erase")


def test_a_password_alone_is_no_second_factor(owner, noted, signed_in, later) -> None:
    client = signed_in(owner)
    later(6)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time() - 600},
        {"method": "password", "at": time.time()},
    ]
    session.save()
    assert client.get(copy_of(noted)).status_code == 303


def test_in_the_demo_there_is_no_factor_to_show(owner, noted, settings, later) -> None:
    settings.DEMO = True
    client = sign_in(Client(), owner)
    session = client.session
    session["demo"] = True
    session.save()
    later(30)
    assert client.get(copy_of(noted)).status_code == 200


def test_who_asked_with_filters_goes_on_with_them(owner, signed_in, later) -> None:
    client = signed_in(owner)
    later(6)
    answer = client.get("/audit/export/?who=nobody&page=2")
    assert answer["Location"].endswith(
        "next=%2Faudit%2Fexport%2F%3Fwho%3Dnobody%26page%3D2"
    )

"""The audit as people read it: who may read what, filters, pages, and the file of it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse

from aftercare.audit_words import Kind
from aftercare.models import AuditEntry, Export
from aftercare.services import audit as noted
from aftercare.services.erase_patient import erase_patient
from clinic import audit, audit_file
from clinic.audit import PATIENTS, SOFTWARE, Sought, read_audit
from clinic.record_number import number_of, numbers_like
from tests.builders import (
    GLANDS,
    MONDAY,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)
from tests.clinic.conftest import spoke
from tests.house.audited import whole
from tests.signing_in import login_of

pytestmark = pytest.mark.usefixtures("sealed_at_once")

EVERYTHING = Sought()


@pytest.fixture
def owner(clinic):
    return make_staff(clinic, "Omar Said", "is_owner")


@pytest.fixture
def auditor(clinic):
    return make_staff(clinic, "Ada Quill", "is_auditor")


@pytest.fixture
def maya(treatment):
    login_of(treatment.patient)
    return treatment.patient


def said(staff, **sought) -> list[tuple[str, str]]:
    return [(one.who, one.what) for one in read_audit(staff, Sought(**sought)).lines]


def words(page) -> list[str]:
    return [line.what for line in page.lines]


# --- Who may read what ------------------------------------------------------------------


def test_the_owner_reads_what_everybody_did(owner, nurse, maya, treatment):
    send_log(treatment, GLANDS)
    spoke(treatment, nurse, MONDAY + timedelta(hours=1))
    lines = read_audit(owner, EVERYTHING).lines
    assert [(one.who, one.what, one.whose) for one in lines[:2]] == [
        ("Priya Nair", "Logged a contact", "Maya Okafor"),
        ("The patient", "Sent a log", "Maya Okafor"),
    ]
    assert lines[0].when == "Mon 1 June 2026, 10am"
    assert lines[0].version == "microneedling/1, 0.1.0"


def test_a_clinician_reads_only_their_own(nurse, lead, treatment):
    send_log(treatment, GLANDS)
    spoke(treatment, lead, MONDAY)
    assert {one.who for one in read_audit(nurse, EVERYTHING).lines} == {"Priya Nair"}
    assert "Lena Hart" in {one.who for one in read_audit(lead, EVERYTHING).lines}


def test_no_filter_shows_a_clinician_what_somebody_else_did(nurse, lead, treatment):
    send_log(treatment, GLANDS)
    spoke(treatment, lead, MONDAY)
    for sought in (
        {"who": str(lead.pk)},
        {"who": PATIENTS},
        {"who": SOFTWARE},
        {"kind": Kind.FLAG},
        {"whose": "maya"},
    ):
        people = {who for who, _ in said(nurse, **sought)}
        assert people <= {"Priya Nair"}, sought


def test_an_auditor_reads_numbers_and_no_names(auditor, maya, treatment, signed_in):
    send_log(treatment, GLANDS)
    page = signed_in(auditor).get("/audit/").content.decode()
    assert "Okafor" not in page
    assert number_of(maya.pk) in page
    assert said(auditor, whose="Okafor") == []
    assert (
        "Okafor"
        in signed_in(make_staff(treatment.clinic, "O", "is_owner"))
        .get("/audit/")
        .content.decode()
    )


def test_an_auditor_comes_in_at_the_audit_and_is_offered_nothing_else(
    auditor, signed_in
):
    client = signed_in(auditor)
    assert client.get("/home/").url == "/audit/"
    page = client.get("/audit/").content.decode()
    for name in ("queue", "patients", "new_treatment", "closed_flags", "team"):
        assert f'href="{reverse(name)}"' not in page, name


def test_the_front_desk_reads_nothing(desk, signed_in):
    client = signed_in(desk)
    assert client.get("/audit/").status_code == 403
    assert b'href="/audit/"' not in client.get("/queue/").content


def test_another_clinics_audit_is_never_read(owner, treatment):
    elsewhere = make_staff(make_clinic("Birchwood Clinic"), "Somebody Else")
    theirs = make_treatment(elsewhere, make_patient(elsewhere, "Rosa Ibarra"))
    for sought in ({}, {"whose": "Rosa"}, {"whose": number_of(theirs.patient_id)}):
        found = read_audit(owner, Sought(**sought)).lines
        assert not {one.patient for one in found} & {theirs.patient_id}
        assert "Somebody Else" not in {one.who for one in found}


# --- What a row says --------------------------------------------------------------------


def test_whoever_had_no_sign_in_is_not_called_by_name(owner, nurse, treatment):
    noted.record_refused(nurse.login.email, "sign_in", MONDAY)
    noted.record("silence.noticed", by=None, clinic=owner.clinic, at=MONDAY)
    assert (
        "Somebody without a sign-in",
        "Was refused at the sign-in (wrong password)",
    ) in (said(owner, who=SOFTWARE))
    assert ("Aftercare itself", "Noticed that no log came") in said(owner)


def test_a_row_about_a_colleague_names_them(owner, nurse):
    noted.record(
        "staff.roles_changed",
        by=owner,
        clinic=owner.clinic,
        at=MONDAY,
        object_id=nurse.pk,
    )
    assert read_audit(owner, Sought(who=str(owner.pk))).lines[0].whose == "Priya Nair"


def test_an_erased_record_keeps_its_number(owner, maya):
    number = number_of(maya.pk)
    erase_patient(
        clinic=owner.clinic,
        patient_id=maya.pk,
        by=owner,
        reason="Asked to be deleted.",
        at=MONDAY,
    )
    lines = read_audit(owner, Sought(whose=number)).lines
    assert "Deleted the record" in [line.what for line in lines]
    assert {line.whose for line in lines} == {number}


def test_who_is_no_longer_known_is_still_somebody(owner, nurse, treatment):
    row = AuditEntry.objects.filter(staff=nurse).first()
    assert audit._who(row, {}) == "Somebody who is not in the team any more"


# --- Filters and pages ------------------------------------------------------------------


def test_by_person_kind_patient_and_date(owner, nurse, maya, treatment):
    other = make_treatment(nurse, make_patient(nurse, "Rosa Ibarra"))
    send_log(treatment, GLANDS)
    send_log(other, GLANDS, at=MONDAY + timedelta(days=1))
    spoke(treatment, nurse, MONDAY + timedelta(hours=1))
    assert set(said(owner, who=PATIENTS)) == {("The patient", "Sent a log")}
    assert said(owner, who=str(nurse.pk), kind=Kind.FLAG) == [
        ("Priya Nair", "Logged a contact")
    ]
    by_name = read_audit(owner, Sought(whose="rosa ib")).lines
    by_number = read_audit(owner, Sought(whose=number_of(other.patient_id))).lines
    assert by_name == by_number
    assert {one.patient for one in by_name} == {other.patient_id}
    tuesday = Sought(since=date(2026, 6, 2), until=date(2026, 6, 2), kind=Kind.LOG)
    assert words(read_audit(owner, tuesday)) == ["Sent a log"]
    assert read_audit(owner, Sought(until=date(2020, 1, 1))).lines == ()


def test_days_begin_at_midnight_on_the_clinics_clock(owner):
    """London is an hour ahead of UTC in June."""
    late = MONDAY.replace(hour=23, minute=30)
    noted.record("silence.noticed", by=None, clinic=owner.clinic, at=late)
    silence = {"kind": Kind.LOG}
    assert said(owner, until=date(2026, 6, 1), **silence) == []
    assert len(said(owner, since=date(2026, 6, 2), **silence)) == 1


def test_pages_follow_each_other_without_a_gap_or_a_double(owner, monkeypatch):
    monkeypatch.setattr(audit, "PAGE", 2)
    for number in range(5):
        at = MONDAY + timedelta(minutes=number // 2)
        noted.record("silence.noticed", by=None, clinic=owner.clinic, at=at)
    found, after = [], None
    while True:
        page = read_audit(owner, Sought(kind=Kind.LOG), after)
        found += [line.key for line in page.lines]
        after = page.next
        if after is None:
            break
    assert len(found) == len(set(found)) == 5
    rows = AuditEntry.objects.filter(verb="silence.noticed").order_by("-at", "-id")
    assert found == list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_takes_three_queries_however_long(
    count, owner, nurse, treatment, django_assert_num_queries
):
    for _ in range(count):
        send_log(make_treatment(nurse, make_patient(nurse, "Rosa Ibarra")), GLANDS)
    with django_assert_num_queries(3):
        read_audit(owner, EVERYTHING)


def test_a_filter_that_makes_no_sense_asks_for_nothing(owner, treatment, signed_in):
    client = signed_in(owner)
    for query in ("who=nobody", "kind=x", "since=yesterday", "after=x", "whose=%00"):
        answer = client.get(f"/audit/?{query}")
        assert answer.status_code in {200, 400}, query
    page = client.get("/audit/?kind=treatment").content.decode()
    assert "Entered a treatment" in page
    assert "Read a list" not in page


def test_reading_the_audit_stands_in_the_audit(owner, signed_in):
    signed_in(owner).get("/audit/")
    row = AuditEntry.objects.get(verb="list.read")
    assert (row.staff, row.page) == (owner, "audit")


def test_the_page_offers_the_next_one_with_the_same_filter(
    owner, signed_in, monkeypatch
):
    monkeypatch.setattr(audit, "PAGE", 1)
    for _ in range(2):
        noted.record("silence.noticed", by=None, clinic=owner.clinic, at=MONDAY)
    page = signed_in(owner).get("/audit/?kind=log&whose=").content.decode()
    assert "/audit/?kind=log&amp;after=" in page


# --- The number of a record -------------------------------------------------------------


def test_a_number_is_the_beginning_of_its_key(maya):
    first, last = numbers_like(number_of(maya.pk))
    assert first <= maya.pk <= last
    assert numbers_like(str(maya.pk)) == (maya.pk, maya.pk)
    assert numbers_like(number_of(maya.pk).upper().replace("-", " ")) == (first, last)


@pytest.mark.parametrize("typed", ["", "Maya", "beef", "0" * 33, "01a20d02g"])
def test_what_is_no_number_is_none(typed):
    assert numbers_like(typed) is None


# --- The file ---------------------------------------------------------------------------


def rows_of(answer) -> list[dict[str, str]]:
    text = whole(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_needs_a_reason(owner, signed_in):
    client = signed_in(owner)
    answer = client.post("/audit/export/", {})
    assert answer.status_code == 422
    assert "Choose why you need it." in answer.content.decode()
    assert not Export.objects.exists()


def test_the_file_has_every_row_with_its_place_in_the_chain(
    owner, nurse, maya, treatment, signed_in, monkeypatch
):
    monkeypatch.setattr(audit_file, "AT_ONCE", 2)
    send_log(treatment, GLANDS)
    client = signed_in(owner)
    answer = client.post("/audit/export/", {"reason": "inspection"})
    assert answer.streaming
    assert (
        answer["Content-Disposition"] == 'attachment; filename="audit-2026-06-01.csv"'
    )
    found = rows_of(answer)
    assert [int(one["number"]) for one in found] == list(range(1, len(found) + 1))
    sent = next(one for one in found if one["verb"] == "log.submitted")
    assert (sent["who"], sent["whose"]) == ("The patient", "Maya Okafor")
    assert len(sent["seal"]) == 64
    taken = AuditEntry.objects.get(verb="audit.exported")
    assert (taken.staff, taken.reason) == (owner, "inspection")
    assert Export.objects.get().reason == "For an inspection"


def test_the_file_has_what_the_filter_shows(owner, nurse, treatment, signed_in):
    send_log(treatment, GLANDS)
    client = signed_in(owner)
    assert "filter shows: 1." in client.get("/audit/export/?kind=log").content.decode()
    answer = client.post("/audit/export/?kind=log", {"reason": "complaint"})
    assert [one["what"] for one in rows_of(answer)] == ["Sent a log"]


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@sum"])
def test_no_cell_is_a_formula(name, owner, signed_in):
    make_patient(owner, f"{name} {name}")
    answer = signed_in(owner).post("/audit/export/", {"reason": "own_check"})
    whose = {one["whose"] for one in rows_of(answer)}
    assert f"'{name} {name}" in whose


def test_the_auditors_file_has_no_names(auditor, maya, treatment, signed_in):
    answer = signed_in(auditor).post("/audit/export/", {"reason": "inspection"})
    text = whole(answer).decode()
    assert "Okafor" not in text
    assert number_of(maya.pk) in text


def test_a_clinician_takes_no_file(nurse, signed_in):
    client = signed_in(nurse)
    assert client.get("/audit/export/").status_code == 403
    assert b"/audit/export/" not in client.get("/audit/").content

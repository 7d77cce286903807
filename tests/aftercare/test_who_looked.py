"""The patient is told who looked at the record: a line for each person and day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftercare.services import audit
from aftercare.services.take_out import export_clinic, export_record
from aftercare.showing import who_looked as showing
from aftercare.showing.who_looked import LOOKED, who_looked
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    entry,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)
from tests.clinic.conftest import close, spoke

TUESDAY = MONDAY + timedelta(days=1)


def reads(patient, by, at) -> None:
    audit.record("patient.read", by=by, clinic=by.clinic, at=at, patient_id=patient.pk)


def said(patient, after=None) -> list[tuple[str, str, str, str]]:
    lines = who_looked(patient, after).lines
    return [(line.when, line.who, line.role, line.what) for line in lines]


def newest(patient) -> tuple[str, str, str, str]:
    return said(patient)[0]


def test_many_looks_of_one_person_on_one_day_are_one_line(nurse, treatment):
    for minutes in (0, 5, 90):
        reads(treatment.patient, nurse, TUESDAY + timedelta(minutes=minutes))
    line = who_looked(treatment.patient).lines[0]
    assert (line.when, line.who) == ("Tuesday 2 June", "Priya Nair")
    assert (line.role, line.what) == ("clinical lead", LOOKED)
    assert line.at == TUESDAY + timedelta(minutes=90)


def test_what_a_person_did_on_a_day_is_said_in_one_sentence(nurse, treatment):
    send_log(treatment, GLANDS)
    reads(treatment.patient, nurse, MONDAY)
    spoke(treatment, nurse, MONDAY + timedelta(minutes=5))
    close(treatment, nurse, MONDAY + timedelta(minutes=10))
    assert newest(treatment.patient)[3] == (
        "looked at your record, took care of what you told us "
        "and wrote down a call or a message"
    )


def test_newest_first_and_each_person_has_a_line(nurse, clinic, treatment):
    desk = make_staff(clinic, "Sam Kerr", "is_front_desk")
    reads(treatment.patient, nurse, MONDAY)
    reads(treatment.patient, desk, TUESDAY)
    reads(treatment.patient, nurse, TUESDAY + timedelta(hours=1))
    assert [line[:3] for line in said(treatment.patient)[:3]] == [
        ("Tuesday 2 June", "Priya Nair", "clinical lead"),
        ("Tuesday 2 June", "Sam Kerr", "front desk"),
        ("Monday 1 June", "Priya Nair", "clinical lead"),
    ]


def test_a_day_is_one_at_the_clinic(nurse, treatment):
    """London is an hour ahead of UTC in June."""
    reads(treatment.patient, nurse, MONDAY.replace(hour=23, minute=30))
    assert newest(treatment.patient)[0] == "Tuesday 2 June"


def test_what_the_patient_and_the_software_did_is_not_told(maya, treatment, nurse):
    maya.get("/recovery/")
    send_log(treatment, CALM)
    audit.record(
        "silence.noticed",
        by=None,
        clinic=nurse.clinic,
        at=TUESDAY,
        patient_id=treatment.patient_id,
    )
    assert {who for _, who, *_ in said(treatment.patient)} == {"Priya Nair"}
    assert {line.day for line in who_looked(treatment.patient).lines} < {
        treatment.created_at.date(),
        treatment.patient.created_at.date(),
        date(2020, 1, 1),
    }


def test_nobody_is_told_of_somebody_elses_record(nurse, treatment):
    other = make_patient(nurse, "Rosa Ibarra")
    reads(other, nurse, TUESDAY)
    elsewhere = make_staff(make_clinic("Birchwood Clinic"), "Omar Said")
    theirs = make_treatment(elsewhere, make_patient(elsewhere, "Nina Berg"))
    reads(theirs.patient, elsewhere, TUESDAY)
    assert date(2026, 6, 2) not in {
        line.day for line in who_looked(treatment.patient).lines
    }


def test_copies_are_told_also_those_of_all_records(nurse, treatment):
    patient = treatment.patient
    export_record(patient=patient, by=nurse, reason="A second opinion", at=MONDAY)
    export_clinic(by=nurse, reason="We change our software", at=TUESDAY)
    assert [line[3] for line in said(patient)[:2]] == [
        "took a copy of all records, yours among them",
        "took a copy of your record",
    ]
    newcomer = make_patient(nurse, "Rosa Ibarra")
    newcomer.created_at = TUESDAY + timedelta(days=1)
    assert "yours among them" not in str(said(newcomer))


def test_a_verb_without_words_for_patients_is_told_all_the_same(nurse, treatment):
    audit.record(
        "course.left",
        by=nurse,
        clinic=nurse.clinic,
        at=TUESDAY,
        patient_id=treatment.patient_id,
    )
    assert newest(treatment.patient)[3] == "worked with your record"


def test_whoever_is_gone_is_still_somebody(nurse, treatment, monkeypatch):
    reads(treatment.patient, nurse, TUESDAY)
    monkeypatch.setattr(
        showing, "StaffMember", type("None", (), {"objects": Nobody()}), raising=True
    )
    line = newest(treatment.patient)
    assert line[1:3] == ("Somebody who has left the clinic", "")


class Nobody:
    def in_bulk(self, keys: object) -> dict[object, object]:
        return {}


@pytest.mark.parametrize("at_once", [1, 2, 3, 5])
def test_lines_follow_each_other_by_whole_days(
    nurse, clinic, treatment, at_once, monkeypatch
):
    monkeypatch.setattr(showing, "AT_ONCE", at_once)
    lead = make_staff(clinic, "Lena Hart", "is_clinical_lead")
    for day in range(6):
        for by in (nurse, lead):
            reads(treatment.patient, by, TUESDAY + timedelta(days=day))
    monkeypatch.setattr(showing, "AT_ONCE", 1000)
    everything = said(treatment.patient)
    monkeypatch.setattr(showing, "AT_ONCE", at_once)
    found, after = [], None
    for _ in range(20):
        page = who_looked(treatment.patient, after)
        found += said(treatment.patient, after)
        after = page.next
        if after is None:
            break
    assert found == everything
    assert len(found) >= 12


def test_it_takes_three_queries(nurse, treatment, django_assert_num_queries):
    for day in range(9):
        reads(treatment.patient, nurse, TUESDAY + timedelta(days=day))
    with django_assert_num_queries(3):
        who_looked(treatment.patient)


def test_a_log_by_telephone_is_told(nurse, treatment):
    from aftercare.services.submit_log import submit_log  # noqa: PLC0415

    submit_log(
        treatment_id=treatment.pk, by=nurse, entry=entry(TUESDAY, CALM), at=TUESDAY
    )
    assert newest(treatment.patient)[3] == "wrote down a log that you told us"

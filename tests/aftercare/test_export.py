"""A record as a file: nothing is forgotten, and it can be read back into the same rows."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import AuditEntry, DailyLog, Export, Patient
from aftercare.models.keys import uuid7
from aftercare.models.of_patient import GOES_WITH_THE_PATIENT, STAYS
from aftercare.services.erase_patient import erase_patient
from aftercare.showing.export import as_json
from aftercare.showing.export.as_csv import HEAD, logs_csv, neutral
from aftercare.showing.export.as_json import clinic_jsonl, line, record_json
from aftercare.showing.export.kinds import (
    EVERYWHERE,
    FOR_STAFF,
    LEFT_OUT,
    NAMES,
    Audience,
    kinds,
    patient_kind,
)
from aftercare.showing.export.values import moment
from tests.builders import (
    CALM,
    MONDAY,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
)
from tests.house.reading_back import put_back, read_back
from tests.house.two_clinics import House, Record, make_house
from tests.house.whole_record import complete

pytestmark = pytest.mark.django_db

AT = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_folder(settings) -> None:
    settings.MESSAGE_FOLDER = ""


@pytest.fixture
def house() -> House:
    return make_house("a")


@pytest.fixture
def record(house: House) -> Record:
    return complete(house, house.first)


def text_of(patient: Patient, audience: Audience = Audience.STAFF) -> str:
    return b"".join(record_json(patient, audience, AT)).decode()


# --- Nothing is forgotten -------------------------------------------------------------


def test_every_table_of_a_record_is_in_a_file() -> None:
    """One that is not has no name in `aftercare/showing/export/kinds.py`."""
    links = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.auto_created
    }
    assert set(NAMES) == (GOES_WITH_THE_PATIENT - links) | set(STAYS)
    assert len(set(NAMES.values())) == len(NAMES)


def test_every_column_is_in_a_file_or_left_out_with_a_reason() -> None:
    for kind in (patient_kind(Audience.STAFF), *kinds(Audience.STAFF)):
        meta = kind.model._meta
        left = {*EVERYWHERE, *LEFT_OUT.get(meta.label, {})}
        assert {one.name for one in meta.concrete_fields} == {
            one.name for one in kind.columns
        } | (left & {one.name for one in meta.concrete_fields})
        assert {one.name for one in meta.many_to_many} == set(kind.links)


def test_what_is_left_out_is_there_to_be_left_out() -> None:
    for label, columns in {**LEFT_OUT, **FOR_STAFF}.items():
        there = {one.name for one in apps.get_model(label)._meta.concrete_fields}
        assert set(columns) <= there
    assert all(reason for columns in LEFT_OUT.values() for reason in columns.values())


def test_every_row_and_column_is_read_back_as_it_was(record: Record) -> None:
    found = read_back(text_of(record.patient))
    for kind in (patient_kind(Audience.STAFF), *kinds(Audience.STAFF)):
        names = [field.attname for field in kind.columns]
        rows = kind.model._base_manager.filter(**{kind.path: record.patient.pk})
        stored = list(rows.order_by("pk").values(*names))
        assert stored, f"no {kind.name} to compare"
        read = [{name: row[name] for name in names} for row in found.pop(kind.model)]
        assert read == stored, kind.name
    assert found == {}


def test_links_between_rows_are_read_back(record: Record) -> None:
    found = json.loads(text_of(record.patient))
    for name, steps in (
        ("follow_ups", record.treatment.follow_ups),
        ("reviews", record.treatment.reviews),
    ):
        link = "flags" if name == "follow_ups" else "shown"
        stored = {
            str(one.pk): sorted(str(flag.pk) for flag in getattr(one, link).all())
            for one in steps.all()
        }
        assert {one["id"]: one[link] for one in found[name]} == stored
        assert any(stored.values())


def test_a_record_that_was_erased_can_be_put_back_from_its_file(
    record: Record, house: House
) -> None:
    before = json.loads(text_of(record.patient))
    erase_patient(
        clinic=house.clinic,
        patient_id=record.patient.pk,
        reason="A test.",
        at=AT,
        not_from=None,
    )
    rows = read_back(json.dumps(before))
    del rows[AuditEntry]  # never left
    put_back(rows, house.clinic)
    after = json.loads(text_of(Patient.objects.get(pk=record.patient.pk)))
    assert len(after.pop("audit")) == len(before.pop("audit")) + 1
    assert after == before


# --- What the file says ---------------------------------------------------------------


def test_the_head_says_what_it_is_and_in_which_zone(record: Record) -> None:
    found = json.loads(text_of(record.patient))
    assert found["format"] == "aftercare-record"
    assert found["format_version"] == 1
    assert found["made_at"] == {
        "utc": "2026-06-01T09:00:00Z",
        "local_date": "2026-06-01",
    }
    assert found["time_zone"] == "Europe/London"
    assert found["clinic"]["name"] == record.patient.clinic.name
    assert list(found)[-1] == "complete"


def test_a_moment_is_exact_and_has_the_date_at_the_clinic() -> None:
    late = datetime(2026, 6, 1, 23, 30, 0, 123456, tzinfo=UTC)
    assert moment(late, ZoneInfo("Europe/London")) == {
        "utc": "2026-06-01T23:30:00.123456Z",
        "local_date": "2026-06-02",
    }


def test_yes_no_and_not_asked_are_three_things(record: Record) -> None:
    DailyLog.objects.filter(pk=record.keys["log"]).update(
        hot_skin=True, red_streaks=False, joint_pain=None
    )
    found = json.loads(text_of(record.patient))
    [answers] = [
        log["answers"]
        for log in found["daily_logs"]
        if log["id"] == str(record.keys["log"])
    ]
    said = [answers[name] for name in ("hot_skin", "red_streaks", "joint_pain")]
    assert said == [True, False, None]


def test_levels_are_said_by_their_codes(record: Record) -> None:
    found = json.loads(text_of(record.patient))
    assert {flag["level"] for flag in found["flags"]} <= {
        "PROMPT",
        "URGENT",
        "EMERGENCY",
    }


def test_whoever_a_record_names_is_named(record: Record, house: House) -> None:
    found = json.loads(text_of(record.patient))
    names = {one["id"]: one for one in found["staff"]}
    for name in ("nurse", "lead", "owner"):
        member = house.staff[name]
        assert names[str(member.pk)]["name"] == member.name
    assert names[str(house.staff["nurse"].pk)]["roles"] == ["clinician"]
    assert str(house.staff["auditor"].pk) not in names


@pytest.mark.parametrize("audience", Audience)
def test_nobody_else_is_in_a_file(
    audience: Audience, record: Record, house: House
) -> None:
    theirs = make_house("b")
    said = text_of(record.patient, audience)
    other = {house.second.name, house.second.clinical, house.second.internal}
    assert not any(word in said for word in theirs.words | other)
    assert record.name in said
    assert record.clinical in said


def test_what_staff_wrote_to_each_other_is_in_their_file_alone(record: Record) -> None:
    assert record.internal in text_of(record.patient, Audience.STAFF)
    assert record.internal not in text_of(record.patient, Audience.PATIENT)


def test_no_link_that_lets_somebody_in_is_in_a_file(record: Record) -> None:
    found = json.loads(text_of(record.patient))
    assert found["messages"]
    assert all("body" not in one for one in found["messages"])
    assert all("digest" not in one for one in found["invitations"])


# --- Streams --------------------------------------------------------------------------


def queries_of(pieces: Iterator[object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        for _ in pieces:
            pass
    return len([one for one in asked if "CURSOR" not in one["sql"]])


def test_a_record_takes_the_same_queries_however_long_it_is(record: Record) -> None:
    def asked() -> int:
        return queries_of(record_json(record.patient, Audience.PATIENT, AT))

    before = asked()
    for day in range(3):
        send_log(record.treatment, CALM, at=MONDAY + timedelta(days=day, minutes=1))
    assert asked() == before
    assert before <= len(NAMES) + 6


def test_a_record_comes_in_pieces_no_larger_than_a_row(record: Record) -> None:
    pieces = list(record_json(record.patient, Audience.STAFF, AT))
    rows = sum(len(rows) for rows in read_back(b"".join(pieces)).values())
    assert len(pieces) > rows
    assert max(map(len, pieces)) < 8_000


def test_a_clinic_comes_as_one_line_a_patient(
    record: Record, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_json, "PATIENTS_AT_ONCE", 1)
    make_treatment(house.staff["nurse"])
    theirs = make_house("b")
    lines = [line(one) for some in clinic_jsonl(house.clinic, AT) for one in some]
    head, *records, end = [json.loads(one) for one in lines]
    assert head["format"] == "aftercare-clinic"
    assert end == {"complete": True, "patients": 3}
    assert [one["patient"]["id"] for one in records] == [
        str(key)
        for key in house.clinic.patients.order_by("pk").values_list("pk", flat=True)
    ]
    said = b"".join(lines).decode()
    assert all(word in said for word in house.words)
    assert not any(word in said for word in theirs.words)


def test_a_line_of_a_clinic_is_the_record_itself(record: Record, house: House) -> None:
    [_, *records, _] = [one for some in clinic_jsonl(house.clinic, AT) for one in some]
    [mine] = [one for one in records if one["patient"]["id"] == str(record.patient.pk)]
    alone = json.loads(text_of(record.patient))
    mine.pop("staff")
    named = alone.pop("staff")
    assert json.loads(json.dumps(mine)) == alone
    assert named


def test_a_clinic_without_patients_is_complete_too() -> None:
    lines = [one for some in clinic_jsonl(make_clinic(), AT) for one in some]
    assert lines[-1] == {"complete": True, "patients": 0}
    assert len(lines) == 2


def test_many_patients_take_as_many_queries_as_one(house: House) -> None:
    one = queries_of(clinic_jsonl(make_house("c").clinic, AT))
    nurse = make_staff(house.clinic)
    for _ in range(6):
        send_log(make_treatment(nurse), CALM)
    assert queries_of(clinic_jsonl(house.clinic, AT)) == one


# --- The table of logs ----------------------------------------------------------------


def table(patient: Patient) -> list[dict[str, str]]:
    text = b"".join(logs_csv(patient)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_log_is_a_line_with_every_answer(record: Record) -> None:
    rows = table(record.patient)
    assert len(rows) == record.treatment.logs.count() == 4
    assert all(tuple(row) == HEAD for row in rows)
    assert [row["stands"] for row in rows] == ["yes", "corrected", "yes", "taken back"]
    first = rows[0]
    assert (first["node_size"], first["red_streaks"]) == ("lt_1cm", "not asked")
    assert (first["node_present"], first["signs_glands"]) == ("yes", "ticked")
    assert (first["signs_pus"], first["free_text"]) == ("not ticked", record.clinical)
    assert first["advice_title"]
    assert rows[3]["taken_back_because"] == record.clinical


def test_moments_are_given_in_utc_and_at_the_clinic(record: Record) -> None:
    last = table(record.patient)[3]
    assert (last["sent_utc"], last["sent_local"]) == (
        "2026-06-01 07:00",
        "2026-06-01 08:00",
    )


def test_a_log_by_telephone_says_who_entered_it(record: Record, house: House) -> None:
    send_log(record.treatment, CALM, at=AT, by=house.staff["nurse"])
    assert table(record.patient)[-1]["entered_by_staff"] == house.staff["nurse"].name


def test_a_table_without_logs_has_its_head() -> None:
    patient = make_treatment(make_staff(make_clinic())).patient
    assert b"".join(logs_csv(patient)).count(b"\n") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_text_is_a_formula_to_a_spreadsheet(start: str, record: Record) -> None:
    words = f'{start}HYPERLINK("x")'
    DailyLog.objects.filter(pk=record.keys["log"]).update(
        free_text=words, best_number="+44 7700 900318", unusable=words
    )
    rows = table(record.patient)
    assert rows[2]["free_text"] == f"'{words}"
    assert rows[2]["could_not_be_used"][0] == "'"
    assert rows[2]["best_number"] == "'+44 7700 900318"


def test_numbers_and_other_texts_stay_as_they_are() -> None:
    assert [neutral(one) for one in (-2, 5, "fine - really", "", None)] == [
        -2,
        5,
        "fine - really",
        "",
        None,
    ]


def test_what_staff_exported_is_in_the_file(record: Record) -> None:
    found = json.loads(text_of(record.patient, Audience.PATIENT))
    assert [one["reason"] for one in found["exports"]] == [Export.objects.get().reason]


@pytest.mark.parametrize("make", ["json", "csv"])
def test_a_long_record_takes_no_more_memory(make: str) -> None:
    treatment = make_treatment(make_staff(make_clinic()))
    log = send_log(treatment, CALM).log

    def peak(count: int) -> int:
        copies = [copy(log) for _ in range(count)]
        for one in copies:
            one.pk, one.key = uuid7(), uuid7()
        DailyLog.objects.bulk_create(copies, batch_size=100)
        del copies
        patient = treatment.patient
        pieces = {
            "json": lambda: record_json(patient, Audience.PATIENT, AT),
            "csv": lambda: logs_csv(patient),
        }[make]()
        tracemalloc.start()
        sent = sum(map(len, pieces))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sent > 500 * count
        return highest

    few, many = peak(400), peak(1600)
    assert many < few * 1.5, f"{few:,} and {many:,} bytes"

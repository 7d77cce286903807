"""My data: copies, asking to be deleted, leaving the course and coming back."""

from __future__ import annotations

import csv
import io
import json
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftercare.models import AuditEntry, Clinic, ErasureRequest
from aftercare.services.ask_erasure import keep_record
from aftercare.services.retract_log import retract_log
from tests.aftercare.pages import call, close, queries, queries_of, words
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    fever,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)
from tests.house.two_clinics import make_house
from tests.house.whole_record import complete
from tests.signing_in import sign_in

MY_DATA = "/my-data/"


def text(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def read(client: Client, path: str = MY_DATA) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return words(answer)


def verbs() -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(verb="record.downloaded").order_by("at", "pk")
    return list(found.values_list("verb", "page"))


# --- Copies ---------------------------------------------------------------------------


def test_every_copy_is_one_link_away_and_written_down(maya, treatment) -> None:
    page = maya.get(MY_DATA).content.decode()
    for path, kind, name in (
        ("/my-data/record/", "text/html; charset=utf-8", None),
        ("/my-data/logs.csv", "text/csv; charset=utf-8", "my-logs-2026-06-01.csv"),
        ("/my-data/record.json", "application/json", "my-record-2026-06-01.json"),
    ):
        assert f'href="{path}"' in page
        answer = maya.get(path)
        assert answer.status_code == 200
        assert answer.streaming
        assert answer["Content-Type"] == kind
        assert answer["Cache-Control"] == "no-store"
        if name:
            assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert text(answer)
    assert verbs() == [
        ("record.downloaded", "my_record"),
        ("record.downloaded", "my_logs_csv"),
        ("record.downloaded", "my_record_json"),
    ]
    entry = AuditEntry.objects.filter(verb="record.downloaded").first()
    assert entry.patient == treatment.patient
    assert entry.login_id == treatment.patient.login_id


def test_the_json_is_the_patients_own_record(maya, treatment) -> None:
    send_log(treatment, GLANDS)
    found = json.loads(text(maya.get("/my-data/record.json")))
    assert found["complete"] is True
    assert found["made_for"] == "patient"
    assert found["patient"]["family_name"] == "Okafor"
    assert [one["program"] for one in found["devices"]] == ["a test"]
    assert found["devices"][0]["address"] == "127.0.0.1"
    assert len(found["daily_logs"]) == 1


def test_the_table_has_a_line_for_each_log(maya, treatment) -> None:
    send_log(treatment, GLANDS)
    send_log(treatment, CALM, at=MONDAY + timedelta(minutes=5))
    said = text(maya.get("/my-data/logs.csv")).removeprefix("\ufeff")
    assert len(list(csv.DictReader(io.StringIO(said)))) == 2


def test_whoever_has_no_treatment_has_a_record_too(wall, nurse) -> None:
    client = sign_in(Client(), make_patient(nurse, "Ben Ray"))
    assert "There is no course" in read(client)
    assert "Ben Ray" in text(client.get("/my-data/record/"))
    assert json.loads(text(client.get("/my-data/record.json")))["treatments"] == []


# --- The page of everything -------------------------------------------------------------


@pytest.fixture
def everything(wall, db) -> str:
    """The page of a record in which everything has happened."""
    house = make_house("a")
    record = complete(house, house.first)
    client = sign_in(Client(), record.patient)
    return text(client.get("/my-data/record/"))


def test_the_page_says_everything_that_happened(everything: str) -> None:
    for words_of in (
        "The record of zqaonename Okafor",
        "All times are London time",
        "14 May 1991",
        "Microneedling on 28 May 2026",
        "Day 3, Sunday 31 May 2026",
        "What you said",
        "What we told you",
        "This corrects the log sent",
        "It was corrected",
        "It was taken back",
        "The reason: zqaoneclinical",
        "You asked us to call you on ring zqaoneclinical",
        "Phone. Spoke.",
        "A message for you: A message: zqaoneclinical",
        "A link to your pages was made.",
        "A message by email: invitation.",
        "You asked us to delete your record.",
        "We must keep this: zqaoneclinical",
        "made a copy of your record.",
        "Still open.",
        "Closed Monday 1 June 2026",
    ):
        assert words_of in everything, words_of
    assert "zqaoneinternal" not in everything


def test_the_page_is_one_whole_page(everything: str) -> None:
    assert everything.startswith("<!doctype html>")
    assert everything.rstrip().endswith("</html>")
    assert everything.count("<h1") == 1
    assert "<!-- here -->" not in everything


def test_yes_no_and_not_asked_are_told_apart(maya, treatment) -> None:
    send_log(
        treatment,
        CALM,
        {"hot_skin": True, "red_streaks": False, "signs_spread": True},
    )
    page = text(maya.get("/my-data/record/"))
    assert "Yes: Much hotter than the skin next to it" in page
    assert "No: Red or dark lines that run away from it" in page
    assert "Not asked: Red or darker skin that is growing" in page
    not_asked = page.partition("<dt>Not asked</dt><dd>")[2].partition("</dd>")[0]
    assert "Itch" in not_asked
    assert "Worst pain" not in not_asked


def test_what_was_typed_is_shown_as_it_was(maya, treatment) -> None:
    send_log(
        treatment,
        fever("38.2"),
        {"free_text": "<b>sore</b>", "unusable": "temperature: warm"},
        best_number="07700 900123",
        best_time="after_5",
    )
    page = text(maya.get("/my-data/record/"))
    assert "&lt;b&gt;sore&lt;/b&gt;" in page
    for words_of in ("38.2 °C", "temperature: warm", "07700 900123", "After 5"):
        assert words_of in page


def test_a_reading_in_fahrenheit_is_given_in_both(maya, treatment) -> None:
    send_log(
        treatment,
        {
            "signs_unwell": True,
            "temperature_value": Decimal("101.3"),
            "temperature_unit": "F",
            "temperature_c": Decimal("38.5"),
        },
    )
    page = text(maya.get("/my-data/record/"))
    assert "101.3 °F" in page
    assert "38.5 °C" in page


def test_a_log_by_telephone_and_one_taken_back_by_staff_say_who(
    maya, treatment, nurse
) -> None:
    log = send_log(treatment, CALM, by=nurse).log
    retract_log(
        treatment_id=treatment.pk,
        log_id=log.pk,
        by=nurse,
        reason="Wrong patient",
        at=MONDAY,
    )
    page = text(maya.get("/my-data/record/"))
    assert "by telephone, written down by Priya Nair" in page
    assert "It was taken back by Priya Nair" in page


def test_two_logs_from_one_form_are_both_there(maya, treatment) -> None:
    first = send_log(treatment, CALM).log
    send_log(treatment, GLANDS, key=first.key)
    assert "says something else. Both are kept." in text(maya.get("/my-data/record/"))


def test_a_record_of_many_logs_takes_no_more_queries(maya, treatment) -> None:
    def asked() -> int:
        return len(queries_of_stream(maya, "/my-data/record/"))

    send_log(treatment, GLANDS)
    before = asked()
    for hours in range(1, 5):
        send_log(treatment, GLANDS, at=MONDAY + timedelta(hours=hours))
    assert asked() == before <= 25


def queries_of_stream(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        text(client.get(path))
    return [sql for sql in queries(captured) if "CURSOR" not in sql]


def test_the_page_itself_takes_few_queries(maya, treatment) -> None:
    send_log(treatment, GLANDS)
    assert len(queries_of(maya, MY_DATA)) <= 8


# --- Asking to be deleted ---------------------------------------------------------------


def test_asking_says_first_what_goes_and_what_stays(maya) -> None:
    page = read(maya, "/my-data/delete/")
    assert "What goes" in page
    assert "What stays, and why" in page
    assert not ErasureRequest.objects.exists()


def test_a_request_is_shown_and_can_be_taken_back(maya, treatment) -> None:
    answer = maya.post("/my-data/delete/")
    assert (answer.status_code, answer["Location"]) == (303, MY_DATA)
    page = read(maya)
    assert "You asked us on Monday 1 June to delete your record." in page
    assert "Ask us to delete it" not in page
    assert "You asked us on Monday 1 June." in read(maya, "/my-data/delete/")
    assert maya.post("/my-data/keep/").status_code == 303
    page = read(maya)
    assert "Ask us to delete it" in page
    assert ErasureRequest.objects.get().answer == "withdrawn"


def test_the_answer_of_the_clinic_is_shown(maya, treatment, nurse) -> None:
    maya.post("/my-data/delete/")
    said = "The law makes us keep it for eight years."
    keep_record(patient_id=treatment.patient_id, by=nurse, words=said, at=MONDAY)
    page = read(maya)
    assert "The clinic answered on Monday 1 June:" in page
    assert said in page
    assert "Ask us to delete it" in page


def test_with_something_open_it_says_that_a_person_looks_first(maya, treatment) -> None:
    send_log(treatment, fever())
    page = read(maya, "/my-data/delete/")
    assert "A person still has to look at something that you told us." in page


def test_how_long_records_are_kept_is_said(maya, clinic) -> None:
    assert "by ourselves" not in read(maya)
    Clinic.objects.filter(pk=clinic.pk).update(retention_months=24)
    assert "We delete records by ourselves 24 months after the course ends." in read(
        maya
    )


# --- Leaving and coming back ------------------------------------------------------------


def test_leaving_says_first_what_stops(maya, treatment) -> None:
    page = read(maya, "/my-data/leave/")
    assert "We will stop checking on you. Your clinic will know." in page
    treatment.refresh_from_db()
    assert treatment.left_at is None


def test_who_has_left_reads_so_and_can_still_log(maya, treatment) -> None:
    assert maya.post("/my-data/leave/").status_code == 303
    treatment.refresh_from_db()
    assert treatment.left_at == MONDAY
    assert "You left the course on Monday 1 June." in read(maya)
    assert "We do not check on you now." in read(maya, "/my-data/leave/")
    today = maya.get("/today/")
    said = words(today)
    assert "You left on Monday 1 June." in said
    assert "Log how you are" in said
    assert "still open" not in said
    assert f'/log/{treatment.pk}/"' in today.content.decode()
    assert maya.get(f"/log/{treatment.pk}/").status_code == 200
    send_log(treatment, fever())
    said = words(maya.get("/today/"))
    assert "You left on Monday 1 June." in said
    assert "What to do next" in said


def test_one_button_brings_them_back(maya, treatment) -> None:
    maya.post("/my-data/leave/")
    answer = maya.post("/my-data/come-back/")
    assert (answer.status_code, answer["Location"]) == (303, "/today/")
    page = maya.get("/today/").content.decode()
    assert "You left on" not in page
    assert "How is your skin today?" in page


def test_leaving_without_a_course_says_so(wall, nurse) -> None:
    client = sign_in(Client(), make_patient(nurse, "Ben Ray"))
    answer = client.post("/my-data/leave/", follow=True)
    assert "There is no treatment that we check on." in words(answer)


def test_a_new_treatment_is_checked_though_an_old_one_was_left(
    maya, treatment, nurse
) -> None:
    maya.post("/my-data/leave/")
    make_treatment(nurse, treatment.patient, performed_at=MONDAY - timedelta(days=1))
    page = read(maya)
    assert "We do not check on you for that treatment." in page
    assert "You can leave the course." in page
    assert "How is your skin today?" in maya.get("/today/").content.decode()


def test_open_flags_are_still_looked_after(maya, treatment, nurse, wall) -> None:
    send_log(treatment, GLANDS)
    maya.post("/my-data/leave/")
    assert treatment.flags.open().exists()
    assert "lead" in maya.get("/today/").content.decode()
    call(treatment, nurse, wall.forward(minutes=5), "spoke")
    close(treatment, nurse, wall.forward(minutes=5), "Rest today.")
    assert "Rest today." in words(maya.get("/today/"))


def test_staff_have_no_such_page(wall, clinic) -> None:
    desk = sign_in(Client(), make_staff(clinic, "Sam Kerr", "is_front_desk"))
    assert desk.get(MY_DATA).status_code == 404
    assert desk.get("/my-data/record.json").status_code == 404


def test_what_waits_for_an_answer_and_what_was_taken_back_are_told_apart(
    maya, treatment
) -> None:
    maya.post("/my-data/delete/")
    maya.post("/my-data/keep/")
    maya.post("/my-data/delete/")
    page = text(maya.get("/my-data/record/"))
    assert "You took this back Monday 1 June 2026, 9am." in page
    assert "Not answered yet." in page


def test_the_time_of_the_reminder_is_theirs_or_the_clinics(maya, treatment) -> None:
    assert "the clinic&#x27;s usual time" in text(maya.get("/my-data/record/"))
    treatment.patient.remind_at = time(18, 30)
    treatment.patient.save()
    assert "18:30" in text(maya.get("/my-data/record/"))


# --- Who has looked ---------------------------------------------------------------------


def test_who_has_looked_is_one_link_away(maya, treatment, nurse, wall) -> None:
    send_log(treatment, GLANDS)
    call(treatment, nurse, wall.forward(minutes=5), "spoke")
    assert 'href="/my-data/who-looked/"' in maya.get(MY_DATA).content.decode()
    said = read(maya, "/my-data/who-looked/")
    assert "Priya Nair , clinical lead, wrote down a call or a message" in said
    assert "Who has looked" in text(maya.get("/my-data/record/"))


@pytest.mark.parametrize(
    "before", ["", "2026-06-01", "yesterday", "0001-01-01", "9999-12-31"]
)
def test_earlier_days_are_asked_for_by_a_date(before: str, maya, treatment) -> None:
    assert maya.get("/my-data/who-looked/", {"before": before}).status_code == 200

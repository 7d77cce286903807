"""The log page: from what is posted to what is stored, and what comes back."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from aftercare.models import DailyLog
from aftercare.warning_signs.facts import Answers
from aftercare.warning_signs.vocabulary import Level
from tests.aftercare.log_values import CALM, every_value, needed_by
from tests.aftercare.pages import queries_of
from tests.builders import GLANDS, MONDAY, fever, make_patient, make_treatment, send_log


def address(treatment, **query: str) -> str:
    return f"/log/{treatment.pk}/" + "".join(f"?{k}={v}" for k, v in query.items())


def key_in(html: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f-]{36})"', html)
    assert found
    return found[1]


def opened(client: Client, treatment, **query: str) -> dict[str, str]:
    """The hidden fields of a freshly opened page."""
    html = client.get(address(treatment, **query)).content.decode()
    day = re.search(r'name="for_date"[^>]* value="([\d-]+)"', html)
    assert day
    return {"key": key_in(html), "for_date": day[1]}


def post(client: Client, treatment, **sent: Any) -> Any:
    return client.post(address(treatment), sent)


def only_log(treatment) -> DailyLog:
    return treatment.logs.get()


# --- A log arrives ---------------------------------------------------------------------


def test_a_calm_log_is_stored_and_answered_on_the_next_page(maya, treatment):
    answer = post(maya, treatment, **opened(maya, treatment), **CALM)
    assert answer.status_code == 303
    assert answer["Location"] == f"/advice/{only_log(treatment).pk}/"
    assert only_log(treatment).none_of_these
    assert b"This is what we expect on day 4" in maya.get(answer["Location"]).content


def test_glands_and_a_fever_are_urgent_on_the_next_page(maya, treatment):
    bad = CALM | {"signs": ["glands", "unwell"], "temperature": "38.2"}
    answer = maya.post(address(treatment), opened(maya, treatment) | bad, follow=True)
    assert b'data-level="URGENT"' in answer.content
    assert b"care--ok" not in answer.content
    assert {flag.rule for flag in treatment.flags.open()} >= {"LN-PLUS", "FEVER"}


def test_getting_the_page_changes_nothing(maya, treatment):
    maya.get(address(treatment))
    maya.get("/today/")
    assert not treatment.logs.exists()


def rounds() -> list[list[tuple[str, str, str, Any]]]:
    """All values in as few logs as there are values of one field: one of each at a time."""
    turns: dict[int, list[tuple[str, str, str, Any]]] = {}
    seen: Counter[str] = Counter()
    for value in every_value():
        turns.setdefault(seen[value[0]], []).append(value)
        seen[value[0]] += 1
    return list(turns.values())


@pytest.mark.parametrize("turn", rounds())
def test_every_value_sent_through_the_page_is_in_the_facts(maya, treatment, turn):
    sent = {"signs": "glands"} | {field: value for field, value, _, _ in turn}
    for _, _, column, _ in turn:
        sent |= {
            k: v for k, v in needed_by(column).items() if sent.get(k) in (None, "none")
        }
    assert post(maya, treatment, **sent).status_code == 303
    log = only_log(treatment)
    assert log.unusable == ""
    for field, value, column, kept in turn:
        if sent[field] == value:
            assert getattr(log, column) == kept
            assert fact(log.answers(), column) == fact_of(column, kept)


def fact(answers: Answers, column: str) -> Any:
    """What the rules read of a column."""
    if column.startswith("temperature"):
        return answers.temperature_c is not None
    if column.startswith("node_"):
        nodes, name = answers.lymph_nodes, column.removeprefix("node_")
        if name.startswith("sites_"):
            return name.removeprefix("sites_") in (nodes.sites or ())
        return getattr(nodes, name)
    if hasattr(answers, column):
        return getattr(answers, column)
    several = next(
        name
        for name in (
            "red_flags",
            "swelling_sites",
            "discharge",
            "bumps",
            "colour_change",
            "scar",
            "aftercare_lapses",
        )
        if column.startswith(name)
    )
    return column.removeprefix(f"{several}_") in (getattr(answers, several) or ())


def fact_of(column: str, kept: Any) -> Any:
    return True if column.startswith("temperature") else kept


def test_the_signs_hold_when_other_answers_are_missing(maya, treatment):
    assert post(maya, treatment, signs="glands").status_code == 303
    assert treatment.flags.open().exists()


def test_the_signs_hold_beside_none_of_these(maya, treatment):
    post(maya, treatment, **CALM | {"signs": ["glands", "none"]})
    assert treatment.flags.open().exists()


# --- Sent twice ------------------------------------------------------------------------


def test_the_same_form_with_other_answers_is_a_second_log_never_a_lost_one(
    maya, treatment
):
    filled = opened(maya, treatment) | CALM
    maya.post(address(treatment), filled)
    maya.post(address(treatment), filled | {"signs": "glands"})
    assert treatment.logs.count() == 2
    assert treatment.logs.filter(conflicts_with__isnull=False).count() == 1
    assert treatment.flags.open().exists()


# --- Blanks ----------------------------------------------------------------------------


def test_blanks_come_back_with_a_summary_and_everything_kept(maya, treatment):
    key = opened(maya, treatment)
    answer = post(maya, treatment, **key, pain="3", free_text="It is <b>fine</b>")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert not treatment.logs.exists()
    assert "<title>Error:" in html.replace("\n", "")
    assert 'role="alert" tabindex="-1"' in html
    assert html.count("Choose how much swelling you have.") == 2
    assert 'href="#id_swelling_0"' in html
    assert 'id="id_swelling_0"' in html
    assert re.search(r'name="pain" value="3"[^>]* checked', html)
    assert "It is &lt;b&gt;fine&lt;/b&gt;" in html
    assert key_in(html) == key["key"]


def test_blanks_are_taken_when_the_rest_already_raises_a_flag(maya, treatment):
    assert post(maya, treatment, pain="9").status_code == 303
    assert treatment.flags.open().filter(rule="PAIN-SEVERE").exists()


def test_blanks_are_taken_when_the_days_before_make_it_a_flag(maya, treatment):
    for day in (2, 1):
        send_log(treatment, CALM_RED, at=MONDAY - timedelta(days=day))
    answer = post(maya, treatment, redness="severe")
    assert answer.status_code == 303


CALM_RED = {
    "overall_change": "same",
    "pain": 0,
    "redness": "mild",
    "swelling": "none",
    "none_of_these": True,
}


def test_danger_in_the_own_words_is_taken_although_all_else_is_blank(maya, treatment):
    assert post(maya, treatment, free_text="I have pus coming out").status_code == 303
    assert treatment.flags.open().exists()


def test_looking_ahead_stores_nothing(maya, treatment):
    post(maya, treatment, pain="1")
    assert not treatment.logs.exists()
    assert not treatment.findings.exists()
    assert not treatment.patient.audit.filter(verb="log.submitted").exists()


# --- What cannot be used ---------------------------------------------------------------


def test_an_unusable_temperature_beside_a_sign_is_stored_and_asked_again(
    maya, treatment
):
    answer = maya.post(
        address(treatment), {"signs": "unwell", "temperature": "388"}, follow=True
    )
    assert only_log(treatment).unusable == "Your temperature: 388"
    assert b"we could not use this" in answer.content
    assert b"Your temperature: 388" in answer.content


@pytest.mark.parametrize("reading", ["34.2", "41.5"])
def test_a_strange_temperature_is_taken_and_asked_about_afterwards(
    maya, treatment, reading
):
    answer = maya.post(
        address(treatment),
        CALM | {"signs": "unwell", "temperature": reading},
        follow=True,
    )
    assert f"Is {reading} °C right?" in answer.content.decode()


def test_an_unusable_temperature_beside_bad_pain_never_costs_the_flag(maya, treatment):
    sent = CALM | {"pain": "9", "temperature": "388"}
    assert post(maya, treatment, **sent).status_code == 303
    assert treatment.flags.open().filter(rule="PAIN-SEVERE").exists()
    assert only_log(treatment).unusable == "Your temperature: 388"


@pytest.mark.parametrize(
    "nonsense",
    [
        {"pain": "1e309"},
        {"pain": "-0"},
        {"redness": "crimson"},
        {"signs": "everything"},
        {"temperature": "9" * 30},
        {"for_date": "2026-02-31"},
        {"for_date": "0001-01-01"},
        {"for_date": "9999-12-31"},
        {"best_number": "0" * 31},
        {"best_time": "midnight"},
        {"free_text": "a" * 2001},
        {"overall_change": "\u202ebetter"},
    ],
    ids=lambda sent: next(iter(sent)),
)
def test_nonsense_gets_a_page_that_says_so(maya, treatment, nonsense):
    answer = post(maya, treatment, **CALM | nonsense)
    assert 400 <= answer.status_code < 500
    assert not treatment.logs.exists()


def test_a_huge_post_is_refused_by_its_size(maya, treatment):
    answer = post(maya, treatment, **CALM, free_text="a" * 300_000)
    assert answer.status_code == 413


def test_a_broken_encoding_is_refused(maya, treatment):
    answer = maya.post(
        address(treatment),
        b"pain=%ff%fe",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_log_is_only_read_and_posted(maya, treatment, method):
    assert getattr(maya, method)(address(treatment)).status_code == 405


# --- Other days ------------------------------------------------------------------------


def test_a_log_for_an_earlier_day_is_stored_for_that_day(maya, treatment):
    filled = opened(maya, treatment, **{"for": "2026-05-30"})
    assert filled["for_date"] == "2026-05-30"
    post(maya, treatment, **filled, **CALM)
    log = only_log(treatment)
    assert (log.day, log.sent_on_its_day) == (2, False)


def test_an_emergency_on_an_earlier_day_asks_whether_it_is_still_there(maya, treatment):
    page = maya.get(address(treatment, **{"for": "2026-05-31"}))
    assert b"Is this still happening?" in page.content
    past = {"for_date": "2026-05-31", "red_flags": "chest_pain"}
    post(maya, treatment, **past, still_present_now="no")
    assert treatment.flags.open().get().level == Level.URGENT


def test_an_emergency_on_an_earlier_day_left_open_is_one_now(maya, treatment):
    post(maya, treatment, for_date="2026-05-31", red_flags="chest_pain")
    assert treatment.flags.open().get().level == Level.EMERGENCY


@pytest.mark.parametrize(
    "wanted", ["2026-05-28", "2026-06-02", "nonsense", "2026-02-31"]
)
def test_a_day_that_cannot_be_told_about_is_not_there(maya, treatment, wanted):
    assert maya.get(address(treatment, **{"for": wanted})).status_code == 404


def test_a_log_that_is_too_late_says_so_and_whom_to_call(maya, treatment):
    answer = post(maya, treatment, for_date="2026-05-20", signs="glands")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "too long ago" in html
    assert "This log is not saved" in html
    assert "tel:02079460311" in html


def test_a_refused_log_with_an_emergency_calls_the_emergency_number_first(
    maya, treatment
):
    answer = post(maya, treatment, for_date="2026-05-20", red_flags="chest_pain")
    html = answer.content.decode()
    assert "Call 999" in html[: html.index('id="id_signs"')]
    assert 'data-level="EMERGENCY"' in html


def test_before_the_treatment_a_log_is_a_baseline(maya, nurse, treatment):
    coming = make_treatment(
        nurse, treatment.patient, performed_at=MONDAY + timedelta(days=3), at=MONDAY
    )
    page = maya.get(address(coming))
    assert b"before your treatment" in page.content
    post(maya, coming, **opened(maya, coming), **CALM)
    assert only_log(coming).phase == "baseline"


def test_around_midnight_the_day_is_the_patients(maya, wall, treatment):
    treatment.patient.zone = "Pacific/Auckland"
    treatment.patient.save()
    wall.forward(hours=6)  # Monday 3pm in London, Tuesday 2am in Auckland
    assert opened(maya, treatment)["for_date"] == "2026-06-02"


# --- Corrections -----------------------------------------------------------------------


def correct_address(log: DailyLog) -> str:
    return f"/log/{log.treatment_id}/correct/{log.pk}/"


def test_a_correction_shows_what_was_sent_beside_empty_questions(maya, treatment):
    log = send_log(treatment, GLANDS).log
    html = maya.get(correct_address(log)).content.decode()
    assert " checked" not in html
    assert "You sent: 1 of 10." in html
    assert "You sent: sore or swollen glands." in html


def test_a_correction_is_a_new_log_that_points_at_the_old_one(maya, treatment):
    log = send_log(treatment, GLANDS).log
    answer = maya.post(correct_address(log), CALM)
    new = treatment.logs.get(corrects=log)
    assert answer["Location"] == f"/advice/{new.pk}/"
    assert treatment.flags.open().exists()


def test_a_part_filled_correction_comes_back_with_what_was_sent(maya, treatment):
    log = send_log(treatment, GLANDS).log
    answer = maya.post(correct_address(log), {"pain": "1"})
    assert answer.status_code == 422
    assert b"You sent: sore or swollen glands." in answer.content
    assert b"Send correction" in answer.content


def test_a_log_is_corrected_once(maya, treatment):
    log = send_log(treatment, GLANDS).log
    maya.post(correct_address(log), CALM)
    assert maya.get(correct_address(log)).status_code == 404


def test_a_correction_of_what_was_corrected_meanwhile_is_a_log_of_its_own(
    maya, treatment
):
    log = send_log(treatment, CALM_RED).log
    maya.post(correct_address(log), CALM)
    answer = maya.post(correct_address(log), {"signs": "glands"})
    assert answer.status_code == 303
    assert treatment.logs.filter(corrects__isnull=True).count() == 2
    assert treatment.flags.open().exists()


def test_a_correction_that_is_too_late_keeps_its_answers_and_says_whom_to_call(
    maya, wall, treatment
):
    log = send_log(treatment, CALM_RED).log
    wall.forward(days=4)
    sent = {"signs": "glands", "pain": "3", "for_date": "2026-06-01"}
    answer = maya.post(correct_address(log), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "too long ago" in html
    assert re.search(r'name="pain" value="3"[^>]* checked', html)


def test_after_three_days_a_log_stays_as_it_is(maya, wall, treatment):
    log = send_log(treatment, GLANDS).log
    wall.forward(days=3)
    assert maya.get(correct_address(log)).status_code == 200
    wall.forward(days=1)
    assert maya.get(correct_address(log)).status_code == 404


# --- Whose ----------------------------------------------------------------------------


@pytest.fixture
def theirs(nurse):
    """Another patient's treatment in the same clinic."""
    return make_treatment(nurse, make_patient(nurse, "Rosa Ibarra"))


def test_the_log_of_another_patient_is_not_there(maya, theirs):
    assert maya.get(address(theirs)).status_code == 404
    assert post(maya, theirs, **CALM).status_code == 404
    assert post(maya, theirs, pain="1").status_code == 404
    assert post(maya, theirs, signs="glands").status_code == 404
    assert not theirs.logs.exists()


def test_correcting_the_log_of_another_patient_is_not_there(maya, treatment, theirs):
    log = send_log(theirs, GLANDS).log
    assert maya.get(correct_address(log)).status_code == 404
    assert maya.post(correct_address(log), CALM).status_code == 404
    assert maya.post(f"/log/{treatment.pk}/correct/{log.pk}/", CALM).status_code == 404
    assert theirs.logs.count() == 1


def test_a_treatment_that_is_not_is_not_there(maya):
    assert maya.get(f"/log/{uuid.uuid4()}/").status_code == 404


# --- What it costs ---------------------------------------------------------------------


def test_opening_the_log_takes_six_queries(maya, treatment):
    send_log(treatment, GLANDS, fever(), at=MONDAY - timedelta(hours=2))
    asked = queries_of(maya, address(treatment))
    assert len(asked) <= 6, "\n".join(asked)

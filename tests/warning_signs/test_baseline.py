"""What the patient already had (specification 5, 10.8)."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.warning_signs.facts import LymphNodes
from aftercare.warning_signs.vocabulary import Phase

from .builders import gland, levels, log, procedure


@pytest.mark.parametrize(
    ("day", "before", "today", "rule"),
    [
        (12, {"redness": "moderate"}, {"redness": "moderate"}, "RED-PERSIST"),
        (12, {"redness": "mild"}, {"redness": "mild"}, "RED-LATE"),
        (6, {"pain": 5}, {"pain": 5}, "PAIN-PERSIST"),
        (6, {"swelling": "moderate"}, {"swelling": "moderate"}, "SWELL-PERSIST"),
        (6, {"itch": "severe"}, {"itch": "severe"}, "DERM"),
        (9, {"peeling": "severe"}, {"peeling": "severe"}, "PEEL"),
        (3, {"fatigue": "severe"}, {"fatigue": "severe"}, "TIRED"),
        (16, {"colour_change": ["darker"]}, {"colour_change": ["darker"]}, "PIGMENT"),
        (16, {"scar": ["lines"]}, {"scar": ["lines"]}, "SCAR"),
        (5, {"bumps": ["firm_lumps"]}, {"bumps": ["firm_lumps"]}, "LUMPS"),
        (5, {"bumps": ["rash"]}, {"bumps": ["rash"]}, "DERM"),
    ],
)
def test_a_chronic_trouble_is_silent_and_a_new_one_is_not(
    day: int, before: dict[str, Any], today: dict[str, Any], rule: str
) -> None:
    assert rule not in levels([log(-1, **before), log(day, **today)], day)
    assert rule in levels([log(-1), log(day, **today)], day)


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"discharge": ["pus"]}, "PUS"),
        ({"redness_spreading": True}, "RED-SPREAD"),
        ({"temperature_c": "38.5"}, "FEVER"),
        ({"colour_change": ["grey_white_black"]}, "SKIN-DAMAGE"),
        ({"hives": "widespread"}, "HIVES"),
        ({"blisters": "on_treated_skin"}, "BLISTERS"),
    ],
)
def test_some_signs_are_never_silenced(answers: dict[str, Any], rule: str) -> None:
    logs = [log(-1, **answers), log(5, **answers)]
    assert levels(logs, 5)[rule] == "URGENT"


def test_worse_than_before_counts_in_full() -> None:
    logs = [log(-1, redness="mild"), log(6, redness="moderate")]
    assert levels(logs, 6) == {"RED-PERSIST": "PROMPT", "ABOVE-EXPECTED": "WATCH"}


def test_the_latest_date_is_the_baseline_and_of_one_date_the_later_log() -> None:
    stale, fresh = log(-5, redness="moderate"), log(-1)
    assert "RED-PERSIST" in levels([fresh, stale, log(6, redness="moderate")], 6)
    first, second = log(-1), log(-1, redness="moderate")
    assert "RED-PERSIST" not in levels([first, second, log(6, redness="moderate")], 6)


def test_a_log_before_the_treatment_on_day_0_is_the_baseline_of_that_day() -> None:
    logs = [log(0, before=True, pain=9), log(0, pain=9)]
    assert levels(logs, 0) == {"PAIN-SEVERE": "WATCH"}
    assert levels(logs, 0, phase=Phase.BASELINE) == {}


def test_severe_pain_is_known_only_if_it_was_severe_before_and_is_not_worse() -> None:
    assert levels([log(-1, pain=6), log(0, pain=7)], 0)["PAIN-SEVERE"] == "URGENT"
    assert levels([log(-1, pain=7), log(0, pain=8)], 0)["PAIN-SEVERE"] == "URGENT"
    assert levels([log(-1, pain=7), log(0, pain=7)], 0)["PAIN-SEVERE"] == "WATCH"


def test_known_pus_spots_are_watched_at_most_and_do_not_step_up() -> None:
    risky = procedure("STANDARD", "diabetes")
    logs = [log(-1, pustules="many"), log(5, pustules="many")]
    assert levels(logs, 5, risky) == {"PUSTULES": "WATCH"}
    more = [log(-1, pustules="few"), log(5, pustules="many")]
    assert levels(more, 5, risky)["PUSTULES"] == "URGENT"


@pytest.mark.parametrize(
    "changed",
    [
        {"sites": {"neck", "groin"}},
        {"size": "1_to_2cm"},
        {"getting_bigger": True},
        {"pain": "painful_at_rest"},
    ],
)
def test_a_known_gland_that_changed_is_new(changed: dict[str, Any]) -> None:
    before = log(-1, lymph_nodes=gland(size="lt_1cm"))
    same = log(3, lymph_nodes=gland(size="lt_1cm", pain="tender_when_pressed"))
    assert levels([before, same], 3) == {"LN-KNOWN": "WATCH"}
    after = log(3, lymph_nodes=gland(**{"size": "lt_1cm"} | changed))
    assert "LN-ALONE" in levels([before, after], 3)


def test_red_skin_over_a_known_gland_is_urgent() -> None:
    before = log(-1, lymph_nodes=gland())
    after = log(3, lymph_nodes=gland(skin_red_over=True))
    assert levels([before, after], 3) == {"LN-KNOWN": "WATCH", "LN-PLUS": "URGENT"}


def test_a_baseline_without_the_item_silences_nothing() -> None:
    before = log(-1, redness=None, lymph_nodes=LymphNodes())
    today = log(6, redness="moderate", lymph_nodes=gland())
    assert {"RED-PERSIST", "LN-ALONE"} <= levels([before, today], 6).keys()


def test_a_baseline_raises_red_flags_contact_and_danger_words_only() -> None:
    before = log(
        -1,
        red_flags=["throat_tongue_swelling"],
        contact_request=True,
        free_text="I have a fever",
        discharge=["pus"],
        temperature_c="39.0",
        lymph_nodes=gland(),
        numbing_symptoms=True,
        pain=10,
    )
    assert levels([before], -1, phase=Phase.BASELINE) == {
        "BREATHING": "EMERGENCY",
        "CONTACT": "PROMPT",
        "TEXT": "PROMPT",
    }

"""Answers that contradict each other are named, and add no level (10.11)."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.warning_signs.assessment import Assessment, assess
from aftercare.warning_signs.disagreement import MATCHING
from aftercare.warning_signs.facts import Course
from aftercare.warning_signs.parameter_set import read_parameters
from aftercare.warning_signs.parameters import DEFAULTS

from .builders import gland, log, procedure


def assessed(**answers: Any) -> Assessment:
    return assess(Course(procedure(), (log(3, **answers),)), 3)


def test_no_redness_but_spreading() -> None:
    found = assessed(redness="none", redness_spreading=True).disagreements
    assert found == ("Redness none, but redness that is spreading",)
    assert assessed(redness="mild", redness_spreading=True).disagreements == ()
    assert assessed(redness=None, redness_spreading=True).disagreements == ()


def test_better_but_a_warning_sign() -> None:
    found = assessed(overall_change="better", hives="local").disagreements
    assert found == ("Better than the day before, but a warning sign",)
    watched = assessed(overall_change="better", pain=3)
    assert watched.level.name == "WATCH"
    assert watched.disagreements == ()


SAID_AND_ANSWERED = {
    "pus": {"pustules": "few"},
    "infected": {"hot_skin": True},
    "swollen gland": {"lymph_nodes": gland()},
    "swollen glands": {"lymph_nodes": gland()},
    "swollen lymph": {"lymph_nodes": gland()},
    "lump in my neck": {"lymph_nodes": gland()},
    "lumps in my neck": {"lymph_nodes": gland()},
    "fever": {"feels_feverish": True},
    "chills": {"temperature_c": "38.0"},
    "shivering": {"temperature_c": "37.8"},
    "blister": {"blisters": "on_treated_skin"},
    "blisters": {"blisters": "cold_sore"},
    "cold sore": {"blisters": "tingling_only"},
    "hives": {"hives": "local"},
    "spreading": {"red_streaks": True},
    "getting worse": {"overall_change": "worse"},
}


@pytest.mark.parametrize("phrase", SAID_AND_ANSWERED)
def test_a_phrase_without_a_matching_answer(phrase: str) -> None:
    note = f"I have {phrase}"
    assert assessed(free_text=note).disagreements[-1] == (
        f"The note says “{phrase}”, the answers do not"
    )
    matched = assessed(free_text=note, **SAID_AND_ANSWERED[phrase])
    assert matched.disagreements == ()


def test_every_shipped_phrase_has_its_answer() -> None:
    assert list(MATCHING) == list(DEFAULTS.text_prompt)
    assert list(SAID_AND_ANSWERED) == list(MATCHING)


def test_a_clinics_own_phrase_has_no_answer_to_disagree_with() -> None:
    words = read_parameters({"TEXT_PROMPT": ["oozing"]})
    today = Course(procedure(), (log(3, free_text="oozing"),))
    found = assess(today, 3, parameters=words)
    assert (found.level.name, found.disagreements) == ("PROMPT", ())

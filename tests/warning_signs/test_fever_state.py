"""The fever state of one log (specification 5)."""

from __future__ import annotations

import pytest

from .builders import levels, log

NONE, LOW, FEVER = {}, {"FEVER-LOW": "WATCH"}, {"FEVER": "URGENT"}


@pytest.mark.parametrize(
    ("reading", "feverish", "medicine", "expected"),
    [
        ("38.0", False, "no", FEVER),
        ("37.9", False, "yes", FEVER),
        ("37.8", False, "yes", FEVER),
        ("37.8", False, "unsure", FEVER),
        ("37.8", False, None, LOW),
        ("37.7", False, "yes", NONE),
        ("37.7", False, "no", NONE),
        (None, True, "no", FEVER),
        (None, True, "yes", FEVER),
        ("36.5", True, "yes", FEVER),
        ("36.5", True, "unsure", FEVER),
        ("36.5", True, "no", LOW),
        ("36.5", True, None, LOW),
        (None, False, "yes", NONE),
        (None, None, "unsure", NONE),
        (None, None, None, NONE),
    ],
)
def test_the_fever_state_follows_reading_feeling_and_medicine(
    reading: str | None,
    feverish: bool | None,
    medicine: str | None,
    expected: dict[str, str],
) -> None:
    today = log(
        2, temperature_c=reading, feels_feverish=feverish, fever_medicine_8h=medicine
    )
    assert levels([today], 2) == expected


def test_the_state_is_that_of_each_log_and_then_the_worst() -> None:
    # Together the two would be a raised reading on medicine; each alone is not.
    raised = log(2, temperature_c="37.8", fever_medicine_8h="no")
    medicine = log(2, fever_medicine_8h="yes")
    assert levels([raised, medicine], 2) == LOW


def test_a_slightly_raised_temperature_twice_in_a_row_is_prompt() -> None:
    logs = [log(2, temperature_c="37.8"), log(4, temperature_c="37.9")]
    assert levels(logs, 4) == {"FEVER-LOW": "PROMPT"}


def test_it_stays_watch_when_the_log_before_is_too_long_ago_or_had_more_fever() -> None:
    apart = [log(2, temperature_c="37.8"), log(5, temperature_c="37.8")]
    assert levels(apart, 5) == LOW
    after_fever = [log(2, temperature_c="38.5"), log(3, temperature_c="37.8")]
    assert levels(after_fever, 3) == LOW


def test_a_day_without_fever_answers_is_skipped_and_one_with_them_is_not() -> None:
    not_asked = log(3, feels_feverish=None)
    logs = [log(2, temperature_c="37.8"), not_asked, log(4, temperature_c="37.8")]
    assert levels(logs, 4) == {"FEVER-LOW": "PROMPT"}
    measured = log(3, feels_feverish=None, temperature_c="36.6")
    logs = [log(2, temperature_c="37.8"), measured, log(4, temperature_c="37.8")]
    assert levels(logs, 4) == LOW


@pytest.mark.parametrize(
    "companion",
    [
        {"fatigue": "moderate"},
        {"redness_spreading": True},
        {"discharge": ["pus"]},
    ],
)
def test_a_low_reading_with_illness_is_urgent(companion: dict[str, object]) -> None:
    assert (
        levels([log(3, temperature_c="35.5", **companion)], 3)["TEMP-LOW"] == "URGENT"
    )


@pytest.mark.parametrize(
    ("reading", "companion"),
    [
        ("35.6", {"fatigue": "severe"}),
        ("35.5", {"fatigue": "mild"}),
        ("35.5", {"red_streaks": True}),
        (None, {"fatigue": "severe"}),
    ],
)
def test_a_low_reading_alone_or_streaks_are_not(
    reading: str | None, companion: dict[str, object]
) -> None:
    assert "TEMP-LOW" not in levels([log(3, temperature_c=reading, **companion)], 3)


def test_the_lowest_reading_of_the_day_counts_for_a_low_temperature() -> None:
    morning = log(3, temperature_c="35.2")
    evening = log(3, temperature_c="36.9", fatigue="moderate")
    assert levels([morning, evening], 3)["TEMP-LOW"] == "URGENT"

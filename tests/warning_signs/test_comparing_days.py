"""Rules that compare days: in a row, earlier days, days that were not asked."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.warning_signs.facts import Log, LymphNodes

from .builders import gland, levels, log, procedure

SKIPPED = {
    "pain": None,
    "redness": None,
    "swelling": None,
    "fatigue": None,
    "pustules": None,
    "overall_change": None,
}


def days(item: str, values: dict[int, Any]) -> list[Log]:
    return [log(day, **{item: value}) for day, value in values.items()]


# Pain


@pytest.mark.parametrize(
    ("pains", "rises"),
    [
        ({1: 0, 2: 4}, True),
        ({1: 2, 2: 4}, True),
        ({1: 3, 2: 4}, False),  # less than two points
        ({1: 0, 2: 3}, False),  # less than four
        ({0: 0, 2: 4}, False),  # day 0 is no yardstick
        ({0: 0, 1: 4}, False),  # day 1 is too early
        ({1: 1, 8: 6, 60: 5}, True),  # the lowest of any earlier day
        ({1: 0, 3: None, 4: 4}, True),
        ({1: None, 4: 4}, False),  # not asked is no zero
    ],
)
def test_pain_rises_by_two_points_over_the_lowest_earlier_day(
    pains: dict[int, int | None], rises: bool
) -> None:
    found = levels(days("pain", pains), max(pains))
    assert ("PAIN-RISE" in found) is rises


@pytest.mark.parametrize(
    ("pains", "lingers"),
    [
        ({6: 2, 7: 2, 8: 2}, True),
        ({6: 2, 8: 3, 10: 2}, True),
        ({5: 2, 6: 2, 7: 2}, False),  # day 5 is within the window
        ({6: 2, 7: 1, 8: 2}, False),
        ({6: 2, 7: 2, 10: 2}, False),  # not in a row
        ({6: 2, 7: 2}, False),
        ({6: 2, 7: 2, 8: None, 9: 2}, True),  # a day not asked is skipped
        ({6: 2, 7: 2, 8: None, 10: 2}, False),  # but the gap still counts
        ({6: 2, 7: 2, 8: None}, False),  # and today not asked is no pain
    ],
)
def test_low_pain_lingers_on_three_logged_days_in_a_row(
    pains: dict[int, int | None], lingers: bool
) -> None:
    found = levels(days("pain", pains), max(pains))
    assert ("PAIN-LINGER" in found) is lingers


# Redness


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({2: "none", 3: "moderate"}, "WATCH"),
        ({2: "mild", 3: "severe"}, "PROMPT"),
        ({2: "moderate", 3: "moderate"}, None),
        ({1: "none", 3: "moderate"}, None),  # redness of day 1 is no yardstick
        ({1: "none", 2: "moderate"}, None),  # day 2 is too early
        ({2: "none", 3: "mild"}, None),
        ({2: "mild", 3: "moderate", 4: "moderate"}, "PROMPT"),
        ({2: "mild", 3: "moderate", 6: "moderate"}, "WATCH"),  # not in a row
        ({2: "mild", 3: "none", 4: "moderate"}, "WATCH"),  # `last` did not rise
        ({2: "mild", 3: "moderate", 4: None, 5: "moderate"}, "PROMPT"),
        ({2: None, 3: "moderate"}, None),
    ],
)
def test_redness_rises_over_the_lowest_day_from_day_two(
    values: dict[int, str | None], level: str | None
) -> None:
    found = levels(days("redness", values), max(values), procedure("RF"))
    assert found.get("RED-RISE") == level


def test_redness_that_rises_and_a_patient_who_says_worse_is_prompt() -> None:
    logs = [log(2), log(3, redness="moderate", overall_change="worse")]
    assert levels(logs, 3)["RED-RISE"] == "PROMPT"


def test_redness_no_worse_than_before_the_treatment_does_not_rise() -> None:
    logs = [log(-1, redness="moderate"), log(2), log(3, redness="moderate")]
    assert "RED-RISE" not in levels(logs, 3)


def test_last_is_judged_with_its_own_history_not_with_ours() -> None:
    # On day 4 redness was no higher than on day 3; only day 5 was lower.
    logs = days("redness", {3: "moderate", 4: "moderate", 5: "mild", 6: "moderate"})
    assert levels(logs, 4, procedure("RF")).get("RED-RISE") is None
    assert levels(logs, 6, procedure("RF"))["RED-RISE"] == "WATCH"


# Swelling


@pytest.mark.parametrize(
    ("values", "rises"),
    [
        ({2: "mild", 3: "moderate"}, True),
        ({0: "mild", 30: "moderate"}, True),  # `last` is any earlier day
        ({1: "mild", 2: "moderate"}, False),
        ({2: "none", 3: "mild"}, False),
        ({2: "moderate", 3: "moderate"}, False),
        ({1: "mild", 2: "severe", 3: "moderate"}, False),  # only the newest day
        ({3: "moderate"}, False),
        ({2: "mild", 3: None, 4: "moderate"}, True),
        ({2: None, 3: "moderate"}, False),
    ],
)
def test_swelling_rises_over_the_newest_earlier_day(
    values: dict[int, str | None], rises: bool
) -> None:
    found = levels(days("swelling", values), max(values), procedure("RF"))
    assert ("SWELL-RISE" in found) is rises


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({6: "mild"}, "WATCH"),
        ({5: "mild"}, None),
        ({6: "mild", 8: "mild"}, "PROMPT"),
        ({6: "mild", 9: "mild"}, "WATCH"),
        ({5: "mild", 6: "mild"}, "WATCH"),  # day 5 was in time
        ({6: "moderate", 7: "mild"}, "WATCH"),
        ({6: "mild", 7: None, 8: "mild"}, "PROMPT"),
    ],
)
def test_mild_swelling_past_its_time_twice_in_a_row_is_prompt(
    values: dict[int, str | None], level: str | None
) -> None:
    assert levels(days("swelling", values), max(values)).get("SWELL-LATE") == level


# Pus spots


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({1: "few"}, "WATCH"),
        ({1: "many"}, "PROMPT"),
        ({1: "few", 3: "few", 6: "few"}, "PROMPT"),
        ({1: "few", 3: "few", 5: "few"}, "WATCH"),  # four days
        ({1: "few", 6: "few"}, "WATCH"),  # two logs
        ({1: "few", 3: "none", 4: "few", 6: "few"}, "WATCH"),  # broken
        ({1: "few", 40: "few", 90: "few"}, "PROMPT"),  # no gap is too long
        ({1: "few", 3: None, 4: "few", 6: "few"}, "PROMPT"),
        ({1: "few", 3: None, 6: "few"}, "WATCH"),
    ],
)
def test_pus_spots_on_three_logged_days_over_five_days_are_prompt(
    values: dict[int, str | None], level: str
) -> None:
    assert levels(days("pustules", values), max(values))["PUSTULES"] == level


# The patient as a whole


@pytest.mark.parametrize(
    ("values", "met"),
    [
        ({3: "worse", 4: "worse"}, True),
        ({2: "worse", 3: "worse"}, False),
        ({2: "worse", 5: "worse"}, False),
        ({3: "same", 4: "worse"}, False),
        ({2: "worse", 3: None, 4: "worse"}, True),
        ({4: "worse"}, False),
    ],
)
def test_worse_twice_in_a_row(values: dict[int, str | None], met: bool) -> None:
    found = levels(days("overall_change", values), max(values))
    assert found == ({"WORSE": "PROMPT"} if met else {})


@pytest.mark.parametrize(
    ("values", "met"),
    [
        ({1: "severe"}, True),
        ({0: "severe"}, False),
        ({0: "moderate", 1: "moderate", 2: "moderate"}, True),
        ({1: "moderate", 2: "moderate"}, False),
        ({0: "moderate", 2: "moderate", 4: "moderate"}, True),
        ({0: "moderate", 2: "moderate", 5: "moderate"}, False),
        ({0: "moderate", 1: "mild", 2: "moderate"}, False),
        ({0: "severe", 1: None, 2: "moderate", 3: "moderate"}, True),
    ],
)
def test_tiredness_that_is_severe_or_lasts_three_logged_days(
    values: dict[int, str | None], met: bool
) -> None:
    assert ("TIRED" in levels(days("fatigue", values), max(values))) is met


# Glands


@pytest.mark.parametrize(
    ("logged", "met"),
    [
        ({1: True, 15: True}, True),
        ({1: True, 14: True}, False),
        ({1: True, 8: False, 15: True}, False),
        ({1: False, 2: True, 9: True, 16: True}, True),
        ({1: True, 8: None, 15: True}, True),
        ({1: None, 15: True}, False),
    ],
)
def test_a_gland_on_every_logged_day_for_two_weeks(
    logged: dict[int, bool | None], met: bool
) -> None:
    logs = [
        log(day, lymph_nodes=gland() if there else LymphNodes(present=there))
        for day, there in logged.items()
    ]
    assert ("LN-PERSIST" in levels(logs, max(logged))) is met


def test_a_gland_that_was_known_for_a_while_has_not_lasted_as_new() -> None:
    small, grown = gland(size="lt_1cm"), gland(size="gt_2cm")
    logs = [log(-1, lymph_nodes=small), log(1, lymph_nodes=small)]
    logs += [log(2, lymph_nodes=grown), log(15, lymph_nodes=grown)]
    assert "LN-PERSIST" not in levels(logs, 15)
    assert "LN-PERSIST" in levels([*logs, log(16, lymph_nodes=grown)], 16)


def test_not_asked_within_a_day_reads_as_no() -> None:
    assert levels([log(6, **SKIPPED, lymph_nodes=LymphNodes())], 6) == {}


def test_a_day_is_judged_by_the_days_before_it_alone() -> None:
    logs = days("pain", {1: 4, 2: 4, 3: 0})
    assert "PAIN-RISE" not in levels(logs, 2)

"""Several logs of one day: worst wins (specification 5)."""

from __future__ import annotations

from dataclasses import fields
from itertools import permutations
from typing import Any

import pytest

from aftercare.warning_signs.day_facts import DayFacts
from aftercare.warning_signs.facts import Log
from aftercare.warning_signs.merging import merge
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.reading import read

from .builders import gland, levels, log

WORSE_OF_TWO = {
    "pain": (3, 7),
    "redness": ("mild", "severe"),
    "swelling": ("none", "moderate"),
    "fatigue": ("mild", "moderate"),
    "itch": ("none", "mild"),
    "peeling": ("moderate", "severe"),
    "bruising": ("none", "severe"),
    "pustules": ("few", "many"),
    "blisters": ("cold_sore", "widespread"),
    "hives": ("local", "widespread"),
    "overall_change": ("better", "same"),
}


def merged(*logs: Log) -> DayFacts:
    return merge([read(one, DEFAULTS) for one in logs])


@pytest.mark.parametrize("item", WORSE_OF_TWO)
def test_the_higher_answer_wins_in_any_order(item: str) -> None:
    low, high = WORSE_OF_TWO[item]
    one, other = log(3, **{item: low}), log(3, **{item: high})
    assert getattr(merged(one, other), item) == high
    assert getattr(merged(other, one), item) == high


@pytest.mark.parametrize(
    ("item", "one", "other"),
    [
        ("discharge", ["clear"], ["blood_spots", "pus"]),
        ("bumps", ["rash"], ["firm_lumps"]),
        ("swelling_sites", ["treated_area"], ["eyelids"]),
        ("aftercare_lapses", [], ["direct_sun"]),
    ],
)
def test_lists_are_united(item: str, one: list[str], other: list[str]) -> None:
    together = merged(log(3, **{item: one}), log(3, **{item: other}))
    assert getattr(together, item) == {*one, *other}


def test_yes_beats_no_and_not_asked() -> None:
    together = merged(log(3, hot_skin=False), log(3, hot_skin=True), log(3))
    assert together.hot_skin


def test_an_item_was_asked_if_any_log_asked_it() -> None:
    together = merged(log(3, pain=None), log(3, pain=2), log(3, redness=None))
    assert {"pain", "redness"} <= together.asked
    assert "pain" not in merged(log(3, pain=None), log(3, pain=None)).asked


def test_the_highest_and_the_lowest_reading_are_both_kept() -> None:
    together = merged(
        log(3, temperature_c="36.1"), log(3), log(3, temperature_c="35.0")
    )
    assert (str(together.highest_c), str(together.lowest_c)) == ("36.1", "35.0")


def test_gland_answers_are_merged_by_their_own_orders() -> None:
    one = log(3, lymph_nodes=gland(size="lt_1cm", pain="painful_at_rest"))
    other = log(
        3, lymph_nodes=gland(sites={"groin"}, size="1_to_2cm", hard_or_fixed=True)
    )
    together = merged(one, other)
    assert together.node_sites == {"neck", "groin"}
    assert (together.node_size, together.node_pain) == ("1_to_2cm", "painful_at_rest")
    assert together.node_hard


def test_every_field_is_merged_the_same_in_any_order() -> None:
    logs = [
        read(one, DEFAULTS)
        for one in (
            log(3, pain=2, temperature_c="38.1", free_text="a"),
            log(3, signs=["rash"], discharge=["pus"], lymph_nodes=gland()),
            log(3, late=True, red_flags=["chest_pain"], still_present_now=False),
        )
    ]
    names = [f.name for f in fields(DayFacts) if f.name != "texts"]
    seen = {
        tuple(getattr(merge(order), name) for name in names)
        for order in permutations(logs)
    }
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("logs", "level"),
    [
        ([{"late": False}], "EMERGENCY"),
        ([{"late": False, "still_present_now": False}], "EMERGENCY"),
        ([{"late": True}], "EMERGENCY"),
        ([{"late": True, "still_present_now": True}], "EMERGENCY"),
        ([{"late": True, "still_present_now": False}], "URGENT"),
        (
            [{"late": True, "still_present_now": False}, {"late": False}],
            "EMERGENCY",
        ),
    ],
)
def test_a_red_flag_is_present_if_any_log_that_ticked_it_says_so(
    logs: list[dict[str, Any]], level: str
) -> None:
    ticked = [log(3, red_flags=["chest_pain"], **details) for details in logs]
    assert levels(ticked, 3) == {"COLLAPSE": level}


def test_a_log_that_did_not_tick_a_past_flag_does_not_bring_it_back() -> None:
    past = log(3, late=True, red_flags=["chest_pain"], still_present_now=False)
    assert levels([past, log(3)], 3) == {"COLLAPSE": "URGENT"}


@pytest.mark.parametrize(
    ("day", "late", "level"),
    [
        (0, False, "EMERGENCY"),
        (1, False, "EMERGENCY"),
        (1, True, "URGENT"),
        (2, False, "PROMPT"),
        (2, True, "PROMPT"),
    ],
)
def test_numbing_symptoms_are_an_emergency_while_the_numbing_may_act(
    day: int, late: bool, level: str
) -> None:
    today = log(day, late=late, numbing_symptoms=True, still_present_now=not late)
    assert levels([today], day) == {"NUMBING": level}


def test_a_fit_is_an_emergency_on_any_day_also_beside_numbing_symptoms() -> None:
    today = log(30, red_flags=["seizure_twitching"], numbing_symptoms=True)
    assert levels([today], 30) == {"NUMBING": "EMERGENCY"}

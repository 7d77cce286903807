"""Reasons: neutral plain words that name the evidence and the day."""

from __future__ import annotations

import re
from typing import Any

import pytest

from aftercare.warning_signs.advice_of_rules import shown_flags
from aftercare.warning_signs.assessment import assess, supported_by
from aftercare.warning_signs.facts import Answers, Course, Log
from aftercare.warning_signs.vocabulary import Phase

from .builders import gland, log, procedure
from .test_catalogue import BANNED

EVERYTHING: dict[str, Any] = {
    "red_flags": ["chest_pain", "seizure_twitching", "no_urine_18h", "mottled_skin"],
    "numbing_symptoms": True,
    "pain": 9,
    "redness": "severe",
    "redness_spreading": True,
    "red_streaks": True,
    "hot_skin": True,
    "swelling": "severe",
    "swelling_sites": ["eyelids", "beyond_treated_area"],
    "temperature_c": "38.2",
    "feels_feverish": True,
    "fever_medicine_8h": "unsure",
    "fatigue": "severe",
    "lymph_nodes": gland(
        sites={"neck", "collarbone"}, size="gt_2cm", pain="painful_at_rest",
        hard_or_fixed=True, skin_red_over=True,
    ),
    "discharge": ["clear", "blood_spots", "pus"],
    "pustules": "many",
    "blisters": "cold_sore",
    "blisters_near_eye": True,
    "itch": "severe",
    "hives": "widespread",
    "bumps": ["rash", "firm_lumps"],
    "colour_change": ["darker", "lighter", "grey_white_black"],
    "scar": ["lines", "raised_or_sunken"],
    "peeling": "severe",
    "bruising": "severe",
    "joint_pain": True,
    "rash_elsewhere": True,
    "numb_patch": True,
    "overall_change": "worse",
    "contact_request": True,
    "aftercare_lapses": ["direct_sun", "picked_skin"],
    "free_text": "pus and a fever",
}  # fmt: skip


def everything(day: int, **changes: Any) -> Log:
    return log(day, **EVERYTHING | changes)


def reason(rule: str, *logs: Log, of: str = "STANDARD") -> str:
    results = assess(Course(procedure(of), logs), logs[-1].day).results
    return next(result.reason for result in results if result.rule == rule)


def test_every_reason_ends_with_its_day_and_uses_plain_words() -> None:
    calm_days = [log(2), log(3)]
    for day in (4, 20):
        course = Course(procedure(), (*calm_days, everything(day)))
        results = assess(course, day).results
        assert len(results) > 35
        for result in results:
            assert result.reason.endswith(f" on day {day}."), result
            assert result.reason[0].isupper(), result
            assert not BANNED.search(result.reason), result
            assert not re.search(r"\byour?\b|  | ,", result.reason), result


def test_every_item_of_a_finding_is_an_answer() -> None:
    for result in assess(Course(procedure(), (log(2), everything(4))), 4).results:
        assert result.items, result
        assert all(item in Answers.__slots__ for item in result.items), result


@pytest.mark.parametrize(
    ("rule", "today", "words"),
    [
        (
            "LN-PLUS",
            {"lymph_nodes": gland(), "temperature_c": "38.2"},
            "Swollen glands in the neck, with a temperature of 38.2 °C, on day 4.",
        ),
        (
            "LN-PLUS",
            {"lymph_nodes": gland(sites=set()), "fatigue": "moderate", "pain": 5},
            "Swollen glands, with moderate tiredness and pain of 5 out of 10, on day 4.",
        ),
        (
            "FEVER",
            {"feels_feverish": True},
            "Feeling shivery or hot all over on day 4.",
        ),
        (
            "FEVER",
            {"temperature_c": "37.9", "fever_medicine_8h": "yes"},
            "A temperature of 37.9 °C and medicine that may hide a fever on day 4.",
        ),
        (
            "COLLAPSE",
            {"red_flags": ["chest_pain"]},
            "Emergency sign, chest pain, or the heart racing or missing beats, on day 4.",
        ),
        (
            "ABOVE-EXPECTED",
            {"redness": "moderate"},
            "More than expected: moderate redness or darker skin (expected at most: "
            "mild) on day 4.",
        ),
        (
            "INFECT-CLUSTER",
            {"hot_skin": True, "fatigue": "moderate"},
            "Several signs together: hot skin and moderate tiredness, on day 4.",
        ),
        ("TEXT", {"free_text": "Hives!"}, "The note says “hives” on day 4."),
        (
            "SYSTEMIC",
            {"joint_pain": True, "itch": "moderate"},
            "New aching joints, with moderate itch, on day 4.",
        ),
    ],
)
def test_a_reason_names_its_evidence(
    rule: str, today: dict[str, Any], words: str
) -> None:
    assert reason(rule, log(4, **today)) == words


def test_a_reason_tells_what_has_passed_or_grown() -> None:
    passed = log(4, late=True, red_flags=["chest_pain"], still_present_now=False)
    assert reason("COLLAPSE", passed).startswith(
        "Emergency sign that has passed, chest"
    )
    assert reason("PAIN-RISE", log(2, pain=1), log(4, pain=5)) == (
        "Pain risen to 5 out of 10, from 1, on day 4."
    )
    glands = [log(day, lymph_nodes=gland()) for day in (1, 8, 16)]
    assert reason("LN-PERSIST", *glands) == (
        "Swollen glands in the neck, there for 15 days, on day 16."
    )


def test_a_reason_from_before_the_treatment_says_so() -> None:
    course = Course(procedure(), (log(-2, contact_request=True),))
    (result,) = assess(course, -2, Phase.BASELINE).results
    assert result.reason == "Asked to be contacted before the treatment."


def test_a_result_remembers_that_a_sign_has_passed() -> None:
    passed = log(4, late=True, red_flags=["chest_pain"], still_present_now=False)
    results = assess(Course(procedure(), (passed,)), 4).results
    assert [result.past for result in results] == [True]


def test_glands_alone_and_with_company_are_shown_as_one_reason() -> None:
    both = assess(
        Course(procedure(), (log(4, lymph_nodes=gland(), fatigue="severe"),)), 4
    )
    shown = [one.reason for one in shown_flags(both.results)]
    assert "Swollen glands in the neck, with severe tiredness, on day 4." in shown
    assert "Swollen glands in the neck on day 4." not in shown

    alone = assess(Course(procedure(), (log(4, lymph_nodes=gland()),)), 4)
    [shown] = shown_flags(alone.results)
    assert shown.reason == "Swollen glands in the neck on day 4."


def test_results_stand_by_level_and_then_by_rule() -> None:
    results = assess(Course(procedure(), (log(2), everything(4))), 4).results
    order = [(-result.level, result.key) for result in results]
    assert order == sorted(order)


def test_a_day_without_logs_has_no_results() -> None:
    empty = assess(Course(procedure(), (log(4, pain=9),)), 5)
    assert (empty.results, empty.level.name) == ((), "NONE")


def test_a_log_supports_what_it_alone_would_raise_on_its_day() -> None:
    first, second = log(4, pain=8), log(4, contact_request=True, pain=0)
    course = Course(procedure(), (log(2, pain=0), first, second))
    assert supported_by(course, second) == {"CONTACT"}
    assert supported_by(course, first) == {
        "PAIN-SEVERE", "PAIN-PERSIST", "PAIN-RISE", "ABOVE-EXPECTED",
    }  # fmt: skip

"""Triggers that one day decides, at their edges."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.warning_signs.rules.emergency import SIGNS
from aftercare.warning_signs.vocabulary import RedFlag

from .builders import gland, levels, log, procedure

RED_FLAG_RULES = [(rule, flag) for rule, flags in SIGNS.items() for flag in flags]


def test_every_red_flag_belongs_to_exactly_one_rule() -> None:
    assert sorted(flag for _, flag in RED_FLAG_RULES) == sorted(RedFlag)


@pytest.mark.parametrize(("rule", "flag"), RED_FLAG_RULES)
@pytest.mark.parametrize("day", [0, 180])
def test_a_red_flag_of_today_is_an_emergency_on_any_day(
    rule: str, flag: RedFlag, day: int
) -> None:
    assert levels([log(day, red_flags=[flag])], day) == {rule: "EMERGENCY"}


@pytest.mark.parametrize(
    ("of", "day", "answers", "rule", "level"),
    [
        ("STANDARD", 2, {"pain": 6}, "PAIN-SEVERE", None),
        ("STANDARD", 2, {"pain": 7}, "PAIN-SEVERE", "URGENT"),
        ("STANDARD", 2, {"pain": 4}, "PAIN-PERSIST", None),
        ("STANDARD", 3, {"pain": 4}, "PAIN-PERSIST", "PROMPT"),
        ("STANDARD", 3, {"pain": 3}, "PAIN-PERSIST", None),
        ("RF", 3, {"redness": "severe"}, "RED-PERSIST", None),
        ("RF", 4, {"redness": "severe"}, "RED-PERSIST", "PROMPT"),
        ("RF", 7, {"redness": "moderate"}, "RED-PERSIST", "PROMPT"),
        ("LIGHT", 7, {"redness": "mild"}, "RED-LATE", None),
        ("LIGHT", 8, {"redness": "mild"}, "RED-LATE", "WATCH"),
        ("LIGHT", 21, {"redness": "mild"}, "RED-LATE", "PROMPT"),
        ("STANDARD", 1, {"redness_spreading": True}, "RED-SPREAD", "PROMPT"),
        ("STANDARD", 2, {"redness_spreading": True}, "RED-SPREAD", "URGENT"),
        ("STANDARD", 0, {"red_streaks": True}, "RED-SPREAD", "URGENT"),
        ("STANDARD", 1, {"swelling": "severe"}, "SWELL-SEVERE", "WATCH"),
        ("STANDARD", 2, {"swelling": "severe"}, "SWELL-SEVERE", "URGENT"),
        ("STANDARD", 3, {"swelling": "moderate"}, "SWELL-PERSIST", None),
        ("STANDARD", 4, {"swelling": "moderate"}, "SWELL-PERSIST", "URGENT"),
        ("STANDARD", 0, {"discharge": ["pus"]}, "PUS", "URGENT"),
        ("STANDARD", 3, {"discharge": ["clear"]}, "OOZE", None),
        ("STANDARD", 4, {"discharge": ["clear"]}, "OOZE", "PROMPT"),
        ("STANDARD", 2, {"discharge": ["blood_spots"]}, "BLEED-LATE", None),
        ("STANDARD", 3, {"discharge": ["blood_spots"]}, "BLEED-LATE", "WATCH"),
        ("STANDARD", 1, {"hives": "local"}, "HIVES", "PROMPT"),
        ("STANDARD", 1, {"hives": "widespread"}, "HIVES", "URGENT"),
        ("STANDARD", 0, {"itch": "severe"}, "DERM", "PROMPT"),
        ("STANDARD", 6, {"itch": "moderate"}, "DERM", None),
        ("STANDARD", 7, {"itch": "moderate"}, "DERM", "PROMPT"),
        ("STANDARD", 1, {"bumps": ["rash"], "itch": "moderate"}, "DERM", "PROMPT"),
        ("STANDARD", 1, {"bumps": ["rash"]}, "DERM", None),
        ("STANDARD", 1, {"bumps": ["rash"]}, "RASH-EARLY", "WATCH"),
        ("STANDARD", 2, {"bumps": ["rash"]}, "DERM", "PROMPT"),
        ("STANDARD", 2, {"bumps": ["rash"]}, "RASH-EARLY", None),
        ("STANDARD", 1, {"bumps": ["rash"], "itch": "severe"}, "RASH-EARLY", None),
        ("STANDARD", 2, {"blisters": "tingling_only"}, "COLD-SORE", "WATCH"),
        ("STANDARD", 10, {"blisters": "cold_sore"}, "COLD-SORE", "URGENT"),
        ("STANDARD", 11, {"blisters": "cold_sore"}, "COLD-SORE", "PROMPT"),
        ("STANDARD", 11, {"blisters": "on_treated_skin"}, "COLD-SORE", None),
        ("STANDARD", 11, {"blisters": "on_treated_skin"}, "BLISTERS", "URGENT"),
        ("STANDARD", 11, {"blisters": "widespread"}, "BLISTERS", "URGENT"),
        ("STANDARD", 2, {"bumps": ["firm_lumps"]}, "LUMPS", "WATCH"),
        ("STANDARD", 3, {"bumps": ["firm_lumps"]}, "LUMPS", "PROMPT"),
        ("STANDARD", 1, {"numb_patch": True}, "NERVE", "WATCH"),
        ("STANDARD", 2, {"numb_patch": True}, "NERVE", "PROMPT"),
        ("STANDARD", 13, {"colour_change": ["lighter"]}, "PIGMENT", "WATCH"),
        ("STANDARD", 14, {"colour_change": ["darker"]}, "PIGMENT", "PROMPT"),
        ("STANDARD", 14, {"colour_change": ["grey_white_black"]}, "PIGMENT", None),
        ("STANDARD", 13, {"scar": ["lines"]}, "SCAR", "WATCH"),
        ("STANDARD", 14, {"scar": ["lines"]}, "SCAR", "PROMPT"),
        ("STANDARD", 6, {"scar": ["raised_or_sunken"]}, "SCAR", "WATCH"),
        ("STANDARD", 7, {"scar": ["lines", "raised_or_sunken"]}, "SCAR", "PROMPT"),
        ("STANDARD", 7, {"peeling": "severe"}, "PEEL", None),
        ("STANDARD", 8, {"peeling": "severe"}, "PEEL", "PROMPT"),
        ("STANDARD", 14, {"bruising": "mild"}, "BRUISE", None),
        ("STANDARD", 15, {"bruising": "mild"}, "BRUISE", "PROMPT"),
        ("STANDARD", 7, {"bruising": "severe"}, "BRUISE", None),
        ("STANDARD", 8, {"bruising": "severe"}, "BRUISE", "PROMPT"),
        ("STANDARD", 5, {"aftercare_lapses": ["direct_sun"]}, "AFTERCARE", "WATCH"),
        ("STANDARD", 5, {"contact_request": True}, "CONTACT", "PROMPT"),
    ],
)
def test_a_trigger_at_its_edge(
    of: str, day: int, answers: dict[str, Any], rule: str, level: str | None
) -> None:
    assert levels([log(day, **answers)], day, procedure(of)).get(rule) == level


@pytest.mark.parametrize(
    "companion",
    [{"temperature_c": "37.8"}, {"blisters_near_eye": True}],
)
def test_a_late_cold_sore_with_fever_or_near_the_eye_is_urgent(
    companion: dict[str, Any],
) -> None:
    today = log(11, blisters="cold_sore", **companion)
    assert levels([today], 11)["COLD-SORE"] == "URGENT"


def test_blisters_near_an_eye_are_said_so() -> None:
    today = log(3, blisters="widespread", blisters_near_eye=True)
    assert levels([today], 3) == {"BLISTERS": "URGENT"}


def test_tingling_with_cold_sores_before_is_prompt() -> None:
    known = procedure("STANDARD", "history_cold_sores")
    assert levels([log(2, blisters="tingling_only")], 2, known) == {
        "COLD-SORE": "PROMPT"
    }


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"swelling": "mild", "sites": "eyelids", "hives": "local"}, "URGENT"),
        ({"swelling": "mild", "sites": "treated_area", "hives": "local"}, None),
        ({"swelling": "mild", "sites": "eyelids", "itch": "severe"}, None),
        ({"swelling": "moderate", "sites": "eyelids", "itch": "severe"}, "URGENT"),
        ({"swelling": "moderate", "sites": "eyelids", "itch": "moderate"}, "PROMPT"),
        ({"swelling": "moderate", "sites": "eyelids", "itch": "mild"}, None),
        ({"swelling": "severe", "sites": "treated_area", "itch": "moderate"}, "URGENT"),
        ({"swelling": "severe", "sites": "beyond_treated_area"}, None),
    ],
)
def test_swelling_of_an_allergy(answers: dict[str, Any], level: str | None) -> None:
    sites = [answers.pop("sites")]
    found = levels([log(1, swelling_sites=sites, **answers)], 1)
    assert found.get("ANGIO") == level


def test_itch_as_before_the_treatment_counts_only_where_the_table_says_itch() -> None:
    sites = ["eyelids"]
    before = log(-1, itch="severe")
    moderate = log(1, swelling="moderate", swelling_sites=sites, itch="severe")
    assert levels([before, moderate], 1)["ANGIO"] == "URGENT"
    severe = log(1, swelling="severe", itch="severe")
    assert "ANGIO" not in levels([before, severe], 1)


@pytest.mark.parametrize(
    "companion",
    [
        {"bumps": ["rash"]},
        {"itch": "moderate"},
        {"redness": "moderate"},
        {"swelling": "moderate"},
        {"temperature_c": "37.8"},
    ],
)
def test_a_reaction_beyond_the_skin_with_another_sign_is_urgent(
    companion: dict[str, Any],
) -> None:
    alone = {"joint_pain": True, "rash_elsewhere": True}
    assert levels([log(1, **alone)], 1) == {"SYSTEMIC": "PROMPT"}
    assert levels([log(1, **alone, **companion)], 1)["SYSTEMIC"] == "URGENT"


def test_known_bumps_do_not_make_a_reaction_beyond_the_skin_urgent() -> None:
    logs = [log(-1, bumps=["rash"]), log(1, bumps=["rash"], joint_pain=True)]
    assert levels(logs, 1) == {"SYSTEMIC": "PROMPT"}


@pytest.mark.parametrize(
    ("day", "signs", "urgent"),
    [
        (3, {"hot_skin": True}, True),
        (2, {"hot_skin": True}, False),
        (2, {"pain": 7}, True),
        (3, {"pain": 4}, True),
        (2, {"pain": 4}, False),
        (2, {"temperature_c": "37.8"}, True),
        (2, {"discharge": ["pus"]}, True),
        (2, {"pustules": "many"}, True),
        (2, {"pustules": "few"}, False),
        (1, {"discharge": ["pus"]}, False),
    ],
)
def test_swollen_eyelids_with_a_sign_of_infection(
    day: int, signs: dict[str, Any], urgent: bool
) -> None:
    lids = {"swelling": "mild", "swelling_sites": ["eyelids"]}
    assert ("EYE-AREA" in levels([log(day, **lids, **signs)], day)) is urgent
    assert "EYE-AREA" not in levels([log(day, swelling="mild", **signs)], day)


def test_severe_pain_known_from_before_still_counts_near_the_eye() -> None:
    lids = {"swelling": "mild", "swelling_sites": ["eyelids"], "pain": 8}
    found = levels([log(-1, pain=8), log(2, **lids)], 2)
    assert found["EYE-AREA"] == "URGENT"


SIGNS_OF_INFECTION: dict[int, dict[str, Any]] = {
    1: {"hot_skin": True},
    2: {"red_streaks": True},
    3: {"redness": "moderate"},
    4: {"swelling": "moderate"},
    5: {"pain": 7},
    6: {"pustules": "many"},
    7: {"bumps": ["firm_lumps"]},
    8: {"temperature_c": "37.8"},
    9: {"lymph_nodes": gland()},
    10: {"fatigue": "moderate"},
}


@pytest.mark.parametrize("one", SIGNS_OF_INFECTION)
@pytest.mark.parametrize("other", SIGNS_OF_INFECTION)
def test_two_signs_of_infection_with_one_on_the_skin_are_urgent(
    one: int, other: int
) -> None:
    answers = SIGNS_OF_INFECTION[one] | SIGNS_OF_INFECTION[other]
    together = one != other and min(one, other) <= 7
    assert ("INFECT-CLUSTER" in levels([log(7, **answers)], 7)) is together
    assert "INFECT-CLUSTER" not in levels([log(1, **answers)], 1)


@pytest.mark.parametrize(
    ("day", "sign"),
    [
        (2, {"hot_skin": True}),
        (6, {"bumps": ["firm_lumps"]}),
        (3, {"swelling": "moderate"}),
        (4, {"pustules": "few"}),
        (2, {"pain": 6}),
    ],
)
def test_signs_that_do_not_count_yet(day: int, sign: dict[str, Any]) -> None:
    today = log(day, fatigue="moderate", **sign)
    assert "INFECT-CLUSTER" not in levels([today], day)


@pytest.mark.parametrize(
    "sign",
    [
        {"pain": 8},
        {"pustules": "many"},
        {"bumps": ["firm_lumps"]},
        {"redness": "moderate"},
    ],
)
def test_signs_known_from_before_do_not_count(sign: dict[str, Any]) -> None:
    today = log(2, temperature_c="38.5", **sign)
    assert "INFECT-CLUSTER" not in levels([log(-1, **sign), today], 2)


@pytest.mark.parametrize(
    ("details", "urgent"),
    [
        ({"lymph_nodes": gland(pain="painful_at_rest")}, True),
        ({"lymph_nodes": gland(pain="tender_when_pressed")}, False),
        ({"lymph_nodes": gland(skin_red_over=True)}, True),
        ({"lymph_nodes": gland(), "temperature_c": "37.8"}, True),
        ({"lymph_nodes": gland(), "feels_feverish": True}, True),
        ({"lymph_nodes": gland(), "fatigue": "moderate"}, True),
        ({"lymph_nodes": gland(), "fatigue": "mild"}, False),
        ({"lymph_nodes": gland(), "pain": 4}, True),
        ({"lymph_nodes": gland(), "pain": 3}, False),
    ],
)
def test_what_makes_a_swollen_gland_urgent(
    details: dict[str, Any], urgent: bool
) -> None:
    assert ("LN-PLUS" in levels([log(2, **details)], 2)) is urgent


def test_pain_within_the_expected_course_is_no_companion_of_a_gland() -> None:
    aching = log(1, lymph_nodes=gland(), pain=4)
    assert "LN-PLUS" not in levels([aching], 1)
    assert "LN-PLUS" in levels([aching], 1, procedure("LIGHT"))


@pytest.mark.parametrize(
    "details", [{"sites": {"collarbone"}}, {"hard_or_fixed": True}, {"size": "gt_2cm"}]
)
def test_a_gland_that_a_doctor_should_feel(details: dict[str, Any]) -> None:
    found = levels([log(2, lymph_nodes=gland(**details))], 2)
    assert found == {"LN-ALONE": "PROMPT", "LN-ATYP": "PROMPT"}


@pytest.mark.parametrize(
    ("day", "answers", "above"),
    [
        (5, {"hot_skin": True}, True),
        (4, {"hot_skin": True}, False),
        (1, {"discharge": ["clear", "blood_spots"]}, False),
        (2, {"discharge": ["blood_spots"]}, True),
        (2, {"pain": 3}, False),
        (2, {"pain": 4}, True),
        (2, {"itch": "moderate"}, False),
        (1, {"itch": "moderate"}, True),
        (2, {"peeling": "moderate"}, True),
        (2, {"bruising": "moderate"}, True),
        (60, {"pain": 1}, False),
    ],
)
def test_above_the_expected_course(
    day: int, answers: dict[str, Any], above: bool
) -> None:
    assert ("ABOVE-EXPECTED" in levels([log(day, **answers)], day)) is above

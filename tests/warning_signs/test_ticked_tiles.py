"""A ticked tile counts, with details or without."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.warning_signs.facts import LymphNodes
from aftercare.warning_signs.signs import TILES
from aftercare.warning_signs.vocabulary import NodeSize, Phase, Sign

from .builders import calm, gland, levels, log, procedure


@pytest.mark.parametrize(
    ("tile", "expected"),
    [
        ("emergency", {"EMERGENCY-SIGN": "EMERGENCY"}),
        ("glands", {"LN-ALONE": "PROMPT"}),
        ("unwell", {"FEVER": "URGENT"}),
        ("pus", {"PUS": "URGENT"}),
        ("rash", {"UNSPECIFIED:rash": "PROMPT"}),
        ("marks", {"UNSPECIFIED:marks": "PROMPT"}),
        ("worry", {"CONTACT": "PROMPT"}),
    ],
)
def test_a_tile_without_details_takes_its_reading(
    tile: str, expected: dict[str, str]
) -> None:
    assert levels([log(2, signs=[tile])], 2) == expected


def test_hot_or_spreading_without_details_is_read_as_both() -> None:
    assert levels([log(3, signs=["spread"])], 3) == {
        "RED-SPREAD": "URGENT",
        "INFECT-CLUSTER": "URGENT",
    }


def test_glands_without_details_have_no_place_and_no_size() -> None:
    assert levels([log(2, signs=["glands"], lymph_nodes=LymphNodes())], 2) == {
        "LN-ALONE": "PROMPT"
    }


@pytest.mark.parametrize(
    ("tile", "details", "expected"),
    [
        ("emergency", {"red_flags": ["chest_pain"]}, {"COLLAPSE": "EMERGENCY"}),
        ("unwell", {"fatigue": "mild"}, {}),
        ("unwell", {"temperature_c": "37.8"}, {"FEVER-LOW": "WATCH"}),
        ("pus", {"discharge": ["clear"]}, {"ABOVE-EXPECTED": "WATCH"}),
        ("spread", {"hot_skin": True}, {}),
        ("rash", {"pustules": "few"}, {"PUSTULES": "WATCH"}),
        ("marks", {"bumps": ["firm_lumps"]}, {"LUMPS": "WATCH"}),
        ("marks", {"numb_patch": True}, {"NERVE": "PROMPT"}),
        ("worry", {"contact_request": True}, {"CONTACT": "PROMPT"}),
    ],
)
def test_a_tile_with_a_defining_answer_is_read_exactly(
    tile: str, details: dict[str, Any], expected: dict[str, str]
) -> None:
    assert levels([log(2, signs=[tile], **details)], 2) == expected


@pytest.mark.parametrize(
    ("tile", "details", "rule"),
    [
        ("unwell", {"temperature_c": "36.9", "fatigue": "none"}, "FEVER-LOW"),
        ("unwell", {"temperature_c": "35.5"}, "FEVER-LOW"),
        ("emergency", {"numbing_symptoms": True}, "EMERGENCY-SIGN"),
        ("unwell", {"fever_medicine_8h": "yes"}, "FEVER"),
        ("marks", {"bumps": ["rash"]}, "UNSPECIFIED:marks"),
        ("rash", {"numb_patch": True}, "UNSPECIFIED:rash"),
        ("rash", {"itch": "mild"}, "UNSPECIFIED:rash"),
        ("rash", {"joint_pain": True}, "UNSPECIFIED:rash"),
        ("rash", {"bumps": ["firm_lumps"]}, "UNSPECIFIED:rash"),
        ("pus", {"pustules": "few"}, "PUS"),
        ("glands", {"lymph_nodes": LymphNodes(present=False)}, "LN-ALONE"),
        ("spread", {"redness": "severe"}, "RED-SPREAD"),
    ],
)
def test_other_answers_do_not_settle_a_tile(
    tile: str, details: dict[str, Any], rule: str
) -> None:
    assert rule in levels([log(2, signs=[tile], **details)], 2)


def test_gland_details_under_an_unticked_tile_count_as_the_tile_ticked() -> None:
    described = LymphNodes(size=NodeSize.GT_2CM)
    assert levels([log(2, lymph_nodes=described)], 2) == {
        "LN-ALONE": "PROMPT",
        "LN-ATYP": "PROMPT",
    }
    said_no = gland(present=False, pain="painful_at_rest")
    assert levels([log(2, lymph_nodes=said_no)], 2)["LN-PLUS"] == "URGENT"


def test_a_tile_counts_for_its_own_log_whatever_another_log_says() -> None:
    bare = log(2, signs=["emergency"])
    named = log(2, signs=["emergency"], red_flags=["chest_pain"])
    assert levels([bare, named], 2) == {
        "EMERGENCY-SIGN": "EMERGENCY",
        "COLLAPSE": "EMERGENCY",
    }


def test_an_emergency_tile_of_a_past_date_that_is_over_is_urgent() -> None:
    over = log(2, late=True, signs=["emergency"], still_present_now=False)
    assert levels([over], 2) == {"EMERGENCY-SIGN": "URGENT"}
    still = log(2, late=True, signs=["emergency"])
    assert levels([still], 2) == {"EMERGENCY-SIGN": "EMERGENCY"}


def test_unspecified_signs_step_up_at_high_risk_and_the_emergency_tile_does_not() -> (
    None
):
    today = log(2, signs=["rash", "marks"])
    assert levels([today], 2, procedure("STANDARD", "diabetes")) == {
        "UNSPECIFIED:rash": "URGENT",
        "UNSPECIFIED:marks": "URGENT",
    }


def test_before_the_treatment_only_the_emergency_and_worry_tiles_raise_anything() -> (
    None
):
    before = log(-1, signs=[sign.value for sign in Sign])
    assert levels([before], -1, phase=Phase.BASELINE) == {
        "EMERGENCY-SIGN": "EMERGENCY",
        "CONTACT": "PROMPT",
    }


def test_numbing_symptoms_do_not_settle_the_emergency_tile_before_the_treatment() -> (
    None
):
    before = log(0, before=True, signs=["emergency"], numbing_symptoms=True)
    assert levels([before], 0, phase=Phase.BASELINE) == {"EMERGENCY-SIGN": "EMERGENCY"}


def test_every_defining_answer_of_every_tile_exists() -> None:
    answers = calm()
    for tile in TILES:
        for name in tile.defining:
            item, _, option = name.partition(".")
            assert hasattr(answers, item), name
            assert not option or option in {"present", "firm_lumps", "rash"}, name

"""Risk step-up (specification 7)."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.warning_signs.step_up import AT_HIGH_RISK
from aftercare.warning_signs.treatment_words import Sterility

from .builders import gland, levels, log, procedure

STEPPED: list[tuple[str, int, dict[str, Any]]] = [
    ("PUSTULES", 2, {"pustules": "many"}),
    ("OOZE", 4, {"discharge": ["clear"]}),
    ("PAIN-RISE", 2, {"pain": 4}),
    ("PAIN-PERSIST", 3, {"pain": 4}),
    ("SWELL-RISE", 3, {"swelling": "moderate"}),
    ("RED-RISE", 3, {"redness": "severe"}),
    ("RED-PERSIST", 5, {"redness": "moderate"}),
    ("COLD-SORE", 11, {"blisters": "cold_sore"}),
    ("LUMPS", 3, {"bumps": ["firm_lumps"]}),
    ("LN-ALONE", 3, {"lymph_nodes": gland()}),
    ("LN-ATYP", 3, {"lymph_nodes": gland(hard_or_fixed=True)}),
    ("DERM", 3, {"bumps": ["rash"]}),
    ("HIVES", 3, {"hives": "local"}),
    ("SYSTEMIC", 3, {"joint_pain": True}),
    ("TIRED", 3, {"fatigue": "severe"}),
    ("UNSPECIFIED:rash", 3, {"signs": ["rash"]}),
]
NOT_STEPPED: list[tuple[str, int, dict[str, Any], str]] = [
    ("NERVE", 3, {"numb_patch": True}, "PROMPT"),
    ("PIGMENT", 14, {"colour_change": ["darker"]}, "PROMPT"),
    ("SCAR", 14, {"scar": ["lines"]}, "PROMPT"),
    ("PEEL", 8, {"peeling": "severe"}, "PROMPT"),
    ("BRUISE", 15, {"bruising": "mild"}, "PROMPT"),
    ("CONTACT", 3, {"contact_request": True}, "PROMPT"),
    ("TEXT", 3, {"free_text": "hives"}, "PROMPT"),
    ("RED-LATE", 21, {"redness": "mild"}, "PROMPT"),
    ("RED-SPREAD", 1, {"redness_spreading": True}, "PROMPT"),
    ("NUMBING", 3, {"numbing_symptoms": True}, "PROMPT"),
    ("LUMPS", 2, {"bumps": ["firm_lumps"]}, "WATCH"),
    ("FEVER", 3, {"temperature_c": "38.0"}, "URGENT"),
]


@pytest.mark.parametrize(("rule", "day", "answers"), STEPPED)
@pytest.mark.parametrize("risk", ["autoimmune", "immunosuppressed", "diabetes"])
def test_a_prompt_result_becomes_urgent_at_high_risk(
    rule: str, day: int, answers: dict[str, Any], risk: str
) -> None:
    logs = (
        [log(1), log(2), log(day, **answers)]
        if day > 2
        else [log(1), log(2, **answers)]
    )
    assert levels(logs, day)[rule] == "PROMPT"
    assert levels(logs, day, procedure("STANDARD", risk))[rule] == "URGENT"
    assert levels(logs, day, procedure(sterile=Sterility.FALSE))[rule] == "URGENT"
    unknown = procedure("STANDARD", "acne", "my own word", sterile=Sterility.UNKNOWN)
    assert levels(logs, day, unknown)[rule] == "PROMPT"


@pytest.mark.parametrize(("rule", "day", "answers", "level"), NOT_STEPPED)
def test_other_results_stay(
    rule: str, day: int, answers: dict[str, Any], level: str
) -> None:
    risky = procedure("STANDARD", "diabetes", "known_product_allergy")
    assert levels([log(day, **answers)], day, risky)[rule] == level


def test_fever_low_and_pus_spots_step_up_from_watch_by_one_level_only() -> None:
    risky = procedure("STANDARD", "diabetes")
    assert levels([log(3, temperature_c="37.8")], 3, risky) == {"FEVER-LOW": "PROMPT"}
    assert levels([log(3, pustules="few")], 3, risky) == {"PUSTULES": "PROMPT"}
    twice = [log(2, temperature_c="37.8"), log(3, temperature_c="37.8")]
    assert levels(twice, 3, risky) == {"FEVER-LOW": "URGENT"}


def test_a_gland_that_lasts_and_swelling_that_stays_step_up_too() -> None:
    risky = procedure("STANDARD", "diabetes")
    glands = [log(1, lymph_nodes=gland()), log(15, lymph_nodes=gland())]
    assert levels(glands, 15, risky)["LN-PERSIST"] == "URGENT"
    swollen = [log(6, swelling="mild"), log(7, swelling="mild")]
    assert levels(swollen, 7, risky)["SWELL-LATE"] == "URGENT"


def test_every_rule_that_steps_up_is_tried_here() -> None:
    tried = {rule.partition(":")[0] for rule, _, _ in STEPPED}
    assert tried | {"FEVER-LOW", "LN-PERSIST", "SWELL-LATE"} == AT_HIGH_RISK


def test_a_product_allergy_steps_up_skin_reactions_and_the_reasons_do_not_add_up() -> (
    None
):
    allergic = procedure("STANDARD", "known_product_allergy")
    both = procedure("STANDARD", "known_product_allergy", "diabetes")
    for of in (allergic, both):
        assert levels([log(1, hives="local")], 1, of) == {"HIVES": "URGENT"}
        assert levels([log(3, bumps=["rash"])], 3, of) == {"DERM": "URGENT"}
    assert levels([log(1, bumps=["rash"])], 1, both) == {"RASH-EARLY": "WATCH"}
    assert levels([log(4, discharge=["clear"])], 4, allergic)["OOZE"] == "PROMPT"


def test_risk_alone_raises_nothing() -> None:
    risky = procedure("RF", "diabetes", "immunosuppressed", sterile=Sterility.FALSE)
    assert levels([log(3)], 3, risky) == {}


def test_step_up_does_not_change_which_signs_count() -> None:
    risky = procedure("STANDARD", "diabetes")
    today = log(7, bumps=["firm_lumps"], itch="moderate")
    assert "INFECT-CLUSTER" not in levels([today], 7, risky)

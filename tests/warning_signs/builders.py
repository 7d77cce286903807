"""Courses in a few words, for tests of the rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aftercare.warning_signs import vocabulary as words
from aftercare.warning_signs.assessment import assess
from aftercare.warning_signs.facts import Answers, Course, Log, LymphNodes, Procedure
from aftercare.warning_signs.parameters import DEFAULTS, Parameters
from aftercare.warning_signs.treatment_words import ProcedureType, Sterility
from aftercare.warning_signs.vocabulary import Phase

KINDS = {
    "signs": words.Sign,
    "red_flags": words.RedFlag,
    "redness": words.Severity,
    "swelling": words.Severity,
    "swelling_sites": words.SwellingSite,
    "fever_medicine_8h": words.FeverMedicine,
    "fatigue": words.Severity,
    "discharge": words.Discharge,
    "pustules": words.Pustules,
    "blisters": words.Blisters,
    "itch": words.Severity,
    "hives": words.Hives,
    "bumps": words.Bump,
    "colour_change": words.ColourChange,
    "scar": words.Scar,
    "peeling": words.Severity,
    "bruising": words.Severity,
    "overall_change": words.OverallChange,
    "aftercare_lapses": words.AftercareLapse,
    "sites": words.NodeSite,
    "node_sites": words.NodeSite,
    "node_size": words.NodeSize,
    "node_pain": words.NodePain,
}
DEPTHS = {"LIGHT": "0.5", "STANDARD": "1.5", "DEEP": "2.0", "RF": "2.0"}


def procedure(
    recovery_class: str = "STANDARD", *risks: str, sterile: Sterility = Sterility.TRUE
) -> Procedure:
    rf = recovery_class == "RF"
    return Procedure(
        type=ProcedureType.RF_MICRONEEDLING if rf else ProcedureType.MICRONEEDLING,
        needle_depth_mm=Decimal(DEPTHS[recovery_class]),
        sterile_single_use=sterile,
        risk_factors=frozenset(risks),
    )


def calm(**changes: Any) -> Answers:
    """A log in which every compared item was asked and nothing is wrong."""
    answers: dict[str, Any] = {
        "pain": 0,
        "redness": "none",
        "swelling": "none",
        "fatigue": "none",
        "pustules": "none",
        "overall_change": "same",
        "feels_feverish": False,
        "lymph_nodes": LymphNodes(present=False),
    } | changes
    return Answers(**{name: _typed(name, value) for name, value in answers.items()})


def log(day: int, *, late: bool = False, before: bool = False, **changes: Any) -> Log:
    """A log of a day; `late` was sent on another date, `before` is a baseline."""
    phase = Phase.BASELINE if before or day < 0 else Phase.POST
    return Log(day, calm(**changes), phase, sent_on_its_day=not late)


def levels(
    logs: list[Log],
    day: int,
    of: Procedure | None = None,
    *,
    phase: Phase = Phase.POST,
    parameters: Parameters = DEFAULTS,
) -> dict[str, str]:
    """What a day raises: rule (for UNSPECIFIED with its tile) and level."""
    course = Course(of or procedure(), tuple(logs))
    results = assess(course, day, phase, parameters).results
    return {result.key: result.level.name for result in results}


def gland(**details: Any) -> LymphNodes:
    """A swollen gland in the neck, with details."""
    return LymphNodes(
        **{"present": True, "sites": _typed("sites", {"neck"}), **_all_typed(details)}
    )


def _all_typed(details: dict[str, Any]) -> dict[str, Any]:
    return {name: _typed(f"node_{name}", value) for name, value in details.items()}


def _typed(name: str, value: Any) -> Any:
    """A plain value as the vocabulary's own, so that tests read like the log page."""
    kind = KINDS.get(name)
    if name == "temperature_c" and isinstance(value, str):
        return Decimal(value)
    if kind is None or value is None:
        return value
    if isinstance(value, str):
        return kind(value)
    return frozenset(kind(item) for item in value)

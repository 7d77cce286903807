"""Risk step-up: after all rules, never above URGENT (specification 7)."""

from __future__ import annotations

from .case import Case
from .treatment_words import RiskFactor
from .vocabulary import Level

AT_HIGH_RISK = frozenset(
    {
        "FEVER-LOW",
        "PUSTULES",
        "OOZE",
        "PAIN-RISE",
        "PAIN-PERSIST",
        "SWELL-RISE",
        "SWELL-LATE",
        "RED-RISE",
        "RED-PERSIST",
        "COLD-SORE",
        "LUMPS",
        "LN-ALONE",
        "LN-PERSIST",
        "LN-ATYP",
        "DERM",
        "HIVES",
        "SYSTEMIC",
        "TIRED",
        "UNSPECIFIED",
    }
)
FROM_WATCH_TOO = frozenset({"FEVER-LOW", "PUSTULES"})
WITH_PRODUCT_ALLERGY = frozenset({"DERM", "HIVES"})


def stepped_up(rule: str, level: Level, case: Case) -> Level:
    """The level of a rule after risk factors have been weighed; one step at most."""
    at_risk = case.is_high_risk and rule in AT_HIGH_RISK
    allergic = (
        case.has_risk(RiskFactor.KNOWN_PRODUCT_ALLERGY) and rule in WITH_PRODUCT_ALLERGY
    )
    if rule == "PUSTULES" and case.eff.known_pustules:
        return level
    if level is Level.PROMPT and (at_risk or allergic):
        return Level.URGENT
    if level is Level.WATCH and at_risk and rule in FROM_WATCH_TOO:
        return Level.PROMPT
    return level

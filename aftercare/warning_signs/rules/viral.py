"""Cold sores and blisters."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.rules.fever import fever_signs
from aftercare.warning_signs.treatment_words import RiskFactor
from aftercare.warning_signs.vocabulary import Blisters, FeverState, Level
from aftercare.warning_signs.wording import listed

PLACES = {
    Blisters.ON_TREATED_SKIN: "on treated skin",
    Blisters.WIDESPREAD: "in more than one place",
}


def cold_sore(case: Case) -> Iterator[Finding]:
    """Tingling, or a sore at lips or nose."""
    blisters = case.today.blisters
    if blisters is Blisters.TINGLING_ONLY:
        yield tingling(case)
    elif blisters is Blisters.COLD_SORE:
        companions = sore_companions(case)
        words = f", with {listed(companions.values())}," if companions else ""
        early = case.day <= case.parameters.cold_sore_urgent_until
        level = Level.URGENT if early or companions else Level.PROMPT
        reason = f"Cold sore at the lips or nose{words}"
        yield case.found(level, reason, "blisters", *companions)


def tingling(case: Case) -> Finding:
    known = case.has_risk(RiskFactor.HISTORY_COLD_SORES)
    reason = "Tingling or burning at the lips or nose"
    if known:
        reason += ", with cold sores before,"
    return case.found(Level.PROMPT if known else Level.WATCH, reason, "blisters")


def sore_companions(case: Case) -> dict[str, str]:
    """What makes a cold sore URGENT on any day: items and words."""
    today = case.today
    there = {}
    if today.blisters_near_eye:
        there["blisters_near_eye"] = "blisters close to an eye"
    if today.fever is not FeverState.NONE:
        there |= dict(fever_signs(today))
    return there


def blisters(case: Case) -> Iterator[Finding]:
    """Blisters on treated skin or in several places: herpes that spreads, or a burn."""
    place = PLACES.get(case.today.blisters)
    if place:
        eye = case.today.blisters_near_eye
        where = f"{place}, close to an eye," if eye else place
        items = ("blisters", "blisters_near_eye") if eye else ("blisters",)
        yield case.found(Level.URGENT, f"Blisters or sores {where}", *items)


RULES = (
    Rule(
        id="COLD-SORE",
        name="Cold sore",
        trigger=(
            "`tingling_only`: PROMPT if history_cold_sores, else WATCH. `cold_sore`: "
            "URGENT if d <= COLD_SORE_URGENT_UNTIL or F != none or blisters_near_eye, "
            "else PROMPT"
        ),
        levels=(Level.WATCH, Level.PROMPT, Level.URGENT),
        patient_text="Do not touch it and wash your hands. Treatment works best early.",
        clinic_text="History, day, distance to the eye, antiviral",
        claims=("S10",),
        sources=("CMAC-HSV", "ACE-HSV"),
        find=cold_sore,
    ),
    Rule(
        id="BLISTERS",
        name="Blisters on treated skin",
        trigger="blisters `on_treated_skin` or `widespread`",
        levels=(Level.URGENT,),
        patient_text="Do not burst them.",
        clinic_text="Herpes spread or burn; device and settings",
        claims=("S14",),
        sources=("WU-EH", "RF-BURN"),
        find=blisters,
    ),
)

"""Swollen glands: never a usual effect of this treatment."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.day_facts import DayFacts
from aftercare.warning_signs.expected import ceiling
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.rules.fever import fever_signs
from aftercare.warning_signs.vocabulary import (
    FeverState,
    Level,
    NodePain,
    NodeSite,
    NodeSize,
    Severity,
)
from aftercare.warning_signs.wording import count_of_days, listed

SITES = {
    NodeSite.NECK: "in the neck",
    NodeSite.UNDER_JAW: "under the jaw",
    NodeSite.FRONT_OF_EAR: "in front of the ear",
    NodeSite.BEHIND_EAR: "behind the ear",
    NodeSite.COLLARBONE: "above the collarbone",
    NodeSite.ARMPIT: "in the armpit",
    NodeSite.GROIN: "in the groin",
    NodeSite.ELSEWHERE: "elsewhere",
}


def swollen_glands(today: DayFacts) -> str:
    """The glands with their places: "Swollen glands in the neck"."""
    places = listed(words for site, words in SITES.items() if site in today.node_sites)
    return f"Swollen glands {places}".strip()


def ln_alone(case: Case) -> Iterator[Finding]:
    """New swollen glands, whatever else there is."""
    if case.eff.new_node:
        yield case.found(Level.PROMPT, swollen_glands(case.today), "lymph_nodes")


def ln_plus(case: Case) -> Iterator[Finding]:
    """Glands with a companion sign; red skin over any gland, known ones too."""
    companions = new_node_companions(case) if case.eff.new_node else []
    if case.today.nodes and case.today.node_red:
        companions.append(("lymph_nodes", "red or darker skin over them"))
    if companions:
        words = listed(words for _, words in companions)
        items = dict.fromkeys(["lymph_nodes", *(item for item, _ in companions)])
        reason = f"{swollen_glands(case.today)}, with {words},"
        yield case.found(Level.URGENT, reason, *items)


def new_node_companions(case: Case) -> list[tuple[str, str]]:
    """What beside new glands makes them URGENT: items and words."""
    today, eff = case.today, case.eff
    expected = ceiling(case.recovery_class, case.day).pain
    there = []
    if today.fever is not FeverState.NONE:
        there += fever_signs(today)
    if eff.fatigue >= Severity.MODERATE:
        there.append(("fatigue", f"{eff.fatigue} tiredness"))
    if today.node_pain is NodePain.PAINFUL_AT_REST:
        there.append(("lymph_nodes", "pain in them all the time"))
    if eff.pain >= case.parameters.pain_moderate and eff.pain > expected:
        there.append(("pain", f"pain of {eff.pain} out of 10"))
    return there


def ln_atyp(case: Case) -> Iterator[Finding]:
    """Glands of a kind that a doctor should feel."""
    today = case.today
    if not case.eff.new_node:
        return
    features = []
    if NodeSite.COLLARBONE in today.node_sites:
        features.append("above the collarbone")
    if today.node_hard:
        features.append("hard or fixed")
    if today.node_size is NodeSize.GT_2CM:
        features.append("bigger than a grape")
    if features:
        yield case.found(
            Level.PROMPT, f"Swollen glands, {listed(features)},", "lymph_nodes"
        )


def ln_persist(case: Case) -> Iterator[Finding]:
    """New glands on every logged day for two weeks; no gap is too long."""
    if not case.eff.new_node:
        return
    first = None
    for day in [*case.earlier_with("nodes"), case.today]:
        if not case.excess_of(day).new_node:
            first = None
        elif first is None:
            first = day.day
    if first is not None and case.day - first >= case.parameters.ln_persist:
        length = count_of_days(case.day - first)
        reason = f"{swollen_glands(case.today)}, there for {length},"
        yield case.found(Level.PROMPT, reason, "lymph_nodes")


RULES = (
    Rule(
        id="LN-ALONE",
        name="Swollen gland",
        trigger="LNnew",
        levels=(Level.PROMPT,),
        patient_text=(
            "Swollen glands are not a typical effect of this treatment. We want to talk "
            "to you."
        ),
        clinic_text="Site, size, tenderness, procedure, products",
        claims=("S07", "S08", "S09", "S10"),
        sources=("GEIZHALS", "CHU", "NHS-GLANDS"),
        find=ln_alone,
    ),
    Rule(
        id="LN-PLUS",
        name="Swollen gland with fever, tiredness or pain",
        trigger=(
            "LNnew and (F != none, or eff(fatigue) >= moderate, or node pain = "
            "painful_at_rest, or Pe >= PAIN_MODERATE and Pe above the pain ceiling of "
            "the day), or skin_red_over on any node, known ones too"
        ),
        levels=(Level.URGENT,),
        patient_text=(
            "Swollen glands together with another sign need a look today. They can be a "
            "sign of infection."
        ),
        clinic_text="Which companion sign it was; site, size, products, temperature",
        claims=("S11", "S12"),
        sources=("GEIZHALS", "WU-EH"),
        find=ln_plus,
    ),
    Rule(
        id="LN-ATYP",
        name="Gland that needs a doctor",
        trigger=(
            "LNnew and (`collarbone` in sites, or hard_or_fixed, or size = `gt_2cm`)"
        ),
        levels=(Level.PROMPT,),
        patient_text="Please also see your own doctor about this gland.",
        clinic_text="Refer; not only aftercare",
        claims=("S10",),
        sources=("AAFP", "AAO-HNS"),
        find=ln_atyp,
    ),
    Rule(
        id="LN-PERSIST",
        name="Gland lasting two weeks",
        trigger=(
            "there is a logged day s <= d - LN_PERSIST such that every logged day from s "
            "to d has LNnew (no gap limit)"
        ),
        levels=(Level.PROMPT,),
        patient_text="Please see your own doctor: this gland has been there for long.",
        clinic_text="Days present",
        claims=("S10",),
        sources=("AAFP", "NHS-GLANDS"),
        find=ln_persist,
    ),
)

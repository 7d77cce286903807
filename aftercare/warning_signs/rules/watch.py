"""Kept on the timeline only: known glands, a little more than expected, slips."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.expected import ceiling
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.rules.lymph_nodes import swollen_glands
from aftercare.warning_signs.vocabulary import AftercareLapse, Discharge, Level
from aftercare.warning_signs.wording import listed

SEVERITIES = {
    "redness": "redness or darker skin",
    "swelling": "swelling",
    "itch": "itch",
    "peeling": "peeling",
    "bruising": "bruising",
}
FLUIDS = {Discharge.CLEAR: "clear fluid", Discharge.BLOOD_SPOTS: "spots of blood"}
SLIPS = {
    AftercareLapse.DIRECT_SUN: "direct sun",
    AftercareLapse.IRRITANT_PRODUCT: "a perfumed or active product",
    AftercareLapse.MAKE_UP_EARLY: "make-up in the first 24 hours",
    AftercareLapse.HEAT_OR_SWEAT: "heat, sauna or hard exercise",
    AftercareLapse.PICKED_SKIN: "picking, scratching or peeling",
    AftercareLapse.NOT_CLEANED: "skin not cleaned",
    AftercareLapse.NOT_MOISTURISED: "skin not moisturised",
    AftercareLapse.UNAPPROVED_PRODUCT: "a product that the clinic did not give",
}


def ln_known(case: Case) -> Iterator[Finding]:
    """Glands known from before the treatment and unchanged."""
    if case.today.nodes and not case.eff.new_node:
        reason = f"{swollen_glands(case.today)}, as before the treatment,"
        yield case.found(Level.WATCH, reason, "lymph_nodes")


def above_expected(case: Case) -> Iterator[Finding]:
    """Any value above what is expected on this day."""
    values = values_above(case)
    if values:
        reason = f"More than expected: {listed(values.values())}"
        yield case.found(Level.WATCH, reason, *values)


def values_above(case: Case) -> dict[str, str]:
    """Which values are above the ceilings, and by how much: items and words."""
    top, eff, today = ceiling(case.recovery_class, case.day), case.eff, case.today
    above = {}
    for item, words in SEVERITIES.items():
        value, most = getattr(eff, item), getattr(top, item)
        if value > most:
            above[item] = f"{value} {words} (expected at most: {most})"
    if eff.pain > top.pain:
        above["pain"] = f"pain of {eff.pain} out of 10 (expected at most: {top.pain})"
    fluids = [
        words
        for fluid, words in FLUIDS.items()
        if fluid in today.discharge - top.discharge
    ]
    if fluids:
        above["discharge"] = listed(fluids)
    if today.hot_skin and case.day >= case.parameters.hot_above_day:
        above["hot_skin"] = "hot skin"
    return above


def aftercare(case: Case) -> Iterator[Finding]:
    """Aftercare that slipped; never a reproach."""
    slips = [
        words for slip, words in SLIPS.items() if slip in case.today.aftercare_lapses
    ]
    if slips:
        reason = f"Aftercare slip, {listed(slips)},"
        yield case.found(Level.WATCH, reason, "aftercare_lapses")


RULES = (
    Rule(
        id="LN-KNOWN",
        name="Known gland, unchanged",
        trigger="node present but not new",
        levels=(Level.WATCH,),
        patient_text=(
            "You told us about this lump before the treatment. Tell us if it changes."
        ),
        clinic_text="Baseline and today side by side",
        claims=("S07",),
        find=ln_known,
    ),
    Rule(
        id="ABOVE-EXPECTED",
        name="Above the usual course",
        trigger=(
            "any of Re, Se, Pe, Ie, eff(peeling), eff(bruising) above the ceiling of the "
            "day; or `clear` or `blood_spots` outside the allowed list; or hot_skin with "
            "d >= HOT_ABOVE_DAY"
        ),
        levels=(Level.WATCH,),
        patient_text="This is a little more than usual. Keep logging.",
        clinic_text="Which value, by how much",
        claims=("S05",),
        sources=("section 8",),
        find=above_expected,
    ),
    Rule(
        id="AFTERCARE",
        name="Aftercare slip",
        trigger="aftercare_lapses not empty",
        levels=(Level.WATCH,),
        patient_text="Look at today's aftercare list for what helps now.",
        clinic_text="List of slips",
        claims=("S24", "S25", "S26", "S27", "S28"),
        find=aftercare,
    ),
)

"""Pus, pus spots, weeping and late bleeding."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import Discharge, Level, Pustules
from aftercare.warning_signs.wording import count_of_days


def pus(case: Case) -> Iterator[Finding]:
    """Pus is never usual."""
    if has_pus(case):
        reason = "Pus: thick or cloudy fluid, or a bad smell,"
        yield case.found(Level.URGENT, reason, "discharge")


def pustules(case: Case) -> Iterator[Finding]:
    """Pus spots: many, or there for days, unless they were there before."""
    spots = case.today.pustules
    if spots is Pustules.NONE:
        return
    reason = f"Pus spots, {spots.label},"
    span = chain_span(case)
    if has_many_new(case):
        yield case.found(Level.PROMPT, reason, "pustules")
    elif span >= case.parameters.pustule_span and not case.eff.known_pustules:
        since = f"{count_of_days(span)} after the first,"
        yield case.found(Level.PROMPT, f"{reason} {since}", "pustules")
    else:
        yield case.found(Level.WATCH, reason, "pustules")


def ooze(case: Case) -> Iterator[Finding]:
    """Clear fluid when the skin should be dry."""
    if Discharge.CLEAR in case.today.discharge and case.day >= case.parameters.ooze_day:
        yield case.found(Level.PROMPT, "Skin still weeping clear fluid", "discharge")


def bleed_late(case: Case) -> Iterator[Finding]:
    """Spots of blood after the first days."""
    if (
        Discharge.BLOOD_SPOTS in case.today.discharge
        and case.day >= case.parameters.bleed_day
    ):
        yield case.found(Level.WATCH, "Spots of blood", "discharge")


def has_pus(case: Case) -> bool:
    return Discharge.PUS in case.today.discharge


def has_many_new(case: Case) -> bool:
    """Many pus spots, more than there were before the treatment."""
    return case.today.pustules is Pustules.MANY and not case.eff.known_pustules


def chain_span(case: Case) -> int:
    """Days from the first to today in the unbroken chain; 0 if it is too short."""
    chain = [case.today]
    for day in reversed(case.earlier_with("pustules")):
        if day.pustules is Pustules.NONE:
            break
        chain.append(day)
    long_enough = len(chain) >= case.parameters.pustule_chain
    return case.day - chain[-1].day if long_enough else 0


RULES = (
    Rule(
        id="PUS",
        name="Pus",
        trigger="`pus` in discharge",
        levels=(Level.URGENT,),
        patient_text="Keep it clean and do not squeeze. It can be a sign of infection.",
        clinic_text="Amount, site, temperature; culture before antibiotics if possible",
        claims=("S19",),
        sources=("NHSN", "ASEPSIS"),
        find=pus,
    ),
    Rule(
        id="PUSTULES",
        name="Pus spots",
        trigger=(
            "`many` and not baseline-known: PROMPT. Any pustules: WATCH. Not "
            "baseline-known, and an unbroken chain of at least PUSTULE_CHAIN logged days "
            "ending today all have pustules, and today - the chain's first day >= "
            "PUSTULE_SPAN: PROMPT (no gap limit)"
        ),
        levels=(Level.WATCH, Level.PROMPT),
        patient_text="Do not squeeze. Keep it clean. No make-up on the spots.",
        clinic_text="Number by day, acne history",
        claims=("S14", "S19"),
        sources=("BERLINER",),
        find=pustules,
    ),
    Rule(
        id="OOZE",
        name="Still weeping",
        trigger="`clear` in discharge and d >= OOZE_DAY",
        levels=(Level.PROMPT,),
        patient_text="The skin should be dry by now. Keep it clean.",
        clinic_text="Days of ooze, colour, products",
        claims=("S05", "S19"),
        sources=("ASEPSIS",),
        find=ooze,
    ),
    Rule(
        id="BLEED-LATE",
        name="Late bleeding",
        trigger="`blood_spots` and d >= BLEED_DAY",
        levels=(Level.WATCH,),
        patient_text="Press gently and do not pick.",
        clinic_text="Blood thinners, picking",
        claims=("S04",),
        sources=("SKINPEN-SITES",),
        find=bleed_late,
    ),
)

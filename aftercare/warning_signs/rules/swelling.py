"""Swelling that is severe, stays or grows."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.day_facts import DayFacts
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import Level, Severity


def swell_severe(case: Case) -> Iterator[Finding]:
    """Severe swelling; in the first days it may be usual."""
    if case.today.swelling is Severity.SEVERE:
        level = Level.URGENT if is_severe_late(case) else Level.WATCH
        yield case.found(level, "Severe swelling", "swelling")


def swell_persist(case: Case) -> Iterator[Finding]:
    """Moderate swelling past its window."""
    if persists(case):
        reason = f"{case.eff.swelling.label} swelling, past its time,"
        yield case.found(Level.URGENT, reason, "swelling")


def swell_late(case: Case) -> Iterator[Finding]:
    """Mild swelling past its window, once or twice in a row."""
    if not is_late(case, case.today):
        return
    last = case.last_in_a_row("swelling")
    if last and is_late(case, last):
        yield case.found(Level.PROMPT, "Mild swelling that stays", "swelling")
    else:
        yield case.found(Level.WATCH, "Mild swelling, past its time,", "swelling")


def swell_rise(case: Case) -> Iterator[Finding]:
    """Swelling that grows when it should go down."""
    if rises(case):
        reason = f"Swelling grown since the log before, now {case.today.swelling},"
        yield case.found(Level.PROMPT, reason, "swelling")


def is_severe_late(case: Case) -> bool:
    """SWELL-SEVERE at URGENT."""
    return (
        case.today.swelling is Severity.SEVERE
        and case.day > case.window.swell_severe_until
    )


def persists(case: Case) -> bool:
    return (
        case.eff.swelling >= Severity.MODERATE
        and case.day > case.window.swell_mod_until
    )


def is_late(case: Case, day: DayFacts) -> bool:
    """Mild swelling after its window, on today or an earlier day."""
    mild = case.excess_of(day).swelling is Severity.MILD
    return mild and day.day > case.window.swell_mild_until


def rises(case: Case) -> bool:
    swelling = case.today.swelling
    if case.day < case.parameters.swell_rise_day or swelling < Severity.MODERATE:
        return False
    last = case.last("swelling")
    return last is not None and last.swelling < swelling


RULES = (
    Rule(
        id="SWELL-SEVERE",
        name="Severe swelling",
        trigger="S = severe: URGENT if d > SWELL_SEVERE_UNTIL, else WATCH",
        levels=(Level.WATCH, Level.URGENT),
        patient_text="Swelling this strong should be going down by now.",
        clinic_text="Site, day, hives or itch, eye involvement",
        claims=("S02", "S17"),
        sources=("RF-SUM",),
        find=swell_severe,
        other_texts={
            Level.WATCH: (
                "Use cool packs, sleep with your head raised and log again tonight."
            )
        },
    ),
    Rule(
        id="SWELL-PERSIST",
        name="Persistent swelling",
        trigger="Se >= moderate and d > SWELL_MOD_UNTIL",
        levels=(Level.URGENT,),
        patient_text="Swelling that stays needs checking today.",
        clinic_text="Days past the window, side, other signs",
        claims=("S17",),
        find=swell_persist,
    ),
    Rule(
        id="SWELL-LATE",
        name="Mild swelling that stays",
        trigger=(
            "Se = mild and d > SWELL_MILD_UNTIL: PROMPT if `last` is in a row "
            "(CONSEC_GAP_DAYS) and the same was true on `last`, else WATCH"
        ),
        levels=(Level.WATCH, Level.PROMPT),
        patient_text="A little swelling is left for longer than usual.",
        clinic_text="Days past the window",
        claims=("S17",),
        sources=("CHU",),
        find=swell_late,
    ),
    Rule(
        id="SWELL-RISE",
        name="Swelling getting worse",
        trigger=(
            "d >= SWELL_RISE_DAY, S >= moderate, `last` exists and its swelling is less"
        ),
        levels=(Level.PROMPT,),
        patient_text="Swelling should be going down by now.",
        clinic_text="Swelling by day",
        claims=("S17",),
        find=swell_rise,
    ),
)

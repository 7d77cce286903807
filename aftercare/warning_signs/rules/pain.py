"""Pain that is severe, stays, comes back or lingers."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import Level
from aftercare.warning_signs.wording import listed


def pain_severe(case: Case) -> Iterator[Finding]:
    """Severe pain; WATCH if it was as severe before the treatment."""
    if is_severe(case):
        reason = f"Pain of {case.today.pain} out of 10"
        if case.eff.known_pain:
            reason += ", as before the treatment,"
        level = Level.WATCH if case.eff.known_pain else Level.URGENT
        yield case.found(level, reason, "pain")


def pain_persist(case: Case) -> Iterator[Finding]:
    """Moderate pain past its window."""
    if persists(case):
        until = case.window.pain_mod_until
        reason = f"Pain of {case.eff.pain} out of 10, past day {until},"
        yield case.found(Level.PROMPT, reason, "pain")


def pain_rise(case: Case) -> Iterator[Finding]:
    """Pain that has come back or is climbing."""
    if rises(case):
        lowest = min(earlier_pain(case))
        reason = f"Pain risen to {case.today.pain} out of 10, from {lowest},"
        yield case.found(Level.PROMPT, reason, "pain")


def pain_linger(case: Case) -> Iterator[Finding]:
    """Low pain on day after day past its window."""
    p = case.parameters
    if case.eff.pain < p.pain_linger_min:
        return
    days = case.in_a_row("pain", p.pain_linger_days)
    scores = [case.excess_of(day).pain for day in days]
    if (
        days
        and min(scores) >= p.pain_linger_min
        and days[0].day > case.window.pain_mild_until
    ):
        reason = f"Pain that stays, {listed(str(score) for score in scores)} out of 10,"
        yield case.found(Level.PROMPT, reason, "pain")


def is_severe(case: Case) -> bool:
    return case.today.pain >= case.parameters.pain_severe


def persists(case: Case) -> bool:
    return (
        case.eff.pain >= case.parameters.pain_persist_min
        and case.day > case.window.pain_mod_until
    )


def rises(case: Case) -> bool:
    p, pain = case.parameters, case.today.pain
    minimum = p.pain_rise_min_high_risk if case.is_high_risk else p.pain_rise_min
    if case.day < p.pain_rise_day or pain < minimum:
        return False
    before = earlier_pain(case)
    return bool(before) and pain - min(before) >= p.pain_rise


def earlier_pain(case: Case) -> list[int]:
    days = case.earlier_with("pain", since=case.parameters.pain_rise_from)
    return [day.pain for day in days]


RULES = (
    Rule(
        id="PAIN-SEVERE",
        name="Severe pain",
        trigger=(
            "pain >= PAIN_SEVERE, unless baseline pain >= PAIN_SEVERE and today <= "
            "baseline (then WATCH)"
        ),
        levels=(Level.WATCH, Level.URGENT),
        patient_text="Severe pain is never part of usual healing.",
        clinic_text="Pain curve",
        claims=("S18",),
        sources=("NRS",),
        find=pain_severe,
        other_texts={
            Level.WATCH: "The pain is as before the treatment. Call us if it gets worse."
        },
    ),
    Rule(
        id="PAIN-PERSIST",
        name="Pain that stays",
        trigger="Pe >= PAIN_PERSIST_MIN and d > PAIN_MOD_UNTIL",
        levels=(Level.PROMPT,),
        patient_text="We would like to check why this still hurts.",
        clinic_text="Pain curve, days past the window, medicines",
        claims=("S18",),
        sources=("CHU",),
        find=pain_persist,
    ),
    Rule(
        id="PAIN-RISE",
        name="Pain coming back or climbing",
        trigger=(
            "d >= PAIN_RISE_DAY, pain >= PAIN_RISE_MIN (PAIN_RISE_MIN_HIGH_RISK when "
            "HIGH_RISK), earlier days from PAIN_RISE_FROM not empty, pain - their lowest "
            "pain >= PAIN_RISE"
        ),
        levels=(Level.PROMPT,),
        patient_text="Pain that comes back should be looked at.",
        clinic_text="Pain curve, days of improvement",
        claims=("S29",),
        sources=("NRS",),
        find=pain_rise,
    ),
    Rule(
        id="PAIN-LINGER",
        name="Low pain that does not go away",
        trigger=(
            "Pe >= PAIN_LINGER_MIN on PAIN_LINGER_DAYS logged days ending today, all in "
            "a row (CONSEC_GAP_DAYS), all with day > PAIN_MILD_UNTIL"
        ),
        levels=(Level.PROMPT,),
        patient_text="This has gone on for longer than usual.",
        clinic_text="Pain curve, days past the window",
        claims=("S05",),
        sources=("CHU",),
        find=pain_linger,
    ),
)

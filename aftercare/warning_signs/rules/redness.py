"""Redness, or darker skin, that stays, grows or spreads."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import Level, OverallChange, Severity
from aftercare.warning_signs.wording import capital, listed


def red_persist(case: Case) -> Iterator[Finding]:
    """Severe or moderate redness past its window."""
    if persists(case):
        reason = f"{case.eff.redness.label} redness or darker skin, past its time,"
        yield case.found(Level.PROMPT, reason, "redness")


def red_late(case: Case) -> Iterator[Finding]:
    """Faint redness past its window, for weeks."""
    if case.eff.redness is Severity.MILD and case.day > case.window.red_mild_until:
        late = case.day >= case.parameters.red_late_prompt
        yield case.found(
            Level.PROMPT if late else Level.WATCH,
            "Faint redness or slightly darker skin that stays,",
            "redness",
        )


def red_rise(case: Case) -> Iterator[Finding]:
    """Redness that grows when it should fade."""
    if not rises(case):
        return
    redness = case.today.redness
    worse = case.today.overall_change is OverallChange.WORSE
    twice = rose_on_last(case)
    prompt = redness is Severity.SEVERE or worse or twice
    reason = f"Redness or darker skin grown again, now {redness},"
    if twice:
        reason = f"Redness or darker skin still growing, now {redness},"
    items = ("redness", "overall_change") if worse else ("redness",)
    yield case.found(Level.PROMPT if prompt else Level.WATCH, reason, *items)


def red_spread(case: Case) -> Iterator[Finding]:
    """Red streaks, or redness that spreads."""
    today = case.today
    signs = {}
    if today.red_streaks:
        signs["red_streaks"] = "red or dark lines running away from the area"
    if today.redness_spreading:
        signs["redness_spreading"] = "redness or darker skin that is spreading"
    if signs:
        late = case.day >= case.parameters.red_spread_urgent_day
        level = Level.URGENT if today.red_streaks or late else Level.PROMPT
        yield case.found(level, capital(listed(signs.values())), *signs)


def persists(case: Case) -> bool:
    redness, window, day = case.eff.redness, case.window, case.day
    return (redness is Severity.SEVERE and day > window.red_severe_until) or (
        redness >= Severity.MODERATE and day > window.red_mod_until
    )


def rises(case: Case) -> bool:
    """The trigger of RED-RISE; redness of the first days is no yardstick."""
    p = case.parameters
    if case.day < p.red_rise_day or case.eff.redness < Severity.MODERATE:
        return False
    before = [
        day.redness for day in case.earlier_with("redness", since=p.red_rise_from)
    ]
    return bool(before) and case.today.redness > min(before)


def rose_on_last(case: Case) -> bool:
    """Whether the same was true on the logged day before, with its own history."""
    last = case.last_in_a_row("redness")
    return last is not None and rises(case.seen_from(last))


RULES = (
    Rule(
        id="RED-PERSIST",
        name="Redness past its time",
        trigger=(
            "(Re = severe and d > RED_SEVERE_UNTIL) or (Re >= moderate and d > "
            "RED_MOD_UNTIL)"
        ),
        levels=(Level.PROMPT,),
        patient_text="Please describe or show us the redness or darker skin.",
        clinic_text="Days past the window, photo",
        claims=("S01", "S05"),
        sources=("CHU",),
        find=red_persist,
    ),
    Rule(
        id="RED-LATE",
        name="Faint redness for weeks",
        trigger=(
            "Re = mild and d > RED_MILD_UNTIL: PROMPT if d >= RED_LATE_PROMPT, else WATCH"
        ),
        levels=(Level.WATCH, Level.PROMPT),
        patient_text=(
            "Faint redness or darker skin can take weeks. Moisturise, protect it from "
            "the sun and keep logging."
        ),
        clinic_text="Weeks of faint redness, skin type, products",
        claims=("S05",),
        sources=("CHU",),
        find=red_late,
    ),
    Rule(
        id="RED-RISE",
        name="Redness getting worse",
        trigger=(
            "d >= RED_RISE_DAY, R >= moderate, Re >= moderate, earlier days from "
            "RED_RISE_FROM not empty, R > their lowest redness. PROMPT if R = severe, or "
            "overall_change = worse, or `last` is in a row (CONSEC_GAP_DAYS) and the same "
            "was true on `last` with its own history; else WATCH"
        ),
        levels=(Level.WATCH, Level.PROMPT),
        patient_text=(
            "Redness or darker skin should be fading by now. Avoid heat and new products "
            "and log again tomorrow."
        ),
        clinic_text="Redness by day, possible trigger (sport, sun, product)",
        claims=("S29",),
        sources=("SKINPEN",),
        find=red_rise,
    ),
    Rule(
        id="RED-SPREAD",
        name="Spreading redness",
        trigger=(
            "red_streaks: URGENT. redness_spreading: URGENT if d >= "
            "RED_SPREAD_URGENT_DAY, else PROMPT"
        ),
        levels=(Level.PROMPT, Level.URGENT),
        patient_text="Draw round the edge with a pen, so that you see if it moves.",
        clinic_text="Direction, photo, temperature",
        claims=("S19",),
        sources=("NHS-CELL", "NICE-CELL"),
        find=red_spread,
    ),
)

"""Fever, and a temperature that is too low."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.day_facts import DayFacts
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import (
    Discharge,
    FeverState,
    Level,
    Severity,
)
from aftercare.warning_signs.wording import capital, celsius, listed


def fever(case: Case) -> Iterator[Finding]:
    """Fever, measured or suspected."""
    if case.today.fever in (FeverState.CONFIRMED, FeverState.SUSPECTED):
        items, words = zip(*fever_signs(case.today), strict=True)
        yield case.found(Level.URGENT, capital(listed(words)), *items)


def fever_low(case: Case) -> Iterator[Finding]:
    """A slightly raised temperature, once or twice in a row."""
    if case.today.fever is not FeverState.LOW:
        return
    last = case.last_in_a_row("fever")
    items, words = zip(*fever_signs(case.today), strict=True)
    reason = capital(listed(words))
    if last and last.fever is FeverState.LOW:
        yield case.found(Level.PROMPT, f"{reason}, as in the log before,", *items)
    else:
        yield case.found(Level.WATCH, reason, *items)


def temp_low(case: Case) -> Iterator[Finding]:
    """A low reading together with illness: sepsis can be cold."""
    today, lowest = case.today, case.today.lowest_c
    if lowest is None or lowest > case.parameters.temp_low:
        return
    companions = {
        "fatigue": ("tiredness", today.fatigue >= Severity.MODERATE),
        "discharge": ("pus", Discharge.PUS in today.discharge),
        "redness_spreading": (
            "spreading redness or darker skin",
            today.redness_spreading,
        ),
    }
    there = {item: words for item, (words, is_so) in companions.items() if is_so}
    if there:
        reason = f"Low temperature of {celsius(lowest)} with {listed(there.values())}"
        yield case.found(Level.URGENT, reason, "temperature_c", *there)


def fever_signs(today: DayFacts) -> list[tuple[str, str]]:
    """What of the temperature answers speaks for a fever: items and words."""
    signs = []
    if today.highest_c is not None:
        signs.append(("temperature_c", f"a temperature of {celsius(today.highest_c)}"))
    if today.feels_feverish:
        signs.append(("feels_feverish", "feeling shivery or hot all over"))
    if today.fever_medicine:
        signs.append(("fever_medicine_8h", "medicine that may hide a fever"))
    return signs


RULES = (
    Rule(
        id="FEVER",
        name="Fever",
        trigger=(
            "F is confirmed (reading >= FEVER) or suspected (reading >= FEVER_LOW with "
            "fever medicine, or feeling feverish without a reading or with fever "
            "medicine)"
        ),
        levels=(Level.URGENT,),
        patient_text=(
            "Take your temperature now and again in four hours. Write down any medicine "
            "you take. If your immune system is weakened and you have a specialist's "
            "number, use it."
        ),
        clinic_text="Reading, medicine, other signs",
        claims=("S11", "S19"),
        sources=("NHS-FEVER", "NHSI-FEVER"),
        find=fever,
    ),
    Rule(
        id="FEVER-LOW",
        name="Slightly raised temperature",
        trigger=(
            "F is low (any other reading >= FEVER_LOW, or feeling feverish): PROMPT if "
            "`last` is in a row (CONSEC_GAP_DAYS) and its F is low, else WATCH"
        ),
        levels=(Level.WATCH, Level.PROMPT),
        patient_text="Take your temperature again in the morning. Then log again.",
        clinic_text="Trend of the readings",
        claims=("S19",),
        sources=("NHS-FEVER",),
        find=fever_low,
    ),
    Rule(
        id="TEMP-LOW",
        name="Low temperature with illness",
        trigger=(
            "lowest reading of the day <= TEMP_LOW and (fatigue >= moderate, or pus, or "
            "redness_spreading)"
        ),
        levels=(Level.URGENT,),
        patient_text="A low temperature matters when you feel ill.",
        clinic_text="Reading, fatigue, infection signs; sepsis can be cold",
        claims=("S14",),
        sources=("NICE-SEPSIS",),
        find=temp_low,
    ),
)

"""Lumps, patches, marks, peeling and bruises: effects that come or stay late."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import (
    Bump,
    ColourChange,
    Level,
    Scar,
    Severity,
)
from aftercare.warning_signs.wording import capital, listed

PIGMENT = {ColourChange.DARKER: "darker", ColourChange.LIGHTER: "lighter"}


def lumps(case: Case) -> Iterator[Finding]:
    """New firm lumps."""
    if Bump.FIRM_LUMPS in case.eff.bumps:
        level = prompt_from(case.parameters.lump_day, case)
        yield case.found(level, "New firm lumps", "bumps")


def skin_damage(case: Case) -> Iterator[Finding]:
    """A burn or dying skin, known or not."""
    if ColourChange.GREY_WHITE_BLACK in case.today.colour_change:
        reason = "A grey, white or black patch bigger than a fingernail"
        yield case.found(Level.URGENT, reason, "colour_change")


def nerve(case: Case) -> Iterator[Finding]:
    """A numb patch after the numbing cream has worn off."""
    if case.today.numb_patch:
        level = prompt_from(case.parameters.nerve_day, case)
        yield case.found(level, "A numb patch of skin", "numb_patch")


def pigment(case: Case) -> Iterator[Finding]:
    """New darker or lighter skin."""
    changes = [
        words for change, words in PIGMENT.items() if change in case.eff.colour_change
    ]
    if changes:
        level = prompt_from(case.parameters.pigment_day, case)
        reason = f"Skin newly {listed(changes)} since the treatment"
        yield case.found(level, reason, "colour_change")


def scar(case: Case) -> Iterator[Finding]:
    """New lines, or raised or sunken marks; the worse of both."""
    p = case.parameters
    marks = []
    if Scar.LINES in case.eff.scar:
        level = prompt_from(p.scar_lines_day, case)
        marks.append((level, "lines or dots in rows"))
    if Scar.RAISED_OR_SUNKEN in case.eff.scar:
        level = prompt_from(p.scar_raised_day, case)
        marks.append((level, "a raised or sunken mark"))
    if marks:
        reason = f"New marks, {listed(words for _, words in marks)},"
        yield case.found(max(level for level, _ in marks), reason, "scar")


def peel(case: Case) -> Iterator[Finding]:
    """Severe peeling past its time."""
    if case.eff.peeling is Severity.SEVERE and case.day >= case.window.peel_day:
        yield case.found(Level.PROMPT, "Severe peeling, past its time,", "peeling")


def bruise(case: Case) -> Iterator[Finding]:
    """A bruise that does not fade."""
    p, bruising = case.parameters, case.today.bruising
    late = bruising >= Severity.MILD and case.day >= p.bruise_day
    severe = bruising is Severity.SEVERE and case.day >= p.bruise_severe_day
    if late or severe:
        reason = f"{capital(bruising)} bruising that has not faded"
        yield case.found(Level.PROMPT, reason, "bruising")


def prompt_from(day: int, case: Case) -> Level:
    """PROMPT from a day on, WATCH before."""
    return Level.PROMPT if case.day >= day else Level.WATCH


RULES = (
    Rule(
        id="LUMPS",
        name="Firm lumps",
        trigger="`firm_lumps` (not in baseline): PROMPT if d >= LUMP_DAY, else WATCH",
        levels=(Level.WATCH, Level.PROMPT),
        patient_text="Do not massage or squeeze them.",
        clinic_text=(
            "Day first felt, number, tenderness; think of granuloma or atypical "
            "mycobacteria (culture, biopsy)"
        ),
        claims=("S14",),
        sources=("NTM-ZENG", "FRIEDMANN"),
        find=lumps,
    ),
    Rule(
        id="SKIN-DAMAGE",
        name="Grey, white or black patch",
        trigger="`grey_white_black` in colour_change",
        levels=(Level.URGENT,),
        patient_text="Do not put anything on it.",
        clinic_text="Burn or necrosis; device, settings, products",
        claims=("S15",),
        sources=("RF-BURN", "EXO-NEC"),
        find=skin_damage,
    ),
    Rule(
        id="NERVE",
        name="Numb patch",
        trigger="numb_patch: PROMPT if d >= NERVE_DAY, else WATCH",
        levels=(Level.WATCH, Level.PROMPT),
        patient_text="Tell us if it spreads.",
        clinic_text="Area, device, depth; ask for face movement",
        sources=("FDA-RF",),
        find=nerve,
    ),
    Rule(
        id="PIGMENT",
        name="Pigment change",
        trigger="new `darker` or `lighter`: PROMPT if d >= PIGMENT_DAY, else WATCH",
        levels=(Level.WATCH, Level.PROMPT),
        patient_text="Protect it from the sun. No bleaching products.",
        clinic_text="Skin type, day first seen, photo",
        claims=("S16",),
        sources=("CHU", "RF-31"),
        find=pigment,
    ),
    Rule(
        id="SCAR",
        name="New marks",
        trigger=(
            "new `lines`: PROMPT if d >= SCAR_LINES_DAY, else WATCH; new "
            "`raised_or_sunken`: PROMPT if d >= SCAR_RAISED_DAY, else WATCH"
        ),
        levels=(Level.WATCH, Level.PROMPT),
        patient_text="Do not pick or rub.",
        clinic_text="Pattern, depth, technique, keloid history",
        claims=("S15",),
        sources=("CHU", "RF-SUM"),
        find=scar,
    ),
    Rule(
        id="PEEL",
        name="Peeling that will not stop",
        trigger="eff(peeling) = severe and d >= PEEL_DAY",
        levels=(Level.PROMPT,),
        patient_text="Only plain moisturiser, no scrubs.",
        clinic_text="Products, days past the window",
        claims=("S04", "S05"),
        find=peel,
    ),
    Rule(
        id="BRUISE",
        name="Bruise that will not fade",
        trigger=(
            "bruising >= mild and d >= BRUISE_DAY, or severe and d >= BRUISE_SEVERE_DAY"
        ),
        levels=(Level.PROMPT,),
        patient_text="Bruises usually fade in two weeks.",
        clinic_text="Blood thinners, size",
        claims=("S05",),
        sources=("SKINPEN-SITES",),
        find=bruise,
    ),
)

"""Hives, swelling and rashes of an allergy, on the skin and beyond it."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.rules.fever import fever_signs
from aftercare.warning_signs.vocabulary import (
    Bump,
    FeverState,
    Hives,
    Level,
    Severity,
    SwellingSite,
)
from aftercare.warning_signs.wording import capital, listed

TELLING_SITES = {
    SwellingSite.EYELIDS: "the eyelids",
    SwellingSite.BEYOND_TREATED_AREA: "skin that was not treated",
}


def hives(case: Case) -> Iterator[Finding]:
    """Weals: on treated skin, or elsewhere too."""
    if case.today.hives is Hives.LOCAL:
        yield case.found(Level.PROMPT, "Hives on treated skin", "hives")
    elif case.today.hives is Hives.WIDESPREAD:
        yield case.found(Level.URGENT, "Hives in other places too", "hives")


def angio(case: Case) -> Iterator[Finding]:
    """Swelling of an allergy: where it is tells, and what comes with it."""
    today, itch = case.today, case.eff.itch
    sites = [
        words for site, words in TELLING_SITES.items() if site in today.swelling_sites
    ]
    moderate_there = bool(sites) and today.swelling >= Severity.MODERATE
    urgent = (
        (bool(sites) and today.swelling >= Severity.MILD and today.hives > Hives.NONE)
        or (moderate_there and today.itch is Severity.SEVERE)
        or (today.swelling is Severity.SEVERE and itch >= Severity.MODERATE)
    )
    if urgent or (moderate_there and itch >= Severity.MODERATE):
        where = f" of {listed(sites)}" if sites else ""
        signs = {
            "hives": ("hives", today.hives > Hives.NONE),
            "itch": (f"{today.itch} itch", today.itch > Severity.NONE),
        }
        there = {item: words for item, (words, is_so) in signs.items() if is_so}
        reason = f"{today.swelling.label} swelling{where} with {listed(there.values())}"
        level = Level.URGENT if urgent else Level.PROMPT
        yield case.found(level, reason, "swelling", "swelling_sites", *there)


def derm(case: Case) -> Iterator[Finding]:
    """Contact or allergic skin reaction."""
    signs = reaction_signs(case)
    if signs:
        reason = capital(listed(signs.values()))
        yield case.found(Level.PROMPT, reason, *signs)


def rash_early(case: Case) -> Iterator[Finding]:
    """A rash that is not yet a reaction."""
    if Bump.RASH in case.eff.bumps and not reaction_signs(case):
        yield case.found(Level.WATCH, "New rash or small bumps", "bumps")


def reaction_signs(case: Case) -> dict[str, str]:
    """The signs that make DERM true: items and words."""
    p, itch = case.parameters, case.eff.itch
    new_rash = Bump.RASH in case.eff.bumps
    itchy = case.today.itch >= Severity.MODERATE
    late_itch = itch >= Severity.MODERATE and case.day >= case.window.itch_late_day
    signs = {}
    if new_rash and (itchy or case.day >= p.rash_day):
        signs["bumps"] = "a new rash, or red or dark bumps"
    if itch is Severity.SEVERE or late_itch or (signs and itchy):
        signs["itch"] = f"{case.today.itch} itch"
    return signs


def systemic(case: Case) -> Iterator[Finding]:
    """A reaction beyond the skin, alone or with other signs."""
    today = case.today
    signs = {}
    if today.joint_pain:
        signs["joint_pain"] = "new aching joints"
    if today.rash_elsewhere:
        signs["rash_elsewhere"] = "a rash or tender lumps on skin that was not treated"
    if not signs:
        return
    companions = systemic_companions(case)
    reason = capital(listed(signs.values()))
    if companions:
        reason += f", with {listed(companions.values())},"
    level = Level.URGENT if companions else Level.PROMPT
    yield case.found(level, reason, *signs, *companions)


def systemic_companions(case: Case) -> dict[str, str]:
    """What beside a reaction beyond the skin makes it URGENT: items and words."""
    today = case.today
    there = {}
    if case.eff.bumps:
        there["bumps"] = "new bumps"
    if today.itch >= Severity.MODERATE:
        there["itch"] = f"{today.itch} itch"
    if today.redness >= Severity.MODERATE:
        there["redness"] = f"{today.redness} redness or darker skin"
    if today.swelling >= Severity.MODERATE:
        there["swelling"] = f"{today.swelling} swelling"
    if today.fever is not FeverState.NONE:
        there |= dict(fever_signs(today))
    return there


RULES = (
    Rule(
        id="HIVES",
        name="Hives",
        trigger="hives local: PROMPT; widespread: URGENT",
        levels=(Level.PROMPT, Level.URGENT),
        patient_text="Stop all new products. Read the list of emergency signs.",
        clinic_text="Product list, timing; ask for airway signs",
        claims=("S21",),
        sources=("NHS-ANA",),
        find=hives,
    ),
    Rule(
        id="ANGIO",
        name="Allergic facial swelling",
        trigger=(
            "URGENT if any of: `eyelids` or `beyond_treated_area` in sites with S >= "
            "mild and hives != none; those sites with S >= moderate and itch = severe; "
            "S = severe and Ie >= moderate. PROMPT if those sites with S >= moderate and "
            "Ie >= moderate"
        ),
        levels=(Level.PROMPT, Level.URGENT),
        patient_text=(
            "Stop all new products. Call the emergency number if your mouth, tongue or "
            "breathing changes."
        ),
        clinic_text="Products, timing, eyelids or face, itch",
        claims=("S21",),
        sources=("NHS-ANA", "SOLTANI"),
        find=angio,
    ),
    Rule(
        id="DERM",
        name="Contact or allergic skin reaction",
        trigger=(
            "Ie = severe; or `rash` (not in baseline) with (itch >= moderate or d >= "
            "RASH_DAY); or Ie >= moderate and d >= ITCH_LATE_DAY"
        ),
        levels=(Level.PROMPT,),
        patient_text="Use only the plain moisturiser. Stop all else.",
        clinic_text="Product list, start day, photo",
        claims=("S21",),
        sources=("SOLTANI", "FRIEDMANN", "ARNICA"),
        find=derm,
    ),
    Rule(
        id="RASH-EARLY",
        name="Early bumps",
        trigger="`rash` (not in baseline) present but DERM false",
        levels=(Level.WATCH,),
        patient_text="Small bumps can be part of the first days. Do not scratch.",
        clinic_text="Day, products",
        claims=("S21",),
        sources=("CHU",),
        find=rash_early,
    ),
    Rule(
        id="SYSTEMIC",
        name="Reaction beyond the skin",
        trigger=(
            "`joint_pain` or `rash_elsewhere`: URGENT if any of (new `bumps`, itch >= "
            "moderate, R >= moderate, S >= moderate, F != none), else PROMPT"
        ),
        levels=(Level.PROMPT, Level.URGENT),
        patient_text="We want to talk to you about this.",
        clinic_text=(
            "Hypersensitivity, immune flare, acute viral infection including HIV; "
            "products, sterility"
        ),
        claims=("S13", "S22"),
        sources=("SOLTANI", "MMWR"),
        find=systemic,
    ),
)

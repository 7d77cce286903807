"""Infection close to the eye, and several infection signs together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.rules import fluid, pain, redness, swelling
from aftercare.warning_signs.rules.fever import fever_signs
from aftercare.warning_signs.vocabulary import (
    Bump,
    FeverState,
    Level,
    Severity,
    SwellingSite,
)
from aftercare.warning_signs.wording import listed

LOCAL_SIGNS = range(1, 8)


def eye_area(case: Case) -> Iterator[Finding]:
    """Swollen eyelids with a sign of infection."""
    today = case.today
    if (
        SwellingSite.EYELIDS not in today.swelling_sites
        or today.swelling < Severity.MILD
        or case.day < case.parameters.eye_area_day
    ):
        return
    signs = eye_signs(case)
    if signs:
        reason = f"Swollen eyelids with {listed(signs.values())}"
        yield case.found(Level.URGENT, reason, "swelling", "swelling_sites", *signs)


def eye_signs(case: Case) -> dict[str, str]:
    """The signs of infection that count beside swollen eyelids: items and words."""
    today = case.today
    there = {}
    if is_hot(case):
        there["hot_skin"] = "hot skin"
    if pain.is_severe(case) or pain.persists(case) or pain.rises(case):
        there["pain"] = f"pain of {today.pain} out of 10"
    if today.fever is not FeverState.NONE:
        there |= dict(fever_signs(today))
    if fluid.has_pus(case):
        there["discharge"] = "pus"
    if fluid.has_many_new(case):
        there["pustules"] = "many pus spots"
    return there


def infect_cluster(case: Case) -> Iterator[Finding]:
    """Two signs of infection together, one of them on the skin."""
    p = case.parameters
    if case.day < p.cluster_day:
        return
    signs = [number for number, sign in SIGNS.items() if sign.is_there(case)]
    local = [number for number in signs if number in LOCAL_SIGNS]
    if len(signs) >= p.cluster_signs and len(local) >= p.cluster_local_signs:
        words = listed(SIGNS[number].words(case) for number in signs)
        items = dict.fromkeys(
            item for number in signs for item in SIGNS[number].items(case)
        )
        reason = f"Several signs together: {words},"
        yield case.found(Level.URGENT, reason, *items)


def is_hot(case: Case) -> bool:
    """Hot skin after the first days."""
    return case.today.hot_skin and case.day >= case.parameters.hot_day


def has_red_sign(case: Case) -> bool:
    return redness.persists(case) or redness.rises(case)


def has_swelling_sign(case: Case) -> bool:
    return (
        swelling.is_severe_late(case) or swelling.persists(case) or swelling.rises(case)
    )


def has_pain_sign(case: Case) -> bool:
    severe = pain.is_severe(case) and not case.eff.known_pain
    return severe or pain.persists(case) or pain.rises(case)


def has_new_lumps(case: Case) -> bool:
    late = case.day >= case.parameters.lump_sign_day
    return Bump.FIRM_LUMPS in case.eff.bumps and late


def spreading(case: Case) -> tuple[str, ...]:
    """The items by which redness spreads."""
    items = ("redness_spreading", "red_streaks")
    return tuple(item for item in items if getattr(case.today, item))


def fluids(case: Case) -> tuple[str, ...]:
    """The items that tell of pus."""
    infected = {
        "discharge": fluid.has_pus(case),
        "pustules": fluid.has_many_new(case),
    }
    return tuple(item for item, is_so in infected.items() if is_so)


def is_feverish(case: Case) -> bool:
    return case.today.fever is not FeverState.NONE


def is_tired(case: Case) -> bool:
    return case.eff.fatigue >= Severity.MODERATE


class InfectionSign(NamedTuple):
    """One of the ten signs: whether it is there, what it is called, by which items."""

    is_there: Callable[[Case], object]
    words: Callable[[Case], str]
    items: Callable[[Case], tuple[str, ...]]


def _sign(is_there: Callable[[Case], object], words: str, item: str) -> InfectionSign:
    return InfectionSign(is_there, lambda _: words, lambda _: (item,))


# By their number in the trigger below. The words are only made where they are said.
SIGNS = {
    1: _sign(is_hot, "hot skin", "hot_skin"),
    2: InfectionSign(
        spreading, lambda _: "redness or darker skin that spreads", spreading
    ),
    3: _sign(has_red_sign, "redness or darker skin that stays", "redness"),
    4: _sign(has_swelling_sign, "swelling past its time", "swelling"),
    5: InfectionSign(
        has_pain_sign,
        lambda case: f"pain of {case.today.pain} out of 10",
        lambda _: ("pain",),
    ),
    6: InfectionSign(fluids, lambda _: "pus or many pus spots", fluids),
    7: _sign(has_new_lumps, "new firm lumps", "bumps"),
    8: InfectionSign(
        is_feverish,
        lambda _: "signs of fever",
        lambda case: tuple(item for item, _ in fever_signs(case.today)),
    ),
    9: _sign(lambda case: case.eff.new_node, "swollen glands", "lymph_nodes"),
    10: InfectionSign(
        is_tired,
        lambda case: f"{case.eff.fatigue} tiredness",
        lambda _: ("fatigue",),
    ),
}

RULES = (
    Rule(
        id="EYE-AREA",
        name="Infection close to the eye",
        trigger=(
            "`eyelids` in swelling_sites, S >= mild, d >= EYE_AREA_DAY, and any of: "
            "hot_skin with d >= HOT_DAY; pain >= PAIN_SEVERE; PAIN-PERSIST or PAIN-RISE; "
            "F != none; pus; many pustules (not baseline-known)"
        ),
        levels=(Level.URGENT,),
        patient_text=(
            "Get emergency care if your sight changes or if it hurts to move the eye."
        ),
        clinic_text="Ask: sight, eye movement, bulging, temperature",
        claims=("S14",),
        sources=("PRESEPTAL", "ORBIT"),
        find=eye_area,
    ),
    Rule(
        id="INFECT-CLUSTER",
        name="Several infection signs together",
        trigger=(
            "d >= CLUSTER_DAY and at least CLUSTER_SIGNS of ten signs, at least "
            "CLUSTER_LOCAL_SIGNS of them local. Local: (1) hot_skin with d >= HOT_DAY; "
            "(2) redness_spreading or red_streaks; (3) RED-PERSIST or RED-RISE; (4) "
            "SWELL-SEVERE at URGENT, SWELL-PERSIST or SWELL-RISE; (5) pain >= "
            "PAIN_SEVERE and not baseline-known, or PAIN-PERSIST or PAIN-RISE; (6) pus, "
            "or many pustules not baseline-known; (7) new `firm_lumps` with d >= "
            "LUMP_SIGN_DAY. Systemic: (8) F != none; (9) LNnew; (10) eff(fatigue) >= "
            "moderate"
        ),
        levels=(Level.URGENT,),
        patient_text="These signs together can be a sign of infection.",
        clinic_text="The signs that fired, by number",
        claims=("S14", "S19", "S20"),
        sources=("NHSN", "SKINPEN"),
        find=infect_cluster,
    ),
)

"""What of a day is more than the patient already had (specification 5, 10.8)."""

from __future__ import annotations

from dataclasses import dataclass

from .day_facts import DayFacts
from .facts import Answers, Log
from .parameters import DEFAULTS, Parameters
from .reading import read
from .vocabulary import (
    Bump,
    ColourChange,
    NodePain,
    Phase,
    Pustules,
    Scar,
    Severity,
)

# Without a baseline every answer is new.
NOTHING_BEFORE = read(Log(0, Answers(), Phase.BASELINE), DEFAULTS)
LASTING_PATCH = frozenset({ColourChange.GREY_WHITE_BLACK})


@dataclass(frozen=True, slots=True)
class Excess:
    """Today's answers over the baseline: `eff` of the specification.

    `new_node` is LNnew; `known_pain` and `known_pustules` are as bad in the baseline.
    """

    pain: int
    redness: Severity
    swelling: Severity
    itch: Severity
    peeling: Severity
    bruising: Severity
    fatigue: Severity
    bumps: frozenset[Bump]
    colour_change: frozenset[ColourChange]
    scar: frozenset[Scar]
    new_node: bool
    known_pain: bool
    known_pustules: bool


def excess_over(
    baseline: DayFacts | None, today: DayFacts, parameters: Parameters
) -> Excess:
    """What of today stands out over the latest baseline log, if there is one."""
    before = baseline or NOTHING_BEFORE
    return Excess(
        pain=today.pain if today.pain > before.pain else 0,
        redness=_above(today.redness, before.redness),
        swelling=_above(today.swelling, before.swelling),
        itch=_above(today.itch, before.itch),
        peeling=_above(today.peeling, before.peeling),
        bruising=_above(today.bruising, before.bruising),
        fatigue=_above(today.fatigue, before.fatigue),
        bumps=today.bumps - before.bumps,
        colour_change=today.colour_change - (before.colour_change - LASTING_PATCH),
        scar=today.scar - before.scar,
        new_node=today.nodes and not is_known_node(today, before),
        known_pain=today.pain <= before.pain and before.pain >= parameters.pain_severe,
        known_pustules=Pustules.NONE < today.pustules <= before.pustules,
    )


def is_known_node(today: DayFacts, before: DayFacts) -> bool:
    """Glands that were swollen before the treatment and have not changed since."""
    return (
        before.nodes
        and today.node_sites <= before.node_sites
        and today.node_size <= before.node_size
        and not today.node_growing
        and today.node_pain is not NodePain.PAINFUL_AT_REST
    )


def _above(today: Severity, before: Severity) -> Severity:
    return today if today > before else Severity.NONE

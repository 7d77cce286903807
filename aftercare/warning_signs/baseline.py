"""What of a day is more than the patient already had (specification 5, 10.8)."""

from __future__ import annotations

from dataclasses import dataclass

from .day_facts import DayFacts
from .parameters import Parameters
from .vocabulary import (
    Bump,
    ColourChange,
    NodePain,
    Pustules,
    Scar,
    Severity,
)

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
    if baseline is None:
        return Excess(
            pain=today.pain,
            redness=today.redness,
            swelling=today.swelling,
            itch=today.itch,
            peeling=today.peeling,
            bruising=today.bruising,
            fatigue=today.fatigue,
            bumps=today.bumps,
            colour_change=today.colour_change,
            scar=today.scar,
            new_node=today.nodes,
            known_pain=False,
            known_pustules=False,
        )
    return Excess(
        pain=today.pain if today.pain > baseline.pain else 0,
        redness=_above(today.redness, baseline.redness),
        swelling=_above(today.swelling, baseline.swelling),
        itch=_above(today.itch, baseline.itch),
        peeling=_above(today.peeling, baseline.peeling),
        bruising=_above(today.bruising, baseline.bruising),
        fatigue=_above(today.fatigue, baseline.fatigue),
        bumps=today.bumps - baseline.bumps,
        colour_change=today.colour_change - (baseline.colour_change - LASTING_PATCH),
        scar=today.scar - baseline.scar,
        new_node=today.nodes and not is_known_node(today, baseline),
        known_pain=today.pain <= baseline.pain
        and baseline.pain >= parameters.pain_severe,
        known_pustules=Pustules.NONE < today.pustules <= baseline.pustules,
    )


def is_known_node(today: DayFacts, baseline: DayFacts) -> bool:
    """Glands that were swollen before the treatment and have not changed since."""
    return (
        baseline.nodes
        and today.node_sites <= baseline.node_sites
        and today.node_size <= baseline.node_size
        and not today.node_growing
        and today.node_pain is not NodePain.PAINFUL_AT_REST
    )


def _above(today: Severity, baseline: Severity) -> Severity:
    return today if today > baseline else Severity.NONE

"""What one log, or all logs of a day together, amount to.

Here every item has a value: *not asked* reads as the "no" of the specification.
`asked` keeps the names of the items that were asked, for the rules that compare days.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .vocabulary import (
    AftercareLapse,
    Blisters,
    Bump,
    ColourChange,
    Discharge,
    FeverState,
    Hives,
    NodePain,
    NodeSite,
    NodeSize,
    OverallChange,
    Phase,
    Pustules,
    RedFlag,
    Scar,
    Severity,
    Sign,
    SwellingSite,
)


@dataclass(frozen=True, slots=True)
class DayFacts:
    """The facts of one day and phase, with the readings of ticked tiles in place.

    `…_now` is what is still there, or was when the log was sent on its own date; without
    it the same sign is past. `unspecified` are the tiles ticked without details that no
    other item can speak for.
    """

    day: int
    phase: Phase
    asked: frozenset[str]
    red_flags: frozenset[RedFlag]
    red_flags_now: frozenset[RedFlag]
    emergency_sign: bool
    emergency_sign_now: bool
    numbing_symptoms: bool
    numbing_symptoms_now: bool
    pain: int
    redness: Severity
    redness_spreading: bool
    red_streaks: bool
    hot_skin: bool
    swelling: Severity
    swelling_sites: frozenset[SwellingSite]
    highest_c: Decimal | None
    lowest_c: Decimal | None
    feels_feverish: bool
    fever_medicine: bool
    fever: FeverState
    fatigue: Severity
    nodes: bool
    node_sites: frozenset[NodeSite]
    node_size: NodeSize
    node_pain: NodePain
    node_growing: bool
    node_hard: bool
    node_red: bool
    discharge: frozenset[Discharge]
    pustules: Pustules
    blisters: Blisters
    blisters_near_eye: bool
    itch: Severity
    hives: Hives
    bumps: frozenset[Bump]
    colour_change: frozenset[ColourChange]
    scar: frozenset[Scar]
    peeling: Severity
    bruising: Severity
    joint_pain: bool
    rash_elsewhere: bool
    numb_patch: bool
    overall_change: OverallChange
    contact_request: bool
    aftercare_lapses: frozenset[AftercareLapse]
    unspecified: frozenset[Sign]
    texts: tuple[str, ...]

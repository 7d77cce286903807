"""What is known: the answers of one log, the procedure, and the course so far.

Three values, never two. `None` means *not asked*: the patient said neither yes nor no.
The rules read it as the "no" of the specification within a day, and skip the day when
they compare days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from .treatment_words import ProcedureType, Sterility
from .vocabulary import (
    AftercareLapse,
    Blisters,
    Bump,
    ColourChange,
    Discharge,
    FeverMedicine,
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
class LymphNodes:
    """Swollen glands as the patient felt them (specification 2.3)."""

    present: bool | None = None
    sites: frozenset[NodeSite] | None = None
    size: NodeSize | None = None
    pain: NodePain | None = None
    getting_bigger: bool | None = None
    hard_or_fixed: bool | None = None
    skin_red_over: bool | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """One log exactly as the patient gave it: `None` is *not asked*.

    `temperature_c` is degrees Celsius, one decimal, half up (specification 2.2).
    `pain` is 0 to 10. `signs` are the ticked tiles; what a ticked tile without details
    means is read by the rules and never written into the answers.
    """

    signs: frozenset[Sign] = frozenset()
    red_flags: frozenset[RedFlag] | None = None
    pain: int | None = None
    redness: Severity | None = None
    redness_spreading: bool | None = None
    red_streaks: bool | None = None
    hot_skin: bool | None = None
    swelling: Severity | None = None
    swelling_sites: frozenset[SwellingSite] | None = None
    temperature_c: Decimal | None = None
    feels_feverish: bool | None = None
    fever_medicine_8h: FeverMedicine | None = None
    fatigue: Severity | None = None
    lymph_nodes: LymphNodes = field(default_factory=LymphNodes)
    discharge: frozenset[Discharge] | None = None
    pustules: Pustules | None = None
    blisters: Blisters | None = None
    blisters_near_eye: bool | None = None
    itch: Severity | None = None
    hives: Hives | None = None
    bumps: frozenset[Bump] | None = None
    colour_change: frozenset[ColourChange] | None = None
    scar: frozenset[Scar] | None = None
    peeling: Severity | None = None
    bruising: Severity | None = None
    joint_pain: bool | None = None
    rash_elsewhere: bool | None = None
    numb_patch: bool | None = None
    numbing_symptoms: bool | None = None
    overall_change: OverallChange | None = None
    contact_request: bool | None = None
    aftercare_lapses: frozenset[AftercareLapse] | None = None
    free_text: str = ""
    still_present_now: bool | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """One log that counts: not refused, not retracted, not replaced by a correction.

    `day` is whole calendar days from the date of treatment in the clinic's zone.
    `sent_on_its_day` is false when the log was for an earlier date than the one it was
    finished on; it decides whether a red flag is past, and never changes afterwards.
    """

    day: int
    answers: Answers
    phase: Phase = Phase.POST
    sent_on_its_day: bool = True


@dataclass(frozen=True, slots=True)
class Procedure:
    """The facts of one treatment that the rules need (specification section 3).

    `risk_factors` are codes of `RiskFactor` or a clinic's own words, which no rule reads.
    """

    type: ProcedureType = ProcedureType.MICRONEEDLING
    needle_depth_mm: Decimal | None = None
    sterile_single_use: Sterility = Sterility.TRUE
    risk_factors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Course:
    """A treatment and its logs, in the order in which they were submitted."""

    procedure: Procedure
    logs: tuple[Log, ...] = ()

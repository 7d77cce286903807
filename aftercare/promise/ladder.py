"""Who must have been told of a flag that waits: the ladder that every open flag climbs.

An emergency and an urgent flag tell those on duty at once. When a quarter of the opening
time is gone the backup is told; past the deadline the clinical lead is, and the patient
gets a new honest time. A rung once climbed is never climbed again for the same evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aftercare.warning_signs.vocabulary import Level

from .opening_hours import OpeningHours
from .target import Promise, Targets, promise


class Rung(StrEnum):
    """A step of the ladder, and whom it tells."""

    RAISED = "raised"
    QUARTER = "quarter"
    LATE = "late"

    @property
    def height(self) -> int:
        """How far up the ladder, from 0."""
        return list(Rung).index(self)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open flag for which nothing has kept the promise yet.

    `raised_at` is when it opened or last rose, `due_at` its deadline; `told` are the
    rungs climbed since then.
    """

    level: Level
    raised_at: datetime
    due_at: datetime | None
    told: frozenset[Rung] = frozenset()


def rungs_due(
    flag: Waiting, at: datetime, hours: OpeningHours, targets: Targets
) -> tuple[Rung, ...]:
    """The rungs that must be climbed now, in order."""
    return tuple(
        rung
        for rung, due in rung_times(flag, hours, targets).items()
        if due is not None and due <= at and rung not in flag.told
    )


def rung_times(
    flag: Waiting, hours: OpeningHours, targets: Targets
) -> dict[Rung, datetime | None]:
    """When each rung is reached if nobody looks; None where it never is."""
    made = promise(flag.level, flag.raised_at, hours, targets)
    return {
        Rung.RAISED: flag.raised_at if tells_at_once(flag.level) else None,
        Rung.QUARTER: made.quarter_at,
        Rung.LATE: flag.due_at,
    }


def tells_at_once(level: Level) -> bool:
    """An emergency and an urgent flag, at any hour; a routine one waits in the queue."""
    return level >= Level.URGENT


def first_rung_at(made: Promise) -> datetime | None:
    """The first moment to look at a flag that was raised with this promise.

    Where nothing can be promised somebody is told at once all the same.
    """
    if tells_at_once(made.level) or made.due_at is None:
        return made.at
    return made.quarter_at


def next_rung_at(
    flag: Waiting, hours: OpeningHours, targets: Targets
) -> datetime | None:
    """When somebody must next be told; None when the ladder has been climbed."""
    times = rung_times(flag, hours, targets)
    return min(
        (due for rung, due in times.items() if due and rung not in flag.told),
        default=None,
    )

"""What other parameters would say of courses that are judged already: a shadow run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .assessment import assess_unit
from .facts import Course
from .parameters import DEFAULTS, Parameters
from .timeline import timeline_of
from .vocabulary import Level, Phase
from .watched import watch_differences

Said = dict[tuple[int, Phase, str], Level]


class Fate(StrEnum):
    """What becomes of a result."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    """It is there as well, at another level."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Compared:
    """One rule on one day of a course: its level now, and with the other parameters."""

    day: int
    phase: Phase
    rule: str
    now: Level
    then: Level

    @property
    def fate(self) -> Fate:
        if self.now is self.then:
            return Fate.SAME
        if self.now is Level.NONE:
            return Fate.NEW
        return Fate.GONE if self.then is Level.NONE else Fate.MOVED


class Shadow:
    """Judges courses by two sets; a second time only where something could differ."""

    def __init__(self, other: Parameters, now: Parameters = DEFAULTS) -> None:
        self.other = other
        self.now, self._looked = watch_differences(now, other)

    def compare(self, course: Course) -> Iterator[Compared]:
        """Every result that either has, by day and rule."""
        self._looked.at = False
        now = said_of(course, self.now)
        then = said_of(course, self.other) if self._looked.at else now
        for place in sorted(now.keys() | then.keys()):
            levels = now.get(place, Level.NONE), then.get(place, Level.NONE)
            yield Compared(*place, *levels)


def said_of(course: Course, parameters: Parameters) -> Said:
    """The results of every logged day."""
    timeline = timeline_of(course, parameters)
    return {
        (*unit, result.key): result.level
        for unit in timeline.units
        for result in assess_unit(timeline, unit).results
    }

"""The merged days of a course, from which each day's case is made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from .baseline import Excess
from .case import Case
from .day_facts import DayFacts
from .facts import Course, Procedure
from .merging import merge
from .parameters import Parameters
from .reading import read
from .vocabulary import Phase

Unit = tuple[int, Phase]

day_of = attrgetter("day")


@dataclass(frozen=True)
class Timeline:
    """Every logged (day, phase), merged; `baseline` is the latest one, or None."""

    units: dict[Unit, DayFacts]
    baseline: DayFacts | None
    procedure: Procedure
    parameters: Parameters

    def case(self, unit: Unit) -> Case | None:
        """The case of a unit, or None if it has no log."""
        today = self.units.get(unit)
        if today is None:
            return None
        is_post = unit[1] is Phase.POST
        return Case(
            today=today,
            earlier=self._post_days_before(unit[0]) if is_post else (),
            baseline=self.baseline if is_post else None,
            procedure=self.procedure,
            parameters=self.parameters,
            excesses=self._excesses if is_post else {},
        )

    @cached_property
    def _excesses(self) -> dict[int, Excess]:
        """What was worked out for one day serves those after it."""
        return {}

    def _post_days_before(self, day: int) -> tuple[DayFacts, ...]:
        return self._post_days[: bisect_left(self._post_days, day, key=day_of)]

    @cached_property
    def _post_days(self) -> tuple[DayFacts, ...]:
        """The days after the treatment, ascending."""
        days = (facts for facts in self.units.values() if facts.phase is Phase.POST)
        return tuple(sorted(days, key=day_of))


def timeline_of(course: Course, parameters: Parameters) -> Timeline:
    """The timeline of a course; its logs are in the order of submission."""
    logs = [read(log, parameters) for log in course.logs]
    return timeline_from(logs, course.procedure, parameters)


def timeline_from(
    logs: Iterable[DayFacts], procedure: Procedure, parameters: Parameters
) -> Timeline:
    """The timeline of logs that have been read, in the order of submission."""
    by_unit: dict[Unit, list[DayFacts]] = {}
    baseline: DayFacts | None = None
    for log in logs:
        by_unit.setdefault((log.day, log.phase), []).append(log)
        # The latest date counts, and of one date the later submission.
        if log.phase is Phase.BASELINE and (
            baseline is None or log.day >= baseline.day
        ):
            baseline = log
    units = {unit: merge(facts) for unit, facts in by_unit.items()}
    return Timeline(units, baseline, procedure, parameters)

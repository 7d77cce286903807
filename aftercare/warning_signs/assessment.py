"""The rules applied to a day: pure, same facts in, same results out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .case import Case
from .catalogue import RULES
from .disagreement import disagreements
from .facts import Course, Log
from .findings import Finding, Result
from .parameters import DEFAULTS, Parameters
from .rule import Rule
from .step_up import stepped_up
from .timeline import Timeline, Unit, timeline_of
from .vocabulary import Level, Phase

ON_POST = tuple((rule, rule.find) for rule in RULES if rule.find)
ON_BASELINE = tuple((rule, find) for rule, find in ON_POST if rule.on_baseline)

__all__ = [
    "Assessment",
    "Result",
    "affected_units",
    "assess",
    "assess_unit",
    "supported_by",
]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say about one day and phase, the gravest first.

    `disagreements` say where the answers contradict each other; they add no level.
    """

    day: int
    phase: Phase
    results: tuple[Result, ...]
    disagreements: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        return max((result.level for result in self.results), default=Level.NONE)


def assess(
    course: Course,
    day: int,
    phase: Phase = Phase.POST,
    parameters: Parameters = DEFAULTS,
) -> Assessment:
    """All logs of a day and phase judged together; no results if there are none."""
    return assess_unit(timeline_of(course, parameters), (day, phase))


def assess_unit(timeline: Timeline, unit: Unit) -> Assessment:
    """The same where more than one day of a course is judged, which is read once."""
    case = timeline.case(unit)
    if case is None:
        return Assessment(*unit, ())
    results = tuple(
        sorted(
            (result(rule, finding, case) for rule, finding in findings(case)),
            key=lambda result: (-result.level, result.key),
        )
    )
    return Assessment(*unit, results, disagreements(case, results))


def findings(case: Case) -> Iterable[tuple[Rule, Finding]]:
    """What each rule finds; a log from before the treatment raises very few."""
    for rule, find in ON_POST if case.today.phase is Phase.POST else ON_BASELINE:
        for finding in find(case):
            yield rule, finding


def result(rule: Rule, finding: Finding, case: Case) -> Result:
    """A finding with its key and its level after step-up."""
    return Result(
        rule=rule.id,
        key=f"{rule.id}:{finding.tile}" if finding.tile else rule.id,
        level=stepped_up(rule.id, finding.level, case),
        reason=finding.reason,
        items=finding.items,
        past=finding.past,
    )


def supported_by(
    course: Course, log: Log, parameters: Parameters = DEFAULTS
) -> frozenset[str]:
    """Keys of the results that a log supports as the only log of its day."""
    others = tuple(
        other
        for other in course.logs
        if (other.day, other.phase) != (log.day, log.phase)
    )
    alone = replace(course, logs=(*others, log))
    results = assess(alone, log.day, log.phase, parameters).results
    return frozenset(result.key for result in results)


def affected_units(course: Course, log: Log) -> tuple[Unit, ...]:
    """What an arriving log calls to evaluate: its day, then every later logged day.

    A log from before the treatment touches every day after it, the day of treatment
    included.
    """
    own = (log.day, log.phase)
    later = {
        (other.day, other.phase)
        for other in course.logs
        if other.phase is Phase.POST and other.day >= log.day
    }
    return (own, *sorted(later - {own}))

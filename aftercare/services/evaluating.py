"""Running the rules over a course after something in it changed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from aftercare.models import DailyLog, Flag, SupportChange
from aftercare.warning_signs.assessment import (
    Assessment,
    affected_units,
    assess,
    assess_unit,
    supported_by,
)
from aftercare.warning_signs.facts import Course
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.timeline import timeline_of
from aftercare.warning_signs.vocabulary import Level, Phase

from .locked_course import FlaggedCourse, LockedCourse
from .raising import Fresh, Raised, raise_flags

Unit = tuple[int, Phase]
Judge = Callable[[Unit], Assessment]

# Raised by the clock or the procedure record, never by what a log says.
WITHOUT_LOGS = frozenset({"UNSTERILE", "MISSED", "NO-LOGS"})


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rules said: what is new, what it raised, and all of the log's own day."""

    fresh: tuple[Fresh, ...]
    raised: Raised
    own: tuple[Fresh, ...] = ()

    @property
    def shown(self) -> tuple[Fresh, ...]:
        """What the patient sees: the log's merged day and new results on later days."""
        return self.own + tuple(item for item in self.fresh if item not in self.own)


def evaluate_log(course: LockedCourse, log: DailyLog, at: datetime) -> Evaluation:
    """Evaluate an arriving log's day and every later day that has logs."""
    facts, log_facts = course.course(), log.facts()
    judge = judge_of(facts)
    units = affected_units(facts, log_facts)
    found = {unit: results_of(judge(unit), unit) for unit in units}
    own = found[log.day, Phase(log.phase)]
    supported = supported_by(facts, log_facts) if own else frozenset()
    fresh = [
        item
        for results in found.values()
        for item in results
        if is_new(course, item) or (results is own and item.result.key in supported)
    ]
    raised = raise_flags(course, fresh, at, log)
    note_support(course, judge, at, log)
    return Evaluation(tuple(fresh), raised, tuple(own))


def flags_alone(course: LockedCourse, log: DailyLog) -> bool:
    """Whether a log raises a flag by itself, its blanks read as "no".

    The days before it count as history; other logs of its day do not.
    """
    unit = (log.day, Phase(log.phase))
    others = [old for old in course.logs if (old.day, old.phase) != unit]
    return any(r.is_flag for r in assess(course.course([*others, log]), *unit).results)


def evaluate_days(
    course: LockedCourse, units: Iterable[Unit], at: datetime
) -> Evaluation:
    """Evaluate days again after a retraction or a changed procedure record."""
    judge = judge_of(course.course())
    fresh = [
        item
        for unit in units
        for item in results_of(judge(unit), unit)
        if is_new(course, item)
    ]
    raised = raise_flags(course, fresh, at)
    note_support(course, judge, at)
    return Evaluation(tuple(fresh), raised)


def logged_units(course: LockedCourse, since: int | None = None) -> list[Unit]:
    """Every (day, phase) that has a log that counts, from a day on."""
    units = {
        (log.day, Phase(log.phase))
        for log in course.logs
        if log.counts and (since is None or log.day >= since)
    }
    return sorted(units)


def judge_of(facts: Course) -> Judge:
    """Judges the days of a course, which is read once, and each day only once."""
    return cache(partial(assess_unit, timeline_of(facts, DEFAULTS)))


def results_of(assessment: Assessment, unit: Unit) -> list[Fresh]:
    label = "; ".join(assessment.disagreements)
    return [Fresh(result, unit[0], unit[1], label) for result in assessment.results]


def is_new(course: FlaggedCourse, item: Fresh) -> bool:
    """New, or higher than what that day had already produced for that rule."""
    before = course.produced.get((item.day, item.result.key), Level.NONE)
    return item.result.level > before


def note_support(
    course: LockedCourse, judge: Judge, at: datetime, log: DailyLog | None = None
) -> None:
    """Write down each open flag whose support by the current answers has changed."""
    open_before = {
        rule: flag
        for rule, flag in course.open_flags.items()
        if rule not in WITHOUT_LOGS and flag.opened_at != at
    }
    supported = supported_rules(course, judge, open_before)
    changes = [
        SupportChange(
            clinic=course.treatment.clinic,
            flag=flag,
            supported=rule in supported,
            log=log,
            at=at,
        )
        for rule, flag in open_before.items()
        if (rule in supported) != was_supported(flag)
    ]
    if changes:
        SupportChange.objects.bulk_create(changes)


def was_supported(flag: Flag) -> bool:
    """What was written down last; a flag is raised with its support."""
    before: bool | None = getattr(flag, "supported", None)
    return before is not False


def supported_rules(
    course: LockedCourse, judge: Judge, rules: Container[str]
) -> set[str]:
    """Those of the rules that some day which ever gave evidence still yields as a flag."""
    evidence: dict[Unit, set[str]] = {}
    for day, phase, key, level in course.evidence:
        if key in rules and level >= Level.PROMPT:
            evidence.setdefault((day, Phase(phase)), set()).add(key)
    return {
        result.key
        for unit, keys in evidence.items()
        for result in judge(unit).results
        if result.key in keys and result.is_flag
    }

"""Running the rules over a course after something in it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aftercare.models import DailyLog, SupportChange
from aftercare.warning_signs.assessment import (
    Assessment,
    affected_units,
    assess,
    assess_all,
    supported_by,
)
from aftercare.warning_signs.facts import Course
from aftercare.warning_signs.vocabulary import Level, Phase

from .locked_course import LockedCourse
from .raising import Fresh, Raised, raise_flags

Unit = tuple[int, Phase]

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
    supported = supported_by(facts, log_facts)
    units = affected_units(facts, log_facts)
    assessments = dict(zip(units, assess_all(facts, units), strict=True))
    found = {unit: results_of(said, unit) for unit, said in assessments.items()}
    own = found[log.day, Phase(log.phase)]
    fresh = [
        item
        for results in found.values()
        for item in results
        if is_new(course, item) or (results is own and item.result.key in supported)
    ]
    raised = raise_flags(course, fresh, at, log)
    note_support(course, facts, at, log)
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
    facts, units = course.course(), list(units)
    fresh = [
        item
        for unit, assessment in zip(units, assess_all(facts, units), strict=True)
        for item in results_of(assessment, unit)
        if is_new(course, item)
    ]
    raised = raise_flags(course, fresh, at)
    note_support(course, facts, at)
    return Evaluation(tuple(fresh), raised)


def logged_units(course: LockedCourse, since: int | None = None) -> list[Unit]:
    """Every (day, phase) that has a log that counts, from a day on."""
    units = {
        (log.day, Phase(log.phase))
        for log in course.logs
        if log.counts and (since is None or log.day >= since)
    }
    return sorted(units)


def results_of(assessment: Assessment, unit: Unit) -> list[Fresh]:
    label = "; ".join(assessment.disagreements)
    return [Fresh(result, unit[0], unit[1], label) for result in assessment.results]


def is_new(course: LockedCourse, item: Fresh) -> bool:
    """New, or higher than what that day had already produced for that rule."""
    before = course.produced.get((item.day, item.result.key), Level.NONE)
    return item.result.level > before


def note_support(
    course: LockedCourse, facts: Course, at: datetime, log: DailyLog | None = None
) -> None:
    """Write down each open flag whose support by the current answers has changed."""
    changes = []
    for rule, flag in course.open_flags.items():
        if rule in WITHOUT_LOGS or flag.opened_at == at:
            continue
        now = is_supported(course, facts, rule)
        before = getattr(flag, "supported", None)
        if now != (True if before is None else before):
            changes.append(
                SupportChange(
                    clinic=course.treatment.clinic,
                    flag=flag,
                    supported=now,
                    log=log,
                    at=at,
                )
            )
    if changes:
        SupportChange.objects.bulk_create(changes)


def is_supported(course: LockedCourse, facts: Course, rule: str) -> bool:
    """Whether some day that ever gave evidence still yields the rule as a flag."""
    days = {
        (day, Phase(phase))
        for day, phase, key, level in course.evidence
        if key == rule and level >= Level.PROMPT
    }
    return any(
        result.key == rule and result.is_flag
        for assessment in assess_all(facts, days)
        for result in assessment.results
    )

"""From results to flags: what is raised, what joins an open flag, what is a comment.

The life cycle of specification section 11. An evaluation acts only on what is new or
higher for its (day, rule), or what the arriving log itself supports; everything else
stays as people left it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aftercare.models import DailyLog, Finding, Flag
from aftercare.promise import Promise, promise
from aftercare.promise.ladder import first_rung_at
from aftercare.warning_signs.assessment import Result
from aftercare.warning_signs.catalogue import BY_ID
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.protocol import PROTOCOL
from aftercare.warning_signs.vocabulary import Level, Outcome, Phase

from .clocks import clock_stopped, is_settled, steps_on
from .locked_course import FlaggedCourse
from .waking import asleep_since, wake

ALWAYS_RAISED = frozenset(
    {
        "FEVER",
        "PUS",
        "RED-SPREAD",
        "MISSED",
        "CONTACT",
        "TEXT",
        "LN-PERSIST",
        "UNSPECIFIED",
    }
)

RISING = (
    "level",
    "reason",
    "day",
    "raised_at",
    "protocol",
    "due_at",
    "next_rung_at",
)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A result that an evaluation may act on, with the day it is about."""

    result: Result
    day: int
    phase: Phase = Phase.POST
    disagreement: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """What came of it: flags touched by rule key, and repeats of a closed flag.

    `findings` and `changed`, the flags that are new or rose, are what is to be written.
    """

    flags: dict[str, Flag]
    repeats: dict[str, Flag]
    findings: list[Finding]
    changed: list[Flag]


def raise_flags(
    course: FlaggedCourse, fresh: list[Fresh], at: datetime, log: DailyLog | None = None
) -> Raised:
    """Write the findings and the flags they raise, in the running transaction."""
    raised = raised_by(course, fresh, at, log)
    write([raised])
    wake_by(course, raised, at)
    return raised


def raised_by(
    course: FlaggedCourse, fresh: list[Fresh], at: datetime, log: DailyLog | None = None
) -> Raised:
    """What these raise. The course knows of it at once; `write` and `wake_by` follow."""
    worst: dict[str, Fresh] = {}
    for item in sorted(fresh, key=lambda item: item.result.level):
        if item.result.level >= Level.PROMPT:
            worst[item.result.key] = item
    repeats = {
        key: flag for key, item in worst.items() if (flag := repeat(course, item, at))
    }
    flags = {
        key: touched(course, item, at)
        for key, item in worst.items()
        if key not in repeats
    }
    findings = [
        finding(course, item, flags | repeats, item.result.key in repeats, at, log)
        for item in fresh
    ]
    changed = take_in(course, flags, at)
    course.note(
        (item.day, item.phase, item.result.key, item.result.level) for item in fresh
    )
    return Raised(flags, repeats, findings, changed)


def write(raised: Iterable[Raised]) -> None:
    """Insert and update flags, then insert findings: a query each, or none.

    A flag that rose twice is written once, as it stands in the end.
    """
    all_of_it = list(raised)
    changed = {flag.pk: flag for one in all_of_it for flag in one.changed}
    Flag.objects.bulk_create(
        changed.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=RISING,
    )
    Finding.objects.bulk_create(item for one in all_of_it for item in one.findings)


def wake_by(course: FlaggedCourse, raised: Raised, at: datetime) -> None:
    """A row that was set aside does not sleep through a flag, or the repeat of one."""
    if (raised.flags or raised.repeats) and asleep_since(course, at):
        wake(course, at)


def repeat(course: FlaggedCourse, item: Fresh, at: datetime) -> Flag | None:
    """The flag, closed lately, that this result only repeats; None when it must raise."""
    result = item.result
    if result.key in course.open_flags or never_suppressed(result):
        return None
    closed = course.closed_flag(result.key)
    if closed is None or closed.review.outcome == Outcome.SENT_BY_MISTAKE:
        return None
    lately = at - closed.review.at < timedelta(days=DEFAULTS.clinic_suppress_days)
    same_or_higher = closed.level >= result.level == Level.PROMPT
    return closed if lately and same_or_higher else None


def never_suppressed(result: Result) -> bool:
    """Rules that always raise, among them each that can be an emergency."""
    return result.rule in ALWAYS_RAISED or Level.EMERGENCY in BY_ID[result.rule].levels


def touched(course: FlaggedCourse, item: Fresh, at: datetime) -> Flag:
    """The open flag of this result with its clock as it now runs, or a new one."""
    result, flag = item.result, course.open_flags.get(item.result.key)
    if flag is None:
        return new_flag(course, item, at)
    if result.level > flag.level or is_settled(flag):
        restart(flag, promised(course, result.level, at), at)
    if result.level > flag.level:
        flag.level, flag.reason, flag.day = result.level, result.reason, item.day
        flag.protocol = PROTOCOL.id
    return flag


def new_flag(course: FlaggedCourse, item: Fresh, at: datetime) -> Flag:
    result = item.result
    made = promised(course, result.level, at)
    return Flag(
        clinic=course.treatment.clinic,
        treatment=course.treatment,
        rule=result.key,
        level=result.level,
        reason=result.reason,
        day=item.day,
        protocol=PROTOCOL.id,
        opened_at=at,
        raised_at=at,
        due_at=made.due_at,
        next_rung_at=first_rung_at(made),
        follows=course.closed_flag(result.key),
    )


def promised(course: FlaggedCourse, level: Level, at: datetime) -> Promise:
    """When somebody will look, counted from now."""
    return promise(level, at, course.hours, course.treatment.clinic.targets)


def restart(flag: Flag, made: Promise, at: datetime) -> None:
    """It got worse, or came back after a contact: the row is New again.

    A deadline that still runs is never moved back. A step of the same moment was taken
    before anybody knew of this. Whoever was told before is told anew.
    """
    running = None if clock_stopped(flag) else flag.due_at
    flag.due_at = min((due for due in (running, made.due_at) if due), default=None)
    flag.next_rung_at = first_rung_at(made)
    known = [step + timedelta(microseconds=1) for step in steps_on(flag)]
    flag.raised_at = max([at, *known])


def take_in(course: FlaggedCourse, flags: dict[str, Flag], at: datetime) -> list[Flag]:
    """Give the course its new flags; these and those that rose are to be written."""
    known = {flag.pk for flag in course.flags}
    new = [flag for flag in flags.values() if flag.pk not in known]
    risen = [
        flag for flag in flags.values() if flag.pk in known and flag.raised_at >= at
    ]
    course.flags.extend(new)
    return new + risen


def finding(
    course: FlaggedCourse,
    item: Fresh,
    flags: dict[str, Flag],
    suppressed: bool,
    at: datetime,
    log: DailyLog | None,
) -> Finding:
    result = item.result
    flag = flags.get(result.key) if result.level >= Level.PROMPT else None
    return Finding(
        clinic=course.treatment.clinic,
        treatment=course.treatment,
        log=log,
        flag=flag,
        day=item.day,
        phase=item.phase,
        rule=result.key,
        level=result.level,
        reason=result.reason,
        items=",".join(result.items),
        disagreement=item.disagreement,
        protocol=PROTOCOL.id,
        suppressed=suppressed and flag is not None,
        at=at,
    )

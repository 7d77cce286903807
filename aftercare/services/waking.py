"""A snooze ends early when something happens that its author did not know of."""

from __future__ import annotations

from datetime import datetime

from aftercare.models import DailyLog, FollowUpKind, Treatment
from aftercare.warning_signs.comparison import is_worse
from aftercare.warning_signs.facts import Answers

from .locked_course import FlaggedCourse, LockedCourse


def wake_by_log(course: LockedCourse, log: DailyLog, at: datetime) -> None:
    """Wake the row on any answer ranked higher than when it was set aside."""
    snoozed_at = asleep_since(course, at)
    if snoozed_at and is_worse(log.answers(), answers_at(course, snoozed_at)):
        wake(course, at)


def asleep_since(course: FlaggedCourse, at: datetime) -> datetime | None:
    """When the snooze that holds now was set; None when the row is awake."""
    flags = course.open_flags.values()
    return max(
        (
            flag.snoozed_at
            for flag in flags
            if getattr(flag, "snoozed_until", None) and flag.snoozed_until > at
        ),
        default=None,
    )


def answers_at(course: LockedCourse, moment: datetime) -> Answers:
    """The newest log that was known at a moment."""
    known = [log for log in course.logs if log.submitted_at <= moment]
    return known[-1].answers() if known else Answers()


def wake(course: FlaggedCourse, at: datetime) -> None:
    """End every snooze of the row that holds."""
    end_snoozes(course.treatment, at)
    for flag in course.open_flags.values():
        flag.snoozed_until = None


def end_snoozes(treatment: Treatment, at: datetime) -> None:
    treatment.follow_ups.filter(
        kind=FollowUpKind.SNOOZED,
        woken_at__isnull=True,
        at__lte=at,
        snoozed_until__gt=at,
    ).update(woken_at=at)

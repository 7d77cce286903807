"""A patient's log arrives: stored, judged, flagged and answered in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from aftercare.models import AdviceGiven, DailyLog, Patient, StaffMember
from aftercare.models.answers import columns
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.vocabulary import Phase, Sign

from . import audit
from .advise import give_advice
from .evaluating import evaluate_log, flags_alone
from .locked_course import LockedCourse, lock_course
from .silence import watch_for_silence
from .waking import wake_by_log


class Refused(Exception):
    """A log that may not be stored as it is; `field` is where the reason belongs."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


class Unfinished(Exception):
    """What was said raises no flag, so the rest must be asked for before it is stored."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A filled form. `answers` are answer columns by name, left out where not asked.

    `finished_on` is the patient's date when the form was finished, never after receipt;
    `corrects` is the log that this one replaces. A log that is not `finished` is taken
    only if what it does say raises a flag.
    """

    key: UUID
    for_date: date
    finished_on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    finished_at: datetime | None = None
    corrects: UUID | None = None
    finished: bool = True
    best_number: str = ""
    best_time: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """The stored log with its advice; `created` is false for one sent before."""

    log: DailyLog
    advice: AdviceGiven
    created: bool


def submit_log(
    *, treatment_id: UUID, by: Patient | StaffMember, entry: LogEntry, at: datetime
) -> Submitted:
    """Store one log or correction and answer it.

    Raises `Refused` or `Unfinished`, and stores nothing then.
    """
    with transaction.atomic():
        course = lock_course(by.clinic, treatment_id)
        require_access(course, by)
        log = draft(course, by, entry, at)
        if (before := sent_before(course, log)) is not None:
            return Submitted(before, before.advice, created=False)
        if not entry.finished and not flags_alone(course, log):
            raise Unfinished
        refuse_impossible_dates(log)
        log.save(force_insert=True)
        course.logs = [as_corrected(old, log) for old in course.logs] + [log]
        evaluation = evaluate_log(course, log, at)
        advice = give_advice(course, log, evaluation, at)
        watch_for_silence(course, evaluation, at)
        wake_by_log(course, log, at)
        audit.record(
            "log.corrected" if log.corrects_id else "log.submitted",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=course.treatment.patient_id,
            object_id=log.pk,
        )
    return Submitted(log, advice, created=True)


def require_access(course: LockedCourse, by: Patient | StaffMember) -> None:
    """A patient writes only in their own record, and nobody in a voided treatment."""
    theirs = not isinstance(by, Patient) or course.treatment.patient_id == by.pk
    if not theirs or course.treatment.voided_at is not None:
        raise type(course.treatment).DoesNotExist


def draft(
    course: LockedCourse, by: Patient | StaffMember, entry: LogEntry, at: datetime
) -> DailyLog:
    """The row as it would be stored.

    A correction of a log that was corrected or taken back meanwhile is a further log of
    that day, marked for staff: what it says must not be lost.
    """
    treatment = course.treatment
    old = corrected_log(course, entry)
    for_date = old.for_date if old else entry.for_date
    log = DailyLog.arriving(
        clinic=treatment.clinic,
        treatment=treatment,
        key=entry.key,
        submitted_at=at,
        finished_at=entry.finished_at,
        finished_on=entry.finished_on,
        for_date=for_date,
        day=treatment.day_of(for_date),
        entered_by=by if isinstance(by, StaffMember) else None,
        corrects=old if old and old.counts else None,
        conflicts_with=old if old and not old.counts else None,
        best_number=entry.best_number,
        best_time=entry.best_time,
        **entry.answers,
    )
    log.phase = Phase(old.phase) if old else phase_of(log)
    return log


def phase_of(log: DailyLog) -> Phase:
    """Baseline before the treatment, which on day 0 is decided by the clock."""
    finished = log.finished_at or log.submitted_at
    before = log.day == 0 and finished < log.treatment.performed_at
    return Phase.BASELINE if log.day < 0 or before else Phase.POST


def corrected_log(course: LockedCourse, entry: LogEntry) -> DailyLog | None:
    """The log that a correction is about."""
    if entry.corrects is None:
        return None
    old = next((log for log in course.logs if log.pk == entry.corrects), None)
    if old is None:
        raise DailyLog.DoesNotExist
    return old


SAME = (
    *(column.name for column in columns()),
    *(f"signs_{sign}" for sign in Sign),
    "none_of_these",
    "unusable",
    "for_date",
    "best_number",
    "best_time",
)


def fingerprint(log: DailyLog) -> tuple[Any, ...]:
    """What makes two sendings of one form the same log."""
    return tuple(getattr(log, name) for name in SAME)


def sent_before(course: LockedCourse, log: DailyLog) -> DailyLog | None:
    """The log stored from this very form, if any.

    The same key with other answers, or after the first was taken back, is a further log
    of that day: it gets a key made from both, so that sending it twice is again one log,
    and points at the first.
    """
    keys = {old.key: old for old in course.logs}
    while (old := keys.get(log.key)) is not None:
        if fingerprint(old) == fingerprint(log) and not hasattr(old, "retraction"):
            return old
        log.key = uuid.uuid5(log.key, repr(fingerprint(log)))
        log.conflicts_with = old
        log.corrects = None  # the first sending already replaced the corrected log
    return None


def refuse_impossible_dates(log: DailyLog) -> None:
    """Specification section 5, counted from the date the form was finished."""
    if log.for_date > log.finished_on:
        raise Refused("for_date", "Choose today or a day before today.")
    if (log.finished_on - log.for_date).days > DEFAULTS.max_backdate_days:
        raise Refused(
            "for_date",
            "This day is too long ago. Tell us about it in today's log instead.",
        )
    if log.day > DEFAULTS.max_log_day:
        raise Refused("for_date", "The time for logs is over. Please call us instead.")


def as_corrected(old: DailyLog, log: DailyLog) -> DailyLog:
    """Mark in memory what the database now says: the old log is replaced."""
    if old.pk == log.corrects_id:
        old.corrected_by = log
    return old

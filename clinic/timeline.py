"""What happened with a treatment, by day, newest first: sent, found, said and done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from aftercare.level_words import words_of
from aftercare.models import (
    Channel,
    ContactResult,
    DailyLog,
    Finding,
    FollowUp,
    FollowUpKind,
)
from aftercare.promise import clock_words, day_words
from aftercare.warning_signs.vocabulary import Level, Phase

from .course import CourseRecord
from .deadlines import short_moment
from .waited import waited


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; see the component `log_list`."""

    at: datetime
    time: str
    iso: str
    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one calendar day at the clinic."""

    label: str
    entries: tuple[Entry, ...]


def timeline(course: CourseRecord) -> tuple[Day, ...]:
    """Every entry, newest first, under the day on which it happened."""
    zone = course.clinic.zoneinfo
    listed = sorted(entries(course), key=lambda one: one.at)[::-1]
    days = groupby(listed, lambda one: one.at.astimezone(zone).date())
    grouped = [tuple(found) for _, found in days]
    labels = [day_words(found[0].at, course.at, zone) for found in grouped]
    return tuple(
        Day(label[0].upper() + label[1:], found)
        for label, found in zip(labels, grouped, strict=True)
    )


def entries(course: CourseRecord) -> Iterator[Entry]:
    """Everything that happened, in no order."""
    yield from _logs(course)
    yield from _findings(course)
    yield from _advice(course)
    yield from _support(course)
    yield from _follow_ups(course)
    for one in waited(course):
        yield entry(course, one.at, one.words)
    yield from _reviews(course)


def entry(course: CourseRecord, at: datetime, words: str, detail: str = "") -> Entry:
    local = at.astimezone(course.clinic.zoneinfo)
    return Entry(at, clock_words(local), local.isoformat(), words, detail)


def about(log: DailyLog) -> str:
    """What a log is about: "day 4", "before the treatment"."""
    return "before the treatment" if log.phase == Phase.BASELINE else f"day {log.day}"


def _logs(course: CourseRecord) -> Iterator[Entry]:
    for log in course.logs:
        kind = "Correction" if log.corrects_id else "Log"
        by = f" by telephone, entered by {log.entered_by}" if log.entered_by else ""
        verb = "taken" if log.entered_by else "sent"
        detail = "A second sending with other answers" if log.conflicts_with_id else ""
        yield entry(
            course, log.submitted_at, f"{kind} for {about(log)} {verb}{by}", detail
        )
        taken_back = getattr(log, "retraction", None)
        if taken_back is not None:
            who = taken_back.by_staff or "the patient"
            words = f"Log for {about(log)} taken back by {who}"
            yield entry(course, taken_back.at, words, taken_back.reason)


def _findings(course: CourseRecord) -> Iterator[Entry]:
    """What the rules found at one moment, those of one kind together."""
    highest: dict[UUID, int] = {}
    together: dict[tuple[datetime, str], list[Finding]] = {}
    for finding in course.findings:
        kind = _kind(finding, highest)
        together.setdefault((finding.at, kind), []).append(finding)
    for (at, kind), found in together.items():
        rules = ", ".join(dict.fromkeys(one.rule for one in found))
        reasons = " ".join(dict.fromkeys(one.reason for one in found))
        yield entry(course, at, f"{kind}: {rules}", reasons)


def _kind(finding: Finding, highest: dict[UUID, int]) -> str:
    """What a finding did; `highest` is the level of each flag so far."""
    level = words_of(finding.level).staff
    if finding.flag_id is None:
        return "Noted, no flag"
    before = highest.get(finding.flag_id)
    highest[finding.flag_id] = max(before or 0, finding.level)
    if finding.suppressed:
        return "Seen again, no new flag"
    if before is None:
        return f"{level} flag"
    return f"Raised to {level}" if finding.level > before else "Seen again"


def _advice(course: CourseRecord) -> Iterator[Entry]:
    for told in course.advice:
        yield entry(course, told.shown_at, advice_words(told.level), told.title)
    for asked in course.call_requests:
        when = f", {asked.get_best_time_display().lower()}" if asked.best_time else ""
        yield entry(course, asked.at, f"Asked to be called on {asked.number}{when}")


def advice_words(level: int) -> str:
    """What kind of advice was shown."""
    return f"{words_of(Level(level)).staff} advice shown"


def _support(course: CourseRecord) -> Iterator[Entry]:
    rules = {flag.pk: flag.rule for flag in course.flags}
    for change in course.support_changes:
        words = "Supported" if change.supported else "No longer supported"
        rule = rules.get(change.flag_id, "")
        yield entry(course, change.at, f"{words} by the answers: {rule}")


def _follow_ups(course: CourseRecord) -> Iterator[Entry]:
    for step in course.follow_ups:
        yield entry(course, step.at, _step_words(step, course), step.said)
        if step.undone_at:
            words = f"{step.undone_by} undid the acknowledgement"
            yield entry(course, step.undone_at, words)
        if step.woken_at:
            yield entry(course, step.woken_at, "Snooze ended")


def _step_words(step: FollowUp, course: CourseRecord) -> str:
    if step.kind == FollowUpKind.ACKNOWLEDGED:
        return f"{step.by} acknowledged"
    if step.kind == FollowUpKind.CONTACTED:
        return f"{step.by} logged a contact: {contact_words(step)}"
    if step.kind == FollowUpKind.RELEASED:
        return "Nobody looks after it now"
    if step.snoozed_until:
        until = short_moment(step.snoozed_until, step.at, course.clinic)
        return f"{step.by} snoozed it until {until}"
    if step.kind == FollowUpKind.ESCALATED:
        return f"{step.by} escalated it to {step.assigned_to}, who was told at once"
    to = "themselves" if step.by_id == step.assigned_to_id else step.assigned_to
    return f"{step.by} assigned it to {to}"


def contact_words(step: FollowUp) -> str:
    """How a contact went: "phone, spoke"."""
    channel, result = Channel(step.channel), ContactResult(step.result)
    return f"{channel.label}, {result.label}".lower()


def _reviews(course: CourseRecord) -> Iterator[Entry]:
    for review in course.reviews:
        words = f"{review.by} closed: {review.get_outcome_display().lower()}"
        yield entry(course, review.at, words, review.note)
        if review.undone_at:
            yield entry(
                course, review.undone_at, f"{review.undone_by} undid the closing"
            )

"""What was done about flags that nobody looked at in time, from the record of one course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from aftercare.models import FollowUpKind, Telling
from aftercare.promise.ladder import Rung

from .course import CourseRecord
from .deadlines import short_moment
from .ladder_words import moved_words, told_words

TAKEN_ON = (FollowUpKind.ACKNOWLEDGED, FollowUpKind.ESCALATED)


@dataclass(frozen=True, slots=True)
class Waited:
    """One thing that was done because nobody had looked."""

    at: datetime
    words: str


def waited(course: CourseRecord) -> Iterator[Waited]:
    """Who was told that nobody looked, and what the patient's page then said."""
    yield from _told(course, course.tellings)
    moves = {(move.at, move.next_at) for move in course.moved_promises}
    for at, next_at in moves:
        by = short_moment(next_at, at, course.clinic) if next_at else ""
        yield Waited(at, moved_words(by))


def told_last(course: CourseRecord) -> str:
    """Who heard last that the row waits, while it does: "Backup told: Sam Kerr"."""
    standing = course.standing
    if standing is None or not standing.state.state.waits:
        return ""
    raised = {flag.pk: flag.raised_at for flag in standing.flags}
    still = [
        telling
        for telling in course.tellings
        if telling.flag_id in raised and telling.raised_at >= raised[telling.flag_id]
    ]
    told = _told(course, still)
    return told[-1].words if told else ""


def _told(course: CourseRecord, tellings: Iterable[Telling]) -> list[Waited]:
    """Each rung once for all the flags that waited together, in order."""
    taken_on = {step.at for step in course.follow_ups if step.kind in TAKEN_ON}
    together: dict[tuple[datetime, Rung, bool], list[str]] = {}
    for telling in tellings:
        key = (telling.at, Rung(telling.rung), telling.raised_at in taken_on)
        name = str(telling.staff) if telling.staff else ""
        together.setdefault(key, []).append(name)
    ordered = sorted(together, key=lambda one: (one[0], one[1].height, one[2]))
    return [
        Waited(at, _words(course, rung, together[at, rung, again], at, again=again))
        for at, rung, again in ordered
    ]


def _words(
    course: CourseRecord, rung: Rung, names: list[str], at: datetime, *, again: bool
) -> str:
    return told_words(rung, names, open_then=course.hours.is_open(at), again=again)

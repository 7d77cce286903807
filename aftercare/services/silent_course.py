"""What silence is judged by, read for many courses of any clinics together.

A noon looks at moments and levels and at no answer, so the hundred columns of each log
stay where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from aftercare.models import (
    Clinic,
    DailyLog,
    Finding,
    Flag,
    FollowUp,
    Opening,
    Treatment,
)
from aftercare.models.follow_up import with_steps
from aftercare.promise import OpeningHours
from aftercare.warning_signs.schedule import Produced
from aftercare.warning_signs.vocabulary import Level, Outcome

from .locked_course import FlaggedCourse

Row = TypeVar("Row", "Sent", "Found")


class Sent(NamedTuple):
    """When a log came, and when it was taken back."""

    treatment_id: UUID
    phase: str
    submitted_at: datetime
    retracted_at: datetime | None


class Found(NamedTuple):
    """A finding, when the log that brought it was sent, and how its flag was closed."""

    treatment_id: UUID
    day: int
    phase: str
    rule: str
    level: int
    at: datetime
    submitted_at: datetime | None
    outcome: str | None


SENT = (*Sent._fields[:-1], "retraction__at")
FOUND = (*Found._fields[:-2], "log__submitted_at", "flag__review__outcome")


@dataclass(slots=True, kw_only=True)
class SilentCourse(FlaggedCourse):
    """A treatment with what was sent, and what of it was new or higher for its day."""

    sent: list[Sent]
    brought: list[Produced]


def lock_due(keys: Collection[UUID], at: datetime) -> list[SilentCourse]:
    """Those of them whose noon has come and that nobody else has in hand.

    Whoever has one in hand may be its patient, sending a log: the next look is early enough.
    """
    due = Treatment.objects.filter(
        pk__in=keys, next_due_at__lte=at, voided_at__isnull=True
    ).select_related("clinic")
    locked = due.select_for_update(of=("self",), skip_locked=True)
    return read_silent(list(locked.order_by("clinic", "pk")))


def read_silent(treatments: Collection[Treatment]) -> list[SilentCourse]:
    """These, which are locked: five queries, however many they are."""
    if not treatments:
        return []
    by_key = {treatment.pk: treatment for treatment in treatments}
    sent, found, flags = _sent(by_key), _found(by_key), _flags(by_key)
    hours = hours_of(
        {treatment.clinic_id: treatment.clinic for treatment in treatments}
    )
    return [
        SilentCourse(
            treatment=treatment,
            flags=flags[key],
            evidence={(one.day, one.phase, one.rule, one.level) for one in found[key]},
            hours=hours[treatment.clinic_id],
            sent=sent[key],
            brought=brought_by(treatment, found[key]),
        )
        for key, treatment in by_key.items()
    ]


def hours_of(clinics: Mapping[UUID, Clinic]) -> dict[UUID, OpeningHours]:
    """The opening hours of clinics by their keys."""
    rows: defaultdict[UUID, list[Opening]] = defaultdict(list)
    for row in Opening.objects.filter(clinic__in=list(clinics)).order_by("opens"):
        rows[row.clinic_id].append(row)
    return {key: clinic.hours_of(rows[key]) for key, clinic in clinics.items()}


def brought_by(treatment: Treatment, found: Iterable[Found]) -> list[Produced]:
    """What each log brought that was new or higher for its (day, rule).

    A call that was asked for beside a log is no log, and does not make it old news.
    """
    brought, highest = [], dict[tuple[int, str], int]()
    for one in found:
        key = (one.day, one.rule)
        sent = one.submitted_at == one.at
        if not sent or one.level <= highest.get(key, Level.NONE):
            continue
        highest[key] = one.level
        if one.outcome != Outcome.SENT_BY_MISTAKE:
            brought.append(Produced(treatment.day_at(one.at), Level(one.level)))
    return brought


def _sent(courses: Collection[UUID]) -> Mapping[UUID, list[Sent]]:
    logs = DailyLog.objects.filter(treatment__in=courses)
    return _by_course(Sent(*row) for row in logs.values_list(*SENT))


def _found(courses: Collection[UUID]) -> Mapping[UUID, list[Found]]:
    """In the order in which they were found."""
    findings = Finding.objects.filter(treatment__in=courses).order_by("at", "id")
    return _by_course(Found(*row) for row in findings.values_list(*FOUND))


def _flags(courses: Mapping[UUID, Treatment]) -> Mapping[UUID, list[Flag]]:
    """With the newest steps on them, where anybody took one at any of these."""
    flags: QuerySet[Flag] = Flag.objects.filter(treatment__in=courses)
    if FollowUp.objects.filter(treatment__in=courses).exists():
        flags = with_steps(flags)
    by_course: defaultdict[UUID, list[Flag]] = defaultdict(list)
    for flag in flags.select_related("review").order_by("opened_at"):
        flag.treatment = courses[flag.treatment_id]
        by_course[flag.treatment_id].append(flag)
    return by_course


def _by_course(rows: Iterable[Row]) -> Mapping[UUID, list[Row]]:
    by_course: defaultdict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        by_course[row.treatment_id].append(row)
    return by_course

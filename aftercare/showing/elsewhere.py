"""What a log for one treatment says about the whole body, shown beside the others.

A log belongs to one treatment and raises flags only there (specification 10.9).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from aftercare.models import DailyLog, Treatment
from aftercare.warning_signs.parameters import DEFAULTS

from . import questions as q
from .answers import Said, answers_of, words_for
from .moments import date_words
from .told import Told, told, told_of

WHOLE_BODY = frozenset(
    question.name
    for question in (
        q.RED_FLAGS,
        q.NODE_SITES,
        q.NODE_SIZE,
        q.NODE_PAIN,
        q.NODE_MORE,
        q.FEVERISH,
        q.FATIGUE,
        q.TEMPERATURE,
    )
)
ELSEWHERE = replace(
    q.RASH_MORE,
    ticks=tuple(
        tick
        for tick in q.RASH_MORE.ticks
        if tick.column in {"joint_pain", "rash_elsewhere"}
    ),
)


@dataclass(frozen=True, slots=True)
class FromElsewhere:
    """One log of another treatment: its date, that treatment, what it says."""

    date: str
    treatment: Treatment
    answers: tuple[Said, ...]


def told_with_elsewhere(
    treatment: Treatment, others: Collection[Treatment]
) -> tuple[tuple[Told, ...], tuple[FromElsewhere, ...]]:
    """What is drawn of a course, and what logs of other treatments say; one query.

    Those count that are for a date on which `treatment` is followed up. Only where there
    are others are whole logs read, as the body is asked about in many columns.
    """
    if not others:
        return told(treatment), ()
    logs = [log for log in _of_all(treatment, others) if log.counts]
    own = [log for log in logs if log.treatment_id == treatment.pk]
    return tuple(told_of(own)), tuple(_elsewhere(logs, {one.pk: one for one in others}))


def _of_all(treatment: Treatment, others: Collection[Treatment]) -> list[DailyLog]:
    first = treatment.performed_on
    last = first + timedelta(days=DEFAULTS.follow_up_days)
    logs = DailyLog.objects.filter(
        Q(treatment=treatment) | Q(for_date__range=(first, last)),
        clinic=treatment.clinic_id,
        treatment__in=[treatment, *others],
    )
    return logs.select_related("advice").of_courses()


def _elsewhere(
    logs: Sequence[DailyLog], others: Mapping[UUID, Treatment]
) -> Iterator[FromElsewhere]:
    """The newest first, without those that say nothing about the whole body."""
    for log in reversed(logs):
        treatment = others.get(log.treatment_id)
        if treatment and (said := whole_body(log)):
            yield FromElsewhere(date_words(log.for_date), treatment, said)


def whole_body(log: DailyLog) -> tuple[Said, ...]:
    """What a log says about more than the treated skin."""
    said = tuple(one for one in answers_of(log) if one.field in WHOLE_BODY)
    words = words_for(ELSEWHERE, log)
    more = Said(ELSEWHERE.name, ELSEWHERE.short, words, ELSEWHERE.columns)
    return (*said, more) if words else said

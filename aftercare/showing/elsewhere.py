"""What a log for one treatment says about the whole body, shown beside the others.

A log belongs to one treatment and raises flags only there (specification 10.9).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from aftercare.models import DailyLog, Treatment
from aftercare.warning_signs.parameters import DEFAULTS

from . import questions as q
from .answers import Said, answers_of, words_for
from .moments import date_words

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


def told_elsewhere(
    treatment: Treatment, others: Collection[Treatment]
) -> tuple[FromElsewhere, ...]:
    """What the logs of other treatments say about the whole body, the newest first.

    Those count that are for a date on which `treatment` is followed up. One query, and
    none where there is no other treatment.
    """
    if not others:
        return ()
    standing = {one.pk: one for one in others}
    first = treatment.performed_on
    last = first + timedelta(days=DEFAULTS.follow_up_days)
    logs = DailyLog.objects.filter(
        clinic=treatment.clinic_id,
        treatment__in=standing,
        for_date__range=(first, last),
    )
    found = [
        FromElsewhere(date_words(log.for_date), standing[log.treatment_id], said)
        for log in reversed(logs.of_courses())
        if log.counts and (said := whole_body(log))
    ]
    return tuple(found)


def whole_body(log: DailyLog) -> tuple[Said, ...]:
    """What a log says about more than the treated skin."""
    said = tuple(one for one in answers_of(log) if one.field in WHOLE_BODY)
    words = words_for(ELSEWHERE, log)
    more = Said(ELSEWHERE.name, ELSEWHERE.short, words, ELSEWHERE.columns)
    return (*said, more) if words else said

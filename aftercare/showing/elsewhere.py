"""What a log for one treatment says about the whole body, shown beside the others.

A log belongs to one treatment and raises flags only there (specification 10.9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Q

from aftercare.models import DailyLog, Treatment
from aftercare.warning_signs.parameters import DEFAULTS

from . import questions as q
from .answers import Said, answers_of, words_for
from .course import ShownCourse
from .moments import Clock, date_words
from .recovery import PLOTTED

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


def with_elsewhere(
    treatment: Treatment, others: Iterable[Treatment], clock: Clock
) -> tuple[ShownCourse, tuple[FromElsewhere, ...]]:
    """The course, and what logs of the patient's other treatments say; one query.

    Those count that are for a date on which `treatment` is followed up.
    """
    standing = {one.pk: one for one in (treatment, *others)}
    first = treatment.performed_on
    last = first + timedelta(days=DEFAULTS.follow_up_days)
    logs = DailyLog.objects.filter(
        Q(treatment=treatment) | Q(for_date__range=(first, last)),
        clinic=treatment.clinic_id,
        treatment__in=standing,
    )
    shown = logs.select_related("advice")
    if len(standing) == 1:
        shown = shown.only(*PLOTTED)
    read = shown.of_courses()
    for log in read:
        log.treatment = standing[log.treatment_id]
    own = tuple(log for log in read if log.treatment_id == treatment.pk)
    return ShownCourse(treatment, own, clock), told_elsewhere(treatment, read)


def told_elsewhere(
    treatment: Treatment, logs: Iterable[DailyLog]
) -> tuple[FromElsewhere, ...]:
    """What the logs of other treatments say about the whole body, the newest first."""
    found = [
        FromElsewhere(date_words(log.for_date), log.treatment, whole_body(log))
        for log in logs
        if log.counts and log.treatment_id != treatment.pk
    ]
    return tuple(one for one in reversed(found) if one.answers)


def whole_body(log: DailyLog) -> tuple[Said, ...]:
    """What a log says about more than the treated skin."""
    said = tuple(one for one in answers_of(log) if one.field in WHOLE_BODY)
    words = words_for(ELSEWHERE, log)
    more = Said(ELSEWHERE.name, ELSEWHERE.short, words, ELSEWHERE.columns)
    return (*said, more) if words else said

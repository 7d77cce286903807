"""The answer to a log: worked out once, in the log's own transaction, and kept as shown."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aftercare.models import AdviceGiven, Clinic, DailyLog, Flag
from aftercare.promise import Promise, moment_words, promise, when
from aftercare.warning_signs.advice import Advice, Background, Contacts, Looked, advice
from aftercare.warning_signs.protocol import PROTOCOL
from aftercare.warning_signs.vocabulary import Level, Phase

from .evaluating import Evaluation
from .locked_course import LockedCourse


def give_advice(
    course: LockedCourse, log: DailyLog, evaluation: Evaluation, at: datetime
) -> AdviceGiven:
    """Work out what the patient is told after this log, and store it."""
    clinic, results = course.treatment.clinic, [f.result for f in evaluation.shown]
    level = max((result.level for result in results), default=Level.NONE)
    looked = looked_before(evaluation, level, clinic, at)
    promised = promise_for(course, evaluation, level, at)
    told = advice(
        level,
        log.day,
        results,
        when(promised, clinic.zoneinfo, now=at, patient_zone=patient_zone(course)),
        contacts_of(clinic),
        background(course, log, at),
        looked,
    )
    return AdviceGiven.objects.create(
        clinic=clinic,
        treatment=course.treatment,
        log=log,
        promised_at=None if looked else promised.due_at,
        opening=promised.state,
        protocol=PROTOCOL.id,
        shown_at=at,
        **as_shown(told),
    )


def contacts_of(clinic: Clinic) -> Contacts:
    """Whom the patient can call."""
    return Contacts(
        clinic=clinic.name,
        phone=clinic.phone,
        emergency=clinic.emergency_number,
        out_of_hours=clinic.out_of_hours_number,
    )


def patient_zone(course: LockedCourse) -> ZoneInfo:
    """The patient's own time zone, by default the clinic's."""
    treatment = course.treatment
    return ZoneInfo(treatment.patient.zone or treatment.clinic.zone)


def background(course: LockedCourse, log: DailyLog, at: datetime) -> Background:
    """What else the words depend on."""
    answers = log.answers()
    today = course.treatment.day_of(at.astimezone(patient_zone(course)).date())
    return Background(
        signs=answers.signs,
        lapses=answers.aftercare_lapses or frozenset(),
        risk_factors=course.treatment.risk_factors,
        phase=Phase(log.phase),
        today=today if today != log.day else None,
        open_flag=bool(course.open_flags),
    )


def promise_for(
    course: LockedCourse, evaluation: Evaluation, level: Level, at: datetime
) -> Promise:
    """The promise of this log: what an open flag of the same level already promised
    holds; a moment that has passed is not promised again.
    """
    clinic = course.treatment.clinic
    fresh = promise(level, at, course.hours, clinic.targets)
    keys = {item.result.key for item in evaluation.shown if item.result.level == level}
    held = [
        flag.due_at
        for rule, flag in course.open_flags.items()
        if rule in keys and flag.due_at is not None and flag.due_at > at
    ]
    if level < Level.PROMPT or not held:
        return fresh
    return replace(fresh, due_at=min(held))


def looked_before(
    evaluation: Evaluation, level: Level, clinic: Clinic, at: datetime
) -> Looked | None:
    """Who looked, when everything in this log only repeats what a person has seen."""
    repeats = evaluation.raised.repeats
    flagged = {i.result.key for i in evaluation.shown if i.result.level >= Level.PROMPT}
    if level != Level.PROMPT or not flagged or not flagged <= set(repeats):
        return None
    newest: Flag = max(repeats.values(), key=lambda flag: flag.review.at)
    words = moment_words(newest.review.at, at, clinic.zoneinfo)
    return Looked(by=str(newest.review.by), at=words)


def as_shown(told: Advice) -> dict[str, object]:
    """The advice as columns: lists one item a line."""
    columns: dict[str, object] = {}
    for column in fields(told):
        value = getattr(told, column.name)
        columns[column.name] = "\n".join(value) if isinstance(value, tuple) else value
    del columns["call"]
    return columns

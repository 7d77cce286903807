"""The answer to a log: worked out once, in the log's own transaction, and kept as shown."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aftercare.models import AdviceGiven, Clinic, DailyLog, Flag
from aftercare.promise import Promise, moment_words, when
from aftercare.warning_signs.advice import Advice, Background, Contacts, Looked, advice
from aftercare.warning_signs.protocol import PROTOCOL
from aftercare.warning_signs.reading import signs_of
from aftercare.warning_signs.vocabulary import Level, Phase

from .clocks import is_settled
from .evaluating import Evaluation
from .locked_course import LockedCourse
from .raising import promised


def give_advice(
    course: LockedCourse, log: DailyLog, evaluation: Evaluation, at: datetime
) -> AdviceGiven:
    """Work out what the patient is told after this log, and store it."""
    clinic, results = course.treatment.clinic, [f.result for f in evaluation.shown]
    level = max((result.level for result in results), default=Level.NONE)
    standing = standing_of(course, evaluation, level)
    looked = looked_before(standing, level, clinic, at)
    promised = promise_for(course, standing, level, at)
    told = advice(
        level,
        log.day,
        results,
        when(promised, clinic.zoneinfo, now=at, patient_zone=patient_zone(course)),
        contacts_of(clinic),
        background(course, log, standing, at),
        looked,
    )
    return AdviceGiven.objects.create(
        clinic=clinic,
        treatment=course.treatment,
        log=log,
        promised_at=promised.due_at if standing.running else None,
        opening=promised.state,
        protocol=PROTOCOL.id,
        shown_at=at,
        **as_shown(told),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """The flags behind what is shown: with a running clock, spoken about, or closed."""

    running: tuple[Flag, ...] = ()
    settled: tuple[Flag, ...] = ()
    closed: tuple[Flag, ...] = ()

    def missed(self, at: datetime) -> datetime | None:
        """The promise that was not kept, the oldest one."""
        dues = [flag.due_at for flag in self.running if flag.due_at is not None]
        return min((due for due in dues if due <= at), default=None)


def standing_of(course: LockedCourse, evaluation: Evaluation, level: Level) -> Standing:
    """Which flags stand behind the results of the highest level."""
    if level < Level.PROMPT:
        return Standing()
    keys = {item.result.key for item in evaluation.shown if item.result.level == level}
    opened = [flag for rule, flag in course.open_flags.items() if rule in keys]
    closed = [course.closed_flag(key) for key in keys - set(course.open_flags)]
    return Standing(
        running=tuple(flag for flag in opened if not is_settled(flag)),
        settled=tuple(flag for flag in opened if is_settled(flag)),
        closed=tuple(flag for flag in closed if flag is not None),
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


def background(
    course: LockedCourse, log: DailyLog, standing: Standing, at: datetime
) -> Background:
    """What else the words depend on."""
    answers, clinic = log.answers(), course.treatment.clinic
    today = course.treatment.day_of(at.astimezone(patient_zone(course)).date())
    missed = standing.missed(at)
    return Background(
        signs=signs_of(answers),
        lapses=answers.aftercare_lapses or frozenset(),
        risk_factors=course.treatment.risk_factors,
        phase=Phase(log.phase),
        today=today if today != log.day else None,
        open_flag=bool(course.open_flags),
        late=moment_words(missed, at, clinic.zoneinfo) if missed else "",
    )


def promise_for(
    course: LockedCourse, standing: Standing, level: Level, at: datetime
) -> Promise:
    """What an open flag already promised holds; a missed promise is made anew, openly."""
    fresh = promised(course, level, at)
    held = [
        flag.due_at
        for flag in standing.running
        if flag.due_at is not None and flag.due_at > at
    ]
    if standing.missed(at) or not held:
        return fresh
    return replace(fresh, due_at=min(held))


def looked_before(
    standing: Standing, level: Level, clinic: Clinic, at: datetime
) -> Looked | None:
    """Who looked, when a person has already seen to everything that is shown."""
    seen = [(flag.review.at, str(flag.review.by)) for flag in standing.closed]
    seen += [(flag.contacted_at, flag.contacted_by) for flag in standing.settled]
    if level != Level.PROMPT or standing.running or not seen:
        return None
    moment, by = max(seen)
    return Looked(by=by, at=moment_words(moment, at, clinic.zoneinfo))


def as_shown(told: Advice) -> dict[str, object]:
    """The advice as columns: lists one item a line."""
    columns: dict[str, object] = {}
    for column in fields(told):
        value = getattr(told, column.name)
        columns[column.name] = "\n".join(value) if isinstance(value, tuple) else value
    del columns["call"]
    return columns

"""Every log that was sent, the newest first, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from aftercare.models import DailyLog, Patient, Treatment
from aftercare.warning_signs.vocabulary import Level

from .answers import Said, answers_of, one_line
from .correction import can_correct
from .course import ShownCourse, chosen, course_of, log_of, treatments_of
from .followed import followed
from .lead import Lead, lead
from .moments import Clock, date_words


@dataclass(frozen=True, slots=True)
class SentLog:
    """One log as a line of the list. `fate` says whether it was corrected or taken back."""

    log: DailyLog
    day: str
    line: str
    answers: tuple[Said, ...]
    sent: str
    fate: str
    level: Level
    green: bool
    can_correct: bool
    can_retract: bool

    @property
    def is_flagged(self) -> bool:
        return self.level >= Level.PROMPT


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The logs of one treatment."""

    course: ShownCourse
    lead: Lead | None
    others: tuple[Treatment, ...]

    @property
    def logs(self) -> Iterator[SentLog]:
        newest_day_first = sorted(
            self.course.logs, key=lambda log: (-log.day, -log.submitted_at.timestamp())
        )
        return (sent_log(log, self.course.clock) for log in newest_day_first)


def sent_log(log: DailyLog, clock: Clock) -> SentLog:
    when = "Before treatment" if log.phase == "baseline" else f"Day {log.day}"
    return SentLog(
        log=log,
        day=f"{when}, {date_words(log.for_date)}",
        line=one_line(log),
        answers=answers_of(log),
        sent=f"Sent {clock.at(log.submitted_at)}{sent_how(log)}",
        fate=fate_of(log, clock),
        level=Level(log.advice.level),
        green=log.advice.green,
        can_correct=can_correct(log, clock),
        can_retract=log.counts,
    )


def sent_how(log: DailyLog) -> str:
    if log.entered_by_id:
        return ", by telephone"
    return ", a correction" if log.corrects_id else ""


def fate_of(log: DailyLog, clock: Clock) -> str:
    """What became of a log that no longer counts; empty while it does."""
    if hasattr(log, "corrected_by"):
        when = clock.at(log.corrected_by.submitted_at)
        return f"You sent a correction {when}. We keep both."
    if hasattr(log, "retraction"):
        when = clock.at(log.retraction.at)
        return f"Taken back {when}. We keep it, but it does not count."
    return ""


def history_page(patient: Patient, clock: Clock, wanted: str = "") -> HistoryPage:
    """Six queries at most; `Treatment.DoesNotExist` where there is nothing to show."""
    treatments = treatments_of(patient)
    treatment = chosen(treatments, clock, wanted)
    return HistoryPage(
        course_of(treatment, clock),
        lead(followed(patient), patient.clinic, clock),
        tuple(one for one in treatments if one.pk != treatment.pk),
    )


def log_to_retract(
    patient: Patient, treatment_id: UUID, log_id: UUID, clock: Clock
) -> SentLog:
    """A log that still counts, by its keys; `DailyLog.DoesNotExist` for any other."""
    log = log_of(patient, log_id)
    if log.treatment_id != treatment_id or not log.counts:
        raise DailyLog.DoesNotExist
    return sent_log(log, clock)

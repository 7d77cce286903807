"""One patient on the desk: treatments, the course of one of them, every log and flag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from aftercare.languages import Language
from aftercare.models import DailyLog, Patient, StaffMember, Treatment
from aftercare.plots import Series
from aftercare.showing.answers import answers_of
from aftercare.showing.undelivered import undelivered_to
from aftercare.warning_signs.vocabulary import Level

from .closed import ClosedRow, closed_row
from .course import CourseRecord, read_course
from .deadlines import short_moment
from .evidence import Reason, reasons
from .flag_page import series_of
from .link_state import LinkState, link_state
from .medical import day_words, medical_notes, procedure_words
from .patient_rights import Asked, asked_by, left_words
from .timeline import about


@dataclass(frozen=True, slots=True)
class TreatmentLine:
    """One treatment of the patient, the one that is shown marked."""

    id: UUID
    words: str
    day: str
    is_voided: bool
    is_shown: bool
    left: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One log as received, whatever became of it. `counts`: the rules read it."""

    id: UUID
    about: str
    sent: str
    level: Level
    answers: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    counts: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The treatment that is shown, with its course."""

    id: UUID
    words: str
    is_voided: bool
    void_reason: str
    series: tuple[Series, ...]
    logs: tuple[LogLine, ...]
    reasons: tuple[Reason, ...]
    closed: tuple[ClosedRow, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PatientPage:
    """A patient of the clinic. `shown` is None without any treatment.

    `language` is empty where it is English, as for most.
    `asked` is a request to be deleted that waits for an answer.
    """

    id: UUID
    name: str
    born: str
    phone: str
    email: str
    language: str
    treatments: tuple[TreatmentLine, ...]
    shown: Shown | None
    asked: Asked | None
    link: LinkState | None
    undelivered: tuple[str, ...]


def read_patient_page(
    staff: StaffMember, patient: Patient, at: datetime, wanted: UUID | None = None
) -> PatientPage:
    """The page of a patient, at the newest treatment or the one wanted; else Http404."""
    treatments = list(
        patient.treatments.select_related("clinic").order_by("-performed_at", "-id")
    )
    shown = _chosen(treatments, wanted)
    today = at.astimezone(staff.clinic.zoneinfo).date()
    return PatientPage(
        id=patient.pk,
        name=str(patient),
        born=f"{patient.birth_date.day} {patient.birth_date:%B %Y}",
        phone=patient.phone,
        email=patient.email,
        language=_other_language(patient),
        treatments=tuple(
            TreatmentLine(
                one.pk,
                procedure_words(one),
                day_words(one.day_of(today)),
                one.voided_at is not None,
                one is shown,
                left_words(one),
            )
            for one in treatments
        ),
        shown=_shown(read_course(shown, staff.clinic, at)) if shown else None,
        asked=asked_by(patient, at),
        link=link_state(patient, at),
        undelivered=undelivered_to(patient),
    )


def _other_language(patient: Patient) -> str:
    language = Language(patient.language)
    return "" if language is Language.ENGLISH else language.in_english


def _chosen(treatments: list[Treatment], wanted: UUID | None) -> Treatment | None:
    """The treatment asked for, or the newest that stands, or the newest."""
    if wanted:
        found = [one for one in treatments if one.pk == wanted]
        if not found:
            raise Http404
        return found[0]
    standing = [one for one in treatments if one.voided_at is None]
    return next(iter(standing or treatments), None)


def _shown(course: CourseRecord) -> Shown:
    treatment = course.treatment
    return Shown(
        id=treatment.pk,
        words=procedure_words(treatment),
        is_voided=treatment.voided_at is not None,
        void_reason=treatment.void_reason,
        series=series_of(course),
        logs=tuple(_line(course, log) for log in reversed(course.logs)),
        reasons=reasons(course),
        closed=_closed(course),
        notes=medical_notes(treatment),
    )


def _line(course: CourseRecord, log: DailyLog) -> LogLine:
    levels = {advice.log_id: Level(advice.level) for advice in course.advice}
    what = about(log)
    return LogLine(
        id=log.pk,
        about=what[0].upper() + what[1:],
        sent=short_moment(log.submitted_at, course.at, course.clinic),
        level=levels.get(log.pk, Level.NONE),
        answers=tuple((said.question, said.words) for said in answers_of(log)),
        labels=tuple(log_labels(course, log)),
        counts=log.counts,
    )


def log_labels(course: CourseRecord, log: DailyLog) -> list[str]:
    """Who entered a log, and what became of it."""
    labels = []
    if log.entered_by:
        labels.append(f"By telephone, entered by {log.entered_by}")
    if not log.sent_on_its_day:
        labels.append("Sent later, about an earlier day")
    if log.conflicts_with_id:
        labels.append("Sent a second time with other answers; both are kept")
    if log.corrects_id:
        labels.append("Correction")
    if hasattr(log, "corrected_by"):
        when = short_moment(log.corrected_by.submitted_at, course.at, course.clinic)
        labels.append(f"Corrected {when}")
    if hasattr(log, "retraction"):
        who = log.retraction.by_staff or "the patient"
        labels.append(f"Taken back by {who}: {log.retraction.reason}")
    if log.unusable:
        labels.append(f"Could not be used: {log.unusable}")
    return labels


def _closed(course: CourseRecord) -> tuple[ClosedRow, ...]:
    rows = []
    for review in reversed(course.reviews):
        if review.undone_at is None:
            review.treatment = course.treatment
            rows.append(closed_row(review, course.clinic, course.at))
    return tuple(rows)

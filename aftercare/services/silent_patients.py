"""Which patients of a clinic owe a log, in the order in which somebody should ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from aftercare.models import (
    Clinic,
    DailyLog,
    MessageKind,
    OutgoingMessage,
    Patient,
    Treatment,
)
from aftercare.reminders import (
    PROMPT_DAYS,
    Delivery,
    Known,
    Silence,
    silence_of,
)
from aftercare.warning_signs.recovery_class import is_high_risk
from aftercare.warning_signs.vocabulary import Level, OverallChange, Phase

OLDEST = timedelta(days=max(PROMPT_DAYS) + 1)
ASKING = (MessageKind.REMINDER, MessageKind.NUDGE)


@dataclass(frozen=True, slots=True)
class SilentPatient:
    """A patient who owes a log of a course."""

    patient: Patient
    treatment: Treatment
    silence: Silence


def silent_patients(clinic: Clinic, at: datetime) -> list[SilentPatient]:
    """Who owes a log, the most pressing first: three queries, however many they are.

    Of several courses the newest counts, as it is the one that reminders ask about.
    """
    courses = newest_courses(clinic, at)
    found = [
        SilentPatient(courses[key].patient, courses[key], silence)
        for key, silence in silences(clinic, courses, at).items()
    ]
    return sorted(
        found, key=lambda one: (one.silence, str(one.patient.pk)), reverse=True
    )


def silences(
    clinic: Clinic, courses: Mapping[UUID, Treatment], at: datetime
) -> dict[UUID, Silence]:
    """Which of these courses, by key, owe a log, and how much it matters; two queries."""
    logs = logs_of(clinic, courses)
    delivered = deliveries(clinic, {course.patient_id for course in courses.values()})
    today = at.astimezone(clinic.zoneinfo).date()
    found = {}
    for key, course in courses.items():
        reminder = delivered.get(course.patient_id, Delivery.NONE)
        known = known_of(course, course.day_of(today), logs[key], reminder)
        if silence := silence_of(known):
            found[key] = silence
    return found


def newest_courses(clinic: Clinic, at: datetime) -> dict[UUID, Treatment]:
    """The newest course of each patient that still asks for logs."""
    since = at.astimezone(clinic.zoneinfo).date() - OLDEST
    courses = clinic.treatments.filter(
        voided_at__isnull=True, left_at__isnull=True, performed_on__gte=since
    )
    ordered = courses.select_related("patient").order_by("performed_on", "id")
    newest = {course.patient_id: course for course in ordered}
    return {course.pk: course for course in newest.values()}


def logs_of(
    clinic: Clinic, courses: Collection[UUID]
) -> defaultdict[UUID, list[DailyLog]]:
    """The logs that count, by course, in the order of their days."""
    logs = DailyLog.objects.filter(
        clinic=clinic,
        treatment__in=list(courses),
        phase=Phase.POST,
        retraction__isnull=True,
        corrected_by__isnull=True,
    ).select_related("advice")
    read = logs.only("treatment_id", "day", "overall_change", "advice__level")
    by_course: defaultdict[UUID, list[DailyLog]] = defaultdict(list)
    for log in read.order_by("day", "submitted_at"):
        by_course[log.treatment_id].append(log)
    return by_course


def deliveries(clinic: Clinic, patients: Collection[UUID]) -> dict[UUID, Delivery]:
    """What became of the last reminder of each patient."""
    asked = OutgoingMessage.objects.filter(
        clinic=clinic, patient__in=list(patients), kind__in=ASKING
    ).order_by("created_at", "id")
    rows = asked.values_list("patient", "sent_at", "gave_up_at")
    return {
        patient: delivery(sent_at, gave_up_at) for patient, sent_at, gave_up_at in rows
    }


def delivery(sent_at: datetime | None, gave_up_at: datetime | None) -> Delivery:
    if gave_up_at:
        return Delivery.FAILED
    return Delivery.SENT if sent_at else Delivery.NONE


def known_of(
    course: Treatment, today: int, logs: list[DailyLog], reminder: Delivery
) -> Known:
    """What the order of silences is made from."""
    last = logs[-1] if logs else None
    return Known(
        today=today,
        logged=frozenset(log.day for log in logs),
        last_level=Level(last.advice.level) if last else Level.NONE,
        got_worse=last is not None and last.overall_change == OverallChange.WORSE,
        high_risk=is_high_risk(course.procedure()),
        reminder=reminder,
        left=course.left_at is not None,
    )

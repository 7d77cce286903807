"""What patients have asked of their record: to be deleted, or not to be checked on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from aftercare.models import Clinic, Patient, Treatment
from aftercare.services.retention import kept_until

MONTHS_TO_ANSWER = 1
"""By law a request is answered within a month."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A patient asks to be deleted, and the clinic has not answered yet."""

    patient: UUID
    name: str
    on: str
    by: str
    is_late: bool


def asked_by(patient: Patient, at: datetime) -> Asked | None:
    """The request of a patient that waits for an answer, if there is one; one query."""
    waiting = patient.erasure_requests.filter(answered_at__isnull=True)
    asked_at = waiting.values_list("asked_at", flat=True).first()
    return _asked(patient, asked_at, at) if asked_at else None


def who_asked(clinic: Clinic, at: datetime) -> tuple[Asked, ...]:
    """Everybody at the clinic whose request waits, the oldest first; one query."""
    waiting = clinic.erasurerequests.filter(answered_at__isnull=True)
    requests = waiting.select_related("patient__clinic").order_by("asked_at", "pk")
    return tuple(_asked(one.patient, one.asked_at, at) for one in requests)


def left_words(treatment: Treatment) -> str:
    """That a patient asked not to be checked on; empty while they are."""
    if treatment.left_at is None:
        return ""
    day = treatment.left_at.astimezone(treatment.clinic.zoneinfo).date()
    return f"Left the course on {short_date(day)}"


def short_date(day: date) -> str:
    return f"{day.day} {day:%B}"


def _asked(patient: Patient, asked_at: datetime, at: datetime) -> Asked:
    zone = patient.clinic.zoneinfo
    day, today = asked_at.astimezone(zone).date(), at.astimezone(zone).date()
    last = kept_until(day, MONTHS_TO_ANSWER)
    return Asked(
        patient.pk, str(patient), short_date(day), short_date(last), last < today
    )

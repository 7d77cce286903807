"""How long a clinic keeps its patients' records, and erasing those it kept long enough."""

from __future__ import annotations

import logging
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q

from aftercare.models import AuditEntry, Clinic, Erasure, Flag, Patient
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.vocabulary import Level

from .erase_patient import erase_patient
from .follow_up import NotPossible

logger = logging.getLogger(__name__)

COURSE = timedelta(days=DEFAULTS.max_log_day)
QUIET = timedelta(days=7)
"""After so long without anything done at a clinic the clock may be wrong, not the date."""
REASON = "Kept for as long as the clinic keeps records: {months} months."


def kept_until(last_day: date, months: int) -> date:
    """The last day on which a record is kept: months after the last day of its course."""
    year, month = divmod(last_day.year * 12 + last_day.month - 1 + months, 12)
    return date(year, month + 1, min(last_day.day, monthrange(year, month + 1)[1]))


def due_for_erasure(clinic: Clinic, today: date) -> Iterator[UUID]:
    """The patients whose record was kept for long enough, the longest kept first.

    The last day counts that any treatment of theirs has, or the day on which they were
    registered; never those with an open flag.
    """
    months = clinic.retention_months
    if months is None:
        return
    open_flags = Flag.objects.open().filter(treatment__patient=OuterRef("pk"))
    # No month is shorter than this, so that nobody who is due is left out here.
    latest = today - timedelta(days=28 * months)
    patients = (
        clinic.patients.filter(~Exists(open_flags), created_at__date__lt=latest)
        .annotate(performed_on=Max("treatments__performed_on"))
        .filter(Q(performed_on__isnull=True) | Q(performed_on__lt=latest - COURSE))
        .order_by(F("performed_on").asc(nulls_first=True), "created_at", "pk")
    )
    for patient in patients.iterator(chunk_size=500):
        if kept_until(last_day_of(patient, clinic), months) < today:
            yield patient.pk


def last_day_of(patient: Patient, clinic: Clinic) -> date:
    """The last day of a patient's courses, or the day on which they were registered."""
    registered = patient.created_at.astimezone(clinic.zoneinfo).date()
    if patient.performed_on is None:
        return registered
    return max(registered, patient.performed_on + COURSE)


def erase_due(clinic: Clinic, at: datetime) -> Iterator[Erasure]:
    """Erase everyone who is due, each in a transaction of their own."""
    today = at.astimezone(clinic.zoneinfo).date()
    reason = REASON.format(months=clinic.retention_months)
    for patient_id in list(due_for_erasure(clinic, today)):
        try:
            yield erase_patient(
                clinic=clinic,
                patient_id=patient_id,
                reason=reason,
                at=at,
                not_from=Level.PROMPT,
            )
        except (NotPossible, Patient.DoesNotExist):
            # A log, a flag or an erasure came in between: the next run looks again.
            continue


def erase_by_itself(at: datetime) -> int:
    """What is due at every clinic that has said how long; how many records that was.

    Erasing cannot be undone, so nobody is erased by a clock alone: where nothing was
    done for a week it is left to `manage.py erase_due`.
    """
    count = 0
    for clinic in Clinic.objects.filter(retention_months__isnull=False):
        entries = AuditEntry.objects.filter(clinic=clinic)
        if entries.filter(at__gte=at - QUIET).exists():
            count += sum(1 for _ in erase_due(clinic, at))
        else:
            logger.warning("Clinic %s is quiet: no record is erased there.", clinic.pk)
    return count

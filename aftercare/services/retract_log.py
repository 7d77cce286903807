"""A log that was sent by mistake is taken back; it stays readable in the record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from aftercare.models import DailyLog, Patient, Retraction, StaffMember

from . import audit
from .evaluating import evaluate_days, logged_units
from .follow_up import NotPossible
from .locked_course import lock_course
from .submit_log import require_access


def retract_log(
    *,
    treatment_id: UUID,
    log_id: UUID,
    by: Patient | StaffMember,
    reason: str,
    at: datetime,
) -> Retraction:
    """Take a log back; its day and every later day are judged again without it.

    Flags that it raised stay until a person closes them.
    """
    with transaction.atomic():
        course = lock_course(by.clinic, treatment_id)
        require_access(course, by)
        log = next((log for log in course.logs if log.pk == log_id), None)
        if log is None:
            raise DailyLog.DoesNotExist
        if not log.counts:
            raise NotPossible("This log was already corrected or taken back.")
        retraction = Retraction.objects.create(
            clinic=by.clinic,
            log=log,
            at=at,
            by_staff=by if isinstance(by, StaffMember) else None,
            reason=reason.strip(),
        )
        log.retraction = retraction
        evaluate_days(course, logged_units(course, since=log.day), at)
        audit.record(
            "log.retracted",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=course.treatment.patient_id,
            object_id=log.pk,
        )
    return retraction

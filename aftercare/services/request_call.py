"""The patient presses "Ask us to call you": a call request on a CONTACT flag."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from aftercare.models import CallRequest, Patient
from aftercare.warning_signs.assessment import Result
from aftercare.warning_signs.vocabulary import Level

from . import audit
from .locked_course import lock_course
from .raising import Fresh, raise_flags
from .submit_log import require_access
from .waking import asleep_since, wake


def request_call(
    *,
    treatment_id: UUID,
    by: Patient,
    number: str,
    best_time: str | None,
    at: datetime,
) -> CallRequest:
    """Ask for a call. Pressing twice while the first is unanswered is one request."""
    with transaction.atomic():
        course = lock_course(by.clinic, treatment_id)
        require_access(course, by)
        open_flag = course.open_flags.get("CONTACT")
        if open_flag and (asked := open_flag.call_requests.order_by("-at").first()):
            return asked
        today = at.astimezone(by.clinic.zoneinfo).date()
        day = course.treatment.day_of(today)
        if asleep_since(course, at):
            wake(course, at)
        raise_flags(course, [Fresh(asked_to_be_called(day), day)], at)
        request = CallRequest.objects.create(
            clinic=by.clinic,
            treatment=course.treatment,
            flag=course.open_flags["CONTACT"],
            number=number,
            best_time=best_time,
            at=at,
        )
        audit.record(
            "call.requested",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=by.pk,
            object_id=request.pk,
        )
    return request


def asked_to_be_called(day: int) -> Result:
    """The result that stands behind a call request; it needs no log."""
    reason = f"Asked to be called on day {day}."
    return Result("CONTACT", "CONTACT", Level.PROMPT, reason, ("contact_request",))

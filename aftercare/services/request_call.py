"""The patient presses "Ask us to call you": a call request on a CONTACT flag."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from aftercare.models import CallRequest, Flag, Patient
from aftercare.warning_signs.assessment import Result
from aftercare.warning_signs.vocabulary import Level

from . import audit
from .locked_course import lock_course
from .raising import Fresh, raise_flags
from .submit_log import require_access


def request_call(
    *,
    treatment_id: UUID,
    by: Patient,
    number: str,
    best_time: str | None,
    at: datetime,
    log_id: UUID | None = None,
) -> CallRequest:
    """Ask for a call; `log_id` is the log whose advice had the button.

    Pressing twice while nobody has called is one request; another number or time, or
    asking again after an attempt, is a new one.
    """
    with transaction.atomic():
        course = lock_course(by.clinic, treatment_id)
        require_access(course, by)
        asked = still_asked(course.open_flags.get("CONTACT"), number, best_time)
        if asked is not None:
            return asked
        log = next((log for log in course.logs if log.pk == log_id), None)
        today = at.astimezone(by.clinic.zoneinfo).date()
        day = course.treatment.day_of(today)
        raise_flags(course, [Fresh(asked_to_be_called(day), day)], at, log)
        request = CallRequest.objects.create(
            clinic=by.clinic,
            treatment=course.treatment,
            flag=course.open_flags["CONTACT"],
            log=log,
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


def still_asked(
    flag: Flag | None, number: str, best_time: str | None
) -> CallRequest | None:
    """The same request, when nobody has tried to call since."""
    if flag is None:
        return None
    last = flag.call_requests.order_by("-at").first()
    if last is None or (last.number, last.best_time) != (number, best_time):
        return None
    contacted = getattr(flag, "contacted_at", None)
    return None if contacted is not None and contacted >= last.at else last


def asked_to_be_called(day: int) -> Result:
    """The result that stands behind a call request; it needs no log."""
    reason = f"Asked to be called on day {day}."
    return Result("CONTACT", "CONTACT", Level.PROMPT, reason, ("contact_request",))

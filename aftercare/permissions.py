"""Who may: roles and what each allows, as one table, and the guards that views wear.

Three questions, three homes: the guard answers *who*, a service answers *in which
state* by an exception of its own, and the rows reached through `request.patient` or
`request.staff.clinic` answer *which*.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from aftercare.models import StaffMember

View = Callable[..., HttpResponseBase]


class May(StrEnum):
    """What a staff member may do."""

    SEE_QUEUE = "see the queue"
    READ_CLINICAL = "read answers, reasons and reviews"
    ACKNOWLEDGE = "acknowledge, assign and snooze"
    CONTACT = "log a contact"
    REVIEW = "close flags"
    REVIEW_EMERGENCY = "close emergency flags, and patients who cannot be reached"
    REGISTER = "enter treatments and patients"
    ENTER_LOG = "enter a log taken by telephone"
    VOID = "void a treatment entered by mistake"
    ROTA = "say who is on duty"
    MANAGE_TEAM = "invite people, give them roles, and end their access"
    CHANGE_SETTINGS = "change the clinic's settings"
    EXPORT = "take data out of the house"
    EXPORT_ALL = "take the records of all patients out of the house"
    ERASE = "erase a patient's record, and answer whoever asks for it"
    READ_AUDIT = "read who did what, of everybody at the clinic"
    READ_OWN_AUDIT = "read what one did oneself"


_DESK = frozenset({May.SEE_QUEUE, May.CONTACT, May.REGISTER})
_CLINICIAN = _DESK | {
    May.READ_CLINICAL,
    May.ACKNOWLEDGE,
    May.REVIEW,
    May.ENTER_LOG,
    May.VOID,
    May.READ_OWN_AUDIT,
}
_AUDITOR = frozenset({May.READ_AUDIT, May.READ_OWN_AUDIT})
_LEAD = _CLINICIAN | _AUDITOR | {May.REVIEW_EMERGENCY, May.ROTA, May.EXPORT}
# Answers for the clinic and acts on no flag: for that an owner is a clinician as well.
_OWNER = _AUDITOR | frozenset(
    {
        May.SEE_QUEUE,
        May.READ_CLINICAL,
        May.REGISTER,
        May.ROTA,
        May.MANAGE_TEAM,
        May.CHANGE_SETTINGS,
        May.EXPORT,
        May.EXPORT_ALL,
        May.ERASE,
    }
)

ROLE_MAY: dict[str, frozenset[May]] = {
    "is_owner": _OWNER,
    "is_clinical_lead": _LEAD,
    "is_clinician": _CLINICIAN,
    "is_front_desk": _DESK,
    "is_auditor": _AUDITOR,
}


def may(staff: StaffMember, what: May) -> bool:
    """Whether any of the staff member's roles allows it."""
    return any(getattr(staff, role) and what in ROLE_MAY[role] for role in ROLE_MAY)


def patient_only(view: View) -> View:
    """The page exists only for a signed-in patient; for everyone else it is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "patient", None) is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def staff_only(what: May) -> Callable[[View], View]:
    """The page exists only for staff, and opens only to those who may."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            staff = getattr(request, "staff", None)
            if staff is None:
                raise Http404
            if not may(staff, what):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.right = what
        return guarded

    return decorate

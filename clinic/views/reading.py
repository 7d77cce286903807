"""What every page of the desk does: find rows, note who read whose page, answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from aftercare.people import StaffRequest
from aftercare.services import audit
from aftercare.views.see_other import SeeOther

if TYPE_CHECKING:
    from aftercare.models import Treatment

Option = TypeVar("Option", bound=StrEnum)


def see_other(name: str, *args: object, then: str = "") -> HttpResponse:
    """On to another page; `then` is what follows its path: a query or a place."""
    answer = SeeOther(name, *args)
    answer.headers["Location"] += then
    return answer


def chosen(request: StaffRequest, name: str, options: type[Option]) -> Option:
    """A choice in the address; the first option where there is none or an unknown one."""
    wanted = request.GET.get(name)
    return next((one for one in options if one == wanted), next(iter(options)))


def key_in(request: StaffRequest, name: str) -> UUID | None:
    """A key in the address, if there is one."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def find_treatment(request: StaffRequest, key: UUID) -> Treatment:
    """A treatment of the clinic with its patient, else 404."""
    treatments = request.staff.clinic.treatments.select_related("patient", "clinic")
    return get_object_or_404(treatments, pk=key)


def note_reading(request: StaffRequest, patient: UUID, row: UUID, at: datetime) -> None:
    """Write down that this staff member read a page of this patient."""
    audit.record(
        "patient.read",
        by=request.staff,
        clinic=request.staff.clinic,
        at=at,
        patient_id=patient,
        object_id=row,
        page=request.resolver_match.view_name,
    )

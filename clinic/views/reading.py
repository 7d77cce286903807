"""What every page of the desk does: find rows, say whose record it shows, answer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from aftercare.noting import about
from aftercare.people import StaffRequest
from aftercare.views.see_other import SeeOther

if TYPE_CHECKING:
    from aftercare.models import Patient, Treatment

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
    """A treatment of the clinic with its patient, else 404; the page is about it."""
    treatments = request.staff.clinic.treatments.select_related("patient", "clinic")
    found = get_object_or_404(treatments, pk=key)
    about(request, found.patient_id, found.pk)
    return found


def find_patient(request: StaffRequest, key: UUID) -> Patient:
    """A patient of the clinic with their login, else 404; the page is about them."""
    patients = request.staff.clinic.patients.select_related("clinic", "login")
    found = get_object_or_404(patients, pk=key)
    about(request, found.pk, found.pk)
    return found

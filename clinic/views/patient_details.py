"""The details of a patient are put right: a birth date with a slip in it lets nobody in."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from aftercare.services.change_patient import DETAILS, change_patient
from clinic.forms.patient import ChangePatient
from clinic.views.reading import find_patient, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(May.REGISTER)
def patient_details(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Name, birth date, telephone, e-mail, language of messages."""
    found, at = find_patient(request, patient), timezone.now()
    form = ChangePatient(
        request.POST or None,
        now=at.astimezone(request.staff.clinic.zoneinfo),
        initial={name: getattr(found, name) for name in DETAILS},
    )
    if form.is_valid():
        taken_back = change_patient(
            patient_id=patient, by=request.staff, changes=form.changes, at=at
        )
        again = " The last link no longer works: make a new one." if taken_back else ""
        messages.success(request, f"Saved.{again}")
        return see_other("let_in", patient)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    facts = {"form": form, "patient": found}
    return render(request, "clinic/patient_details.html", facts, status=status)

"""A patient has asked to be deleted: erase the record, or say why it is kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from aftercare.second_wall.standing import outside_the_wall
from aftercare.services.ask_erasure import keep_record
from aftercare.services.erase_patient import erase_patient
from aftercare.services.follow_up import NotPossible
from clinic.forms.rights import Erase, Keep
from clinic.patient_rights import asked_by
from clinic.views.fresh_factor import fresh_factor
from clinic.views.reading import find_patient, see_other

if TYPE_CHECKING:
    from aftercare.models import Patient


# Nothing is deleted behind the wall, and a login may belong to people of several clinics.
@outside_the_wall
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(May.ERASE)
def erase(request: StaffRequest, patient: UUID) -> HttpResponseBase:
    """The request, and both answers to it; without a request back to the patient."""
    found = find_patient(request, patient)
    if asked_by(found, timezone.now()) is None:
        messages.info(request, f"{found} does not ask to be deleted.")
        return see_other("patient_detail", found.pk)
    return _answer(request, found)


@fresh_factor
def _answer(request: StaffRequest, patient: Patient) -> HttpResponse:
    """`keep` in the form says which of the two answers it is."""
    keeps = "keep" in request.POST
    erasing = Erase(None if keeps else request.POST or None, wanted=patient.family_name)
    keeping = Keep(request.POST if keeps else None)
    if keeps and keeping.is_valid():
        return _keep(request, patient, keeping)
    if erasing.is_valid():
        try:
            erase_patient(
                clinic=request.staff.clinic,
                patient_id=patient.pk,
                reason=erasing.cleaned_data["reason"],
                at=timezone.now(),
                by=request.staff,
            )
        except NotPossible as refused:
            erasing.add_error(None, refused.message)
        else:
            messages.success(request, "The record was erased.")
            return see_other("patients")
    return _asking(request, patient, erasing, keeping)


def _keep(request: StaffRequest, patient: Patient, form: Keep) -> HttpResponse:
    try:
        words = form.cleaned_data["words"]
        keep_record(
            patient_id=patient.pk, by=request.staff, words=words, at=timezone.now()
        )
    except NotPossible as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"{patient} reads your answer on their page.")
    return see_other("patient_detail", patient.pk)


def _asking(
    request: StaffRequest, patient: Patient, erasing: Erase, keeping: Keep
) -> HttpResponse:
    wrong = next((form for form in (erasing, keeping) if form.errors), None)
    facts = {
        "patient": patient,
        "asked": asked_by(patient, timezone.now()),
        "erasing": erasing,
        "keeping": keeping,
        "form": wrong,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "clinic/erase.html", facts, status=status)

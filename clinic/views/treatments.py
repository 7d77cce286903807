"""A treatment enters the record (S6), is put right, or is voided."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from aftercare.people import StaffRequest
from aftercare.permissions import May, may, staff_only
from aftercare.services.enter_treatment import NewPatient, enter_treatment
from aftercare.services.follow_up import NotPossible
from aftercare.services.register_treatment import change_treatment
from aftercare.services.register_treatment import void_treatment as void
from clinic.forms.new_treatment import NewPatientTreatment, NewTreatment, VoidTreatment
from clinic.forms.treatment import ChangeTreatment, as_initial
from clinic.medical import procedure_words
from clinic.register import LONGEST_QUERY, find_patients
from clinic.views.let_in import welcome
from clinic.views.reading import find_patient, find_treatment, key_in, see_other
from clinic.views.steps import problem_words

if TYPE_CHECKING:
    from aftercare.models import Patient, Treatment


@staff_only(May.REGISTER)
def new_treatment(request: StaffRequest) -> HttpResponse:
    """One short form: for a known patient (`?patient=`), or with a new one."""
    at, key = timezone.now(), key_in(request, "patient")
    known = find_patient(request, key) if key else None
    form = _new_form(request, known, at)
    if form.is_valid():
        try:
            treatment = enter_treatment(
                by=request.staff,
                patient=known or NewPatient(form.cleaned_data["key"], form.patient),
                details=form.details,
                at=at,
            )
        except NotPossible as problem:
            form.add_error(None, problem_words(request, problem))
        else:
            return _saved(request, treatment)
    return _new_page(request, form, known)


def _new_form(
    request: StaffRequest, known: Patient | None, at: datetime
) -> NewTreatment:
    """The form for a known patient, or the longer one for a new one."""
    clinic, sent = request.staff.clinic, request.POST or None
    asked = {"now": at.astimezone(clinic.zoneinfo), "practitioner": request.staff.name}
    if known is not None:
        return NewTreatment(sent, born=known.birth_date, **asked)
    return NewPatientTreatment(sent, patients=clinic.patients, **asked)


def _new_page(
    request: StaffRequest, form: NewTreatment, patient: Patient | None
) -> HttpResponse:
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    facts = {
        "form": form,
        "patient": patient,
        "query": query,
        "found": find_patients(request.staff.clinic, query) if query else (),
    }
    return render(request, "clinic/new_treatment.html", facts, status=_status(form))


def _saved(request: StaffRequest, treatment: Treatment) -> HttpResponse:
    """On to letting the patient in; or, if they have been in before, to their page.

    The front desk goes on to the list of patients.
    """
    messages.success(
        request, "Treatment saved. We ask for a log every day from now on."
    )
    if treatment.patient.login_id is None:
        return welcome(request, treatment.patient)
    if may(request.staff, May.READ_CLINICAL):
        return see_other("patient_detail", treatment.patient_id)
    return see_other("patients")


@staff_only(May.REGISTER)
@staff_only(May.READ_CLINICAL)
def treatment_edit(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """Put the record of a treatment right; every logged day is judged again."""
    found, at = find_treatment(request, treatment), timezone.now()
    now = at.astimezone(request.staff.clinic.zoneinfo)
    form = ChangeTreatment(
        request.POST or None, now=now, initial=as_initial(found, now.date())
    )
    if form.is_valid():
        try:
            change_treatment(
                treatment_id=treatment,
                by=request.staff,
                details=form.details,
                at=at,
                seen=form.cleaned_data["version"],
            )
        except NotPossible as problem:
            form.add_error(None, problem_words(request, problem))
        else:
            messages.success(request, "Saved. Every log was checked again.")
            return see_other("patient_detail", found.patient_id)
    return _edit_page(request, found, form, VoidTreatment(auto_id="void_%s"))


def _edit_page(
    request: StaffRequest, treatment: Treatment, form: Form, voiding: VoidTreatment
) -> HttpResponse:
    facts: dict[str, Any] = {
        "treatment": treatment,
        "words": procedure_words(treatment),
        "edit": form,
        "voiding": voiding,
        "form": voiding if voiding.errors else form,
        "may_void": may(request.staff, May.VOID),
    }
    status = _status(voiding if voiding.errors else form)
    return render(request, "clinic/treatment.html", facts, status=status)


@require_POST
@staff_only(May.VOID)
def void_treatment(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """Take a treatment that was entered by mistake out of every list."""
    found, at = find_treatment(request, treatment), timezone.now()
    form = VoidTreatment(request.POST, auto_id="void_%s")
    if form.is_valid():
        try:
            void(
                treatment_id=treatment,
                by=request.staff,
                reason=form.cleaned_data["reason"],
                at=at,
            )
        except NotPossible as problem:
            form.add_error(None, problem_words(request, problem))
        else:
            messages.success(request, "The treatment was voided.")
            return see_other("patient_detail", found.patient_id)
    now = at.astimezone(request.staff.clinic.zoneinfo)
    edit = ChangeTreatment(now=now, initial=as_initial(found, now.date()))
    return _edit_page(request, found, edit, form)


def _status(form: Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK

"""What to do next, and asking for a call."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aftercare.forms.call_me import CallMeForm
from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.services.request_call import request_call
from aftercare.showing.advice_page import AdvicePage, advice_page
from aftercare.showing.moments import clock_of
from aftercare.showing.reminders_page import asks_for_reminders

from .see_other import SeeOther


@patient_only
@require_safe
def advice(request: PatientRequest, log: UUID) -> HttpResponse:
    """The advice of a log, as it was shown then, with what has happened since."""
    page = find(request, log)
    facts = {
        "page": page,
        "call": CallMeForm(),
        "offer_reminders": asks_for_reminders(request.patient) and not page.is_flagged,
    }
    return render(request, "patient/advice.html", facts)


@patient_only
@require_POST
def call_me(request: PatientRequest, log: UUID) -> HttpResponse:
    """Ask the clinic for a call about a log."""
    page, form = find(request, log), CallMeForm(request.POST)
    number = form.number_or(request.patient.phone)
    if not number:
        facts = {"page": page, "call": form, "form": form}
        return render(request, "patient/advice.html", facts, status=422)
    request_call(
        treatment_id=page.course.treatment.pk,
        by=request.patient,
        number=number,
        best_time=form.cleaned_data.get("best_time") or None,
        log_id=log,
        at=page.course.clock.now,
    )
    return SeeOther("advice", log)


def find(request: PatientRequest, log: UUID) -> AdvicePage:
    """The page of one of the patient's own logs, else 404."""
    try:
        return advice_page(
            request.patient, log, clock_of(request.patient, timezone.now())
        )
    except ObjectDoesNotExist as missing:
        raise Http404 from missing

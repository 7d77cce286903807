"""Every log that was sent, and taking one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from aftercare.forms.retract import RetractForm
from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.services.follow_up import NotPossible
from aftercare.services.retract_log import retract_log as take_back
from aftercare.showing.history import history_page, log_to_retract
from aftercare.showing.lead import lead_of
from aftercare.showing.moments import clock_of

from .see_other import SeeOther
from .shown import shown_or_nothing


@patient_only
@require_safe
def history(request: PatientRequest) -> HttpResponse:
    """The logs of a treatment, the newest day first."""
    page = shown_or_nothing(request, history_page)
    template = "patient/history.html" if page else "patient/no_treatment.html"
    return render(request, template, {"page": page})


@patient_only
@require_http_methods(["GET", "HEAD", "POST"])
def retract_log(request: PatientRequest, treatment: UUID, log: UUID) -> HttpResponse:
    """Take back a log that was sent by mistake, with the reason in words."""
    at, patient = timezone.now(), request.patient
    form = RetractForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            take_back(
                treatment_id=treatment, log_id=log, by=patient, reason=reason, at=at
            )
            messages.success(request, "This log no longer counts. We keep it.")
            return SeeOther("history")
        sent = log_to_retract(patient, treatment, log, clock_of(patient, at))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except NotPossible as refused:
        messages.error(request, refused.message)
        return SeeOther("history")
    facts = {"sent": sent, "form": form, "lead": lead_of(patient, at)}
    status = 422 if form.errors else 200
    return render(request, "patient/retract.html", facts, status=status)

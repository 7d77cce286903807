"""The recovery as plots."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.showing.recovery_page import recovery_page

from .shown import shown_or_nothing


@patient_only
@require_safe
def recovery(request: PatientRequest) -> HttpResponse:
    """Am I on course?"""
    page = shown_or_nothing(request, recovery_page)
    template = "patient/recovery.html" if page else "patient/no_treatment.html"
    return render(request, template, {"page": page})

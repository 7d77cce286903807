"""What may I do today? Aftercare day by day."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.showing.care_page import LAST_DAY, care_page

from .shown import shown_or_nothing


@patient_only
@require_safe
def aftercare_day(request: PatientRequest, day: int | None = None) -> HttpResponse:
    """The checklist of a day, by default of today."""
    if day is not None and day > LAST_DAY:
        raise Http404
    page = shown_or_nothing(request, care_page)
    if page is None:
        return render(request, "patient/no_treatment.html")
    return render(request, "patient/aftercare_day.html", {"page": page.on(day)})

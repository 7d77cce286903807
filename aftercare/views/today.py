"""The patient's first page: today's log, or what to do now that it is sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.sessions import stay_for_course
from aftercare.showing.today import today_of

from .log import empty_form
from .shown import shown_or_nothing


@patient_only
@require_safe
def today(request: PatientRequest) -> HttpResponse:
    """If today is asked about and not logged, this is the log itself."""
    page = shown_or_nothing(request, today_of)
    if page is None:
        return render(request, "patient/no_treatment.html")
    stay_for_course(request.session, page.course.treatment)
    if page.asks:
        return empty_form(request, page.log)
    return render(request, "patient/today.html", {"page": page})

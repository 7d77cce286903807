"""When and how a patient is reminded: offered after the first log, kept in the settings."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aftercare.forms.reminders import RemindersForm, shown_time
from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.services.choose_reminders import choose_reminders
from aftercare.showing.reminders_page import reminders_page

from .see_other import SeeOther


@patient_only
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: PatientRequest) -> HttpResponse:
    """The time, the way, and the exact message."""
    page = reminders_page(request.patient)
    if request.method == "POST":
        form = RemindersForm(request.POST, ways=page.ways)
        if form.is_valid():
            choose_reminders(
                by=request.patient,
                remind_at=form.time,
                remind_by=form.cleaned_data["by"],
                at=timezone.now(),
            )
            messages.success(request, "Saved.")
            return SeeOther("settings")
    else:
        form = RemindersForm(
            initial=shown_time(page.at) | {"by": page.by}, ways=page.ways
        )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    facts = {"page": page, "form": form}
    return render(request, "patient/reminders.html", facts, status=status)

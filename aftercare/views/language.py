"""A patient chooses the language of our messages."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aftercare.forms.language import LanguageForm
from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.services.choose_language import choose_language
from aftercare.showing.reminders_page import samples

from .see_other import SeeOther


@patient_only
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: PatientRequest) -> HttpResponse:
    """The choice, and the same message in each language."""
    patient = request.patient
    form = LanguageForm(request.POST or None, initial={"language": patient.language})
    if form.is_valid():
        choose_language(
            by=patient, language=form.cleaned_data["language"], at=timezone.now()
        )
        messages.success(request, "Saved.")
        return SeeOther("settings")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    facts = {"form": form, "samples": samples(patient)}
    return render(request, "patient/language.html", facts, status=status)

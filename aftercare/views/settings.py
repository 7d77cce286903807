"""A patient's settings: the devices on which they are signed in, and where the rest is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aftercare.languages import Language
from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.services import devices
from aftercare.showing.moments import clock_of
from aftercare.showing.my_devices import listed

from .see_other import SeeOther


@patient_only
@require_safe
def settings(request: PatientRequest) -> HttpResponse:
    """Reminders, language, devices, my data, help."""
    at = timezone.now()
    this = request.session.session_key or ""
    found = listed(
        devices.signed_in(request.patient, at), this, clock_of(request.patient, at)
    )
    others = sum(not device.is_this for device in found)
    language = Language(request.patient.language)
    facts = {"devices": found, "others": others, "language": language}
    return render(request, "patient/settings.html", facts)


@require_POST
@patient_only
def sign_out_device(request: PatientRequest) -> HttpResponse:
    """One device from the list. One that is signed out already stays so."""
    device = request.POST.get("device", "")
    if device.isdecimal() and devices.sign_out_device(
        patient=request.patient,
        device_id=int(device),
        by=request.patient,
        at=timezone.now(),
    ):
        messages.success(request, "That device is signed out.")
    return SeeOther("settings")


@require_POST
@patient_only
def sign_out_others(request: PatientRequest) -> HttpResponse:
    """Every device but this one."""
    this = request.session.session_key or ""
    devices.sign_out_others(patient=request.patient, keep=this, at=timezone.now())
    messages.success(request, "All your other devices are signed out.")
    return SeeOther("settings")

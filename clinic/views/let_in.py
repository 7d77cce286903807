"""Letting a patient in: a link to scan or to send, taken back or made anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from aftercare.noting import shows_no_record
from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from aftercare.services.devices import sign_out_everywhere
from aftercare.services.invite import (
    invite_patient,
    revoke_invitation,
    ways_to,
)
from clinic.let_in_page import read_let_in_page
from clinic.link_state import link_state
from clinic.views.reading import find_patient, see_other

if TYPE_CHECKING:
    from aftercare.models import Patient


SHOWN_FOR = timedelta(minutes=10)


def shown_in() -> str:
    """The cookie with the link; by its prefix nobody without TLS can put one there."""
    return "__Secure-link" if settings.SESSION_COOKIE_SECURE else "link"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(May.REGISTER)
def let_in(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The last link, and a button for a new one."""
    found, at = find_patient(request, patient), timezone.now()
    if request.method == "POST":
        return welcome(request, found, request.POST.getlist("way"))
    page = read_let_in_page(found, at, request.COOKIES.get(shown_in(), ""))
    return render(request, "clinic/let_in.html", {"page": page})


def welcome(
    request: StaffRequest, patient: Patient, ways: list[str] | None = None
) -> HttpResponse:
    """A new link, for the screen and by these ways; by every way when none is named.

    For some minutes this browser can show it, on this patient's page alone. The record
    keeps no token, so nobody else can.
    """
    possible = ways_to(patient)
    invited = invite_patient(
        patient=patient,
        by=request.staff,
        at=timezone.now(),
        channels=possible if ways is None else [w for w in possible if w in ways],
    )
    answer = see_other("let_in", patient.pk)
    answer.set_cookie(
        shown_in(),
        invited.token,
        max_age=SHOWN_FOR,
        path=reverse("let_in", args=[patient.pk]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


@shows_no_record
@require_safe
@staff_only(May.REGISTER)
def link_now(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What became of the link, for a page that looks again by itself. It names nobody."""
    last = link_state(find_patient(request, patient), timezone.now())
    return render(request, "clinic/link_state.html", {"last": last, "patient": patient})


@require_POST
@staff_only(May.REGISTER)
def revoke(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Nobody comes in by the last link any more."""
    found = find_patient(request, patient)
    if revoke_invitation(patient=found, by=request.staff, at=timezone.now()):
        messages.success(request, "The link is taken back.")
    return see_other("let_in", patient)


@require_POST
@staff_only(May.REGISTER)
def sign_out_patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The patient is signed out on every device: a phone was lost, for example."""
    found = find_patient(request, patient)
    sign_out_everywhere(patient=found, by=request.staff, at=timezone.now())
    messages.success(request, "Every device of this patient is signed out.")
    return see_other("let_in", patient)

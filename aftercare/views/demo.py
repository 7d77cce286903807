"""The demo: one click makes the visitor a patient, a nurse or a clinical lead."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aftercare.demo.visit import demo_clinics, demo_person
from aftercare.sessions import start_demo_session


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Everybody there is to be."""
    if not settings.DEMO:
        raise Http404
    return render(
        request, "public/demo.html", {"clinics": demo_clinics(timezone.now())}
    )


@login_not_required
@require_POST
def become(request: HttpRequest, person: UUID) -> HttpResponse:
    """Sign in as somebody of a demo clinic, without a password."""
    who = demo_person(person) if settings.DEMO else None
    if who is None:
        raise Http404
    start_demo_session(request, who)
    return redirect("home")

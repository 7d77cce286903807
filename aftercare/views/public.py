"""Pages for everybody, signed in or not."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aftercare.demo.visit import suggestions
from aftercare.showing.lead import lead_of
from aftercare.showing.opening import opening_words


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, and the way into the demo."""
    first = suggestions(timezone.now()) if settings.DEMO else ()
    return render(request, "public/landing.html", {"suggestions": first})


@login_not_required
@require_safe
def get_help(request: HttpRequest) -> HttpResponse:
    """The right number in one tap, by the clock of the clinic, and what was promised."""
    at = timezone.now()
    clinic, patient = (getattr(request, name, None) for name in ("clinic", "patient"))
    facts = {
        "opening": opening_words(clinic, at) if clinic else None,
        "lead": lead_of(patient, at) if patient else None,
    }
    return render(request, "public/help.html", facts)


@login_not_required
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """What this is not: no emergency care, no diagnosis."""
    return render(request, "public/safety.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, and who sees it."""
    return render(request, "public/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, and how to tell us what is hard to use."""
    return render(request, "public/accessibility.html")

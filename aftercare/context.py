"""What every template may show: the clinic of whoever is signed in, whether this is the
demo, whether something has stopped that a promise hangs on, and when nobody is on duty."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from aftercare.health import Health
from aftercare.models import Clinic
from aftercare.permissions import May, may
from aftercare.promise import clock_words, gap_words


def house(request: HttpRequest) -> dict[str, Any]:
    """`clinic` (None when signed out), `demo`, `stopped` (None while all is well), `gap`.

    `stopped.since` is in words on the clinic's clock, empty where it is not known; `gap`
    is when nobody is on duty, for those who can put somebody on the rota.
    """
    clinic = getattr(request, "clinic", None)
    health = getattr(request, "health", None)
    return {
        "clinic": clinic,
        "demo": settings.DEMO,
        "stopped": stopped(health, clinic) if health and clinic else None,
        "gap": gap(request),
    }


def stopped(health: Health, clinic: Clinic) -> dict[str, str] | None:
    """Since when nobody is told by itself of a flag that waits, if that is so."""
    if not health.faults:
        return None
    since = health.since
    return {"since": clock_words(since.astimezone(clinic.zoneinfo)) if since else ""}


def gap(request: HttpRequest) -> str:
    """When nobody is on duty today or tomorrow; empty where nothing can be done by them."""
    staff, cover = getattr(request, "staff", None), getattr(request, "cover", None)
    if staff is None or cover is None or not may(staff, May.ROTA):
        return ""
    return gap_words(cover.gaps, cover.at, cover.clinic.zoneinfo)

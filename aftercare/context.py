"""What every template may show: the clinic of whoever is signed in, whether this is the
demo, and whether something has stopped that a promise hangs on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from aftercare.health import Health
from aftercare.models import Clinic
from aftercare.promise import clock_words


def house(request: HttpRequest) -> dict[str, Any]:
    """`clinic` (None when signed out), `demo`, and `stopped` (None while all is well).

    `stopped.since` is in words on the clinic's clock, empty where it is not known.
    """
    clinic = getattr(request, "clinic", None)
    health = getattr(request, "health", None)
    return {
        "clinic": clinic,
        "demo": settings.DEMO,
        "stopped": stopped(health, clinic) if health and clinic else None,
    }


def stopped(health: Health, clinic: Clinic) -> dict[str, str] | None:
    """Since when nobody is told by itself of a flag that waits, if that is so."""
    if not health.faults:
        return None
    since = health.since
    return {"since": clock_words(since.astimezone(clinic.zoneinfo)) if since else ""}

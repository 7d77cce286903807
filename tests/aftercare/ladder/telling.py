"""Who was told, and what waits for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from aftercare.models import (
    Flag,
    OutgoingMessage,
    Telling,
)
from tests.builders import (
    MONDAY,
)

SATURDAY = MONDAY + timedelta(days=5)


def after(**time: float) -> datetime:
    return MONDAY + timedelta(**time)


def told() -> list[tuple[str, str]]:
    """Who was told on which rung, by name."""
    rows = Telling.objects.order_by("at", "rung", "staff__name")
    return [(row.rung, row.staff.name if row.staff else "nobody") for row in rows]


def letters() -> list[str]:
    """Whom messages wait for."""
    waiting = OutgoingMessage.objects.filter(kind="staff_urgent")
    return sorted(message.to for message in waiting)


def flag() -> Flag:
    return Flag.objects.get(review__isnull=True)

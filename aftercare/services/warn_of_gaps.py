"""Tomorrow has opening times for which nobody is on duty: those who keep the rota hear.

From noon of the day before, on the clinic's clock, and once for each date.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from aftercare.messages import words
from aftercare.models import Clinic, Duty
from aftercare.models.cover_reading import who_works
from aftercare.promise import Span
from aftercare.promise.cover import gaps
from aftercare.promise.wall_clock import moment_of

from . import audit
from .tell_staff import LEADS, OWNERS, tell, working

logger = logging.getLogger(__name__)

NOON = 12


def warn_of_gaps(at: datetime) -> int:
    """Tell of tomorrow's gaps; how many clinics have been told.

    Only clinics that keep a rota; one that fails does not hold up the others.
    """
    told = 0
    rota = Duty.objects.filter(clinic=OuterRef("pk"))
    for clinic in Clinic.objects.filter(Exists(rota)).order_by("pk").iterator():
        try:
            told += warn_clinic(clinic, at)
        except Exception:
            logger.exception("The cover of clinic %s was not looked at.", clinic.pk)
    return told


def warn_clinic(clinic: Clinic, at: datetime) -> int:
    """One clinic, in one transaction; 0 where there is nothing to say, or it was said."""
    local = at.astimezone(clinic.zoneinfo)
    tomorrow = local.date() + timedelta(days=1)
    reason = f"gap:{clinic.pk}:{tomorrow}"
    if local.hour < NOON or was_told(clinic, reason):
        return 0
    if not gaps_on(clinic, tomorrow):
        return 0
    with transaction.atomic():
        keepers = working(clinic, LEADS | OWNERS)
        tell(keepers, words.STAFF_NOTICE, reason=reason, at=at)
        audit.record(
            "rota.gap_told", by=None, clinic=clinic, at=at, object_id=clinic.pk
        )
    return 1


def was_told(clinic: Clinic, reason: str) -> bool:
    """Whether somebody was told before, so that it is said once in a day."""
    return clinic.messages.filter(once__startswith=f"{reason}:").exists()


def gaps_on(clinic: Clinic, day: date) -> tuple[Span, ...]:
    """The opening times of a date for which nobody who works here is on duty."""
    zone = clinic.zoneinfo
    start = moment_of(day, time(0), zone)
    end = moment_of(day + timedelta(days=1), time(0), zone)
    near = clinic.dutys.filter(
        who_works("staff__"), starts_at__lt=end, ends_at__gt=start
    )
    shifts = [duty.shift() for duty in near]
    return gaps(shifts, clinic.opening_hours(), start, end)

"""No silence goes unnoticed: what is due at noon, and when to look next.

`next_due_at` on the treatment is the next noon at which anything could be due; one
indexed look finds every treatment whose moment has come.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from aftercare.models import Treatment
from aftercare.warning_signs.parameters import DEFAULTS

NOON = time(12, 0)


def noon_of(treatment: Treatment, day: date) -> datetime:
    """Twelve o'clock at the clinic on a date."""
    return datetime.combine(day, NOON, treatment.clinic.zoneinfo)


def first_check(treatment: Treatment, at: datetime) -> datetime | None:
    """Noon of the day on which a first log must have come; None when that is past."""
    day = treatment.performed_on + timedelta(days=DEFAULTS.no_logs_day)
    noon = noon_of(treatment, day)
    return noon if noon > at else None

"""What waited when a day at the clinic was over, kept so that it can be shown later.

"Nothing waited" is only worth saying if somebody looked; a day on which no worker ran
has no record, and that can be seen too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from aftercare.models import Clinic, DayRecord, Flag
from aftercare.models.follow_up import with_steps
from aftercare.models.undelivered import undelivered_of

from .clocks import clock_stopped, steps_on
from .silent_patients import silent_patients

logger = logging.getLogger(__name__)


def record_days(at: datetime) -> int:
    """A record of yesterday for each clinic that has none; how many were written."""
    written = 0
    for clinic in Clinic.objects.order_by("pk").iterator():
        try:
            written += record_yesterday(clinic, at)
        except Exception:
            logger.exception("The day of clinic %s was not recorded.", clinic.pk)
    return written


def record_yesterday(clinic: Clinic, at: datetime) -> int:
    """The record of the clinic's last whole day, unless it is there already."""
    yesterday = at.astimezone(clinic.zoneinfo).date() - timedelta(days=1)
    if clinic.dayrecords.filter(date=yesterday).exists():
        return 0
    with transaction.atomic():
        flags = list(with_steps(Flag.objects.open().filter(clinic=clinic)))
        record = DayRecord(
            clinic=clinic,
            date=yesterday,
            at=at,
            open_flags=len(flags),
            unseen=_count(not is_seen(flag) for flag in flags),
            late=_count(is_late(flag, at) for flag in flags),
            silent=len(silent_patients(clinic, at)),
            undelivered=undelivered_of(clinic).count(),
        )
        # Another worker may have been faster: one record a day.
        DayRecord.objects.bulk_create([record], ignore_conflicts=True)
    return 1


def is_seen(flag: Flag) -> bool:
    """Whether anybody has taken a step on it since it opened or rose."""
    return any(step >= flag.raised_at for step in steps_on(flag))


def is_late(flag: Flag, at: datetime) -> bool:
    """Whether its promised time has passed and nobody has kept the promise."""
    return flag.due_at is not None and flag.due_at < at and not clock_stopped(flag)


def _count(found: Iterable[bool]) -> int:
    return sum(found)

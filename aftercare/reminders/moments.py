"""The moment of a reminder: the patient's chosen time, spread a little, never at night.

Times chosen are wall-clock times where the patient is. Moments come out in UTC, so that
nothing calculates with two wall clocks of one zone, which is wrong at a clock change.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
"""No message leaves for a patient from 9pm until 8am on their own clock."""

LATEST = time(20, 59)
SPREAD = timedelta(minutes=20)
"""A reminder goes up to this much before or after the time, so that not all go at once."""

NUDGE_AFTER = timedelta(hours=5)


def reminder_moment(
    day: date, wanted: time, zone: ZoneInfo, key: UUID
) -> datetime | None:
    """When the reminder of a date goes out; None where that date does not exist.

    `key` is the patient's: the same patient and date give the same moment every time.
    A zone that crosses the date line leaves out a whole date (Samoa, 30 December 2011).
    """
    wall = datetime.combine(day, wanted) + _spread(day, key)
    return awake(min(max(wall.time(), QUIET_UNTIL), LATEST), day, zone)


def awake(clock: time, day: date, zone: ZoneInfo) -> datetime | None:
    """A wall-clock time of a date as a moment in UTC: the first where there are two.

    A time that the spring change skips is moved on by as much as was skipped. None when
    that leads out of the date or into the night.
    """
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    local = moment.astimezone(zone)
    return moment if local.date() == day and not is_quiet(moment, zone) else None


def nudge_moment(reminded_at: datetime, zone: ZoneInfo) -> datetime | None:
    """When the one further message of a day goes out; None when that is at night.

    `reminded_at` is when the reminder really left, so a late reminder is not followed
    by a second message at once.
    """
    moment = reminded_at.astimezone(UTC) + NUDGE_AFTER
    same_day = moment.astimezone(zone).date() == reminded_at.astimezone(zone).date()
    return moment if same_day and not is_quiet(moment, zone) else None


def is_quiet(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether it is night where the patient is."""
    clock = moment.astimezone(zone).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def _spread(day: date, key: UUID) -> timedelta:
    """Whole minutes from -20 to +20, always the same for one patient and date."""
    minutes = int(SPREAD / timedelta(minutes=1))
    draw = sha256(key.bytes + day.isoformat().encode()).digest()
    return timedelta(
        minutes=int.from_bytes(draw[:4], "big") % (2 * minutes + 1) - minutes
    )

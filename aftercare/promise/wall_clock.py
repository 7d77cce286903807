"""A time on the clinic's wall as a moment, also where the clocks change.

Python gives every time of a date two readings, of which a change makes two moments; a
time that the spring change skips is none, and becomes the change itself.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def moment_of(
    day: date, clock: time, zone: ZoneInfo, *, last: bool = False
) -> datetime:
    """A clock time of a date in UTC; in autumn the first of two, or the `last`."""
    wall = datetime.combine(day, clock, zone)
    first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if first > second:
        return _change_between(second, first, zone)
    return second if last else first


def _change_between(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the clocks go forward."""
    before = early.astimezone(zone).utcoffset()
    while late - early > MINUTE:
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(second=0, microsecond=0)

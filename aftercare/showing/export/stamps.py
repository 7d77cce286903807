"""Dates and times as a paper says them, true whenever it is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aftercare.promise import clock_words
from aftercare.showing.moments import date_words

Stamp = Callable[[datetime], str]


def full_date(day: date) -> str:
    """ "Monday 1 June 2026"."""
    return f"{date_words(day)} {day.year}"


def stamp_in(zone: ZoneInfo) -> Stamp:
    """Writes moments as that zone's clocks showed them: "Monday 1 June 2026, 9am"."""

    def stamp(moment: datetime) -> str:
        local = moment.astimezone(zone)
        return f"{full_date(local.date())}, {clock_words(local)}"

    return stamp

"""Which days of a course ask for a log, and the next of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from .moments import is_quiet, reminder_moment

PROMPT_DAYS = (*range(1, 15), 21, 28, 42, 60, 90, 180)
"""Days of treatment: every day of the first two weeks, then ever more rarely."""


class Prompt(NamedTuple):
    """One reminder to come: for which day of treatment, which date, and when (UTC)."""

    day: int
    date: date
    at: datetime


def next_prompt(
    *,
    performed_on: date,
    after: date,
    wanted: time,
    zone: ZoneInfo,
    key: UUID,
) -> Prompt | None:
    """The first reminder for a date later than `after`; None when no more are asked.

    Its moment may lie in the past, for a patient who flew over the date line or after
    an outage: `still_of_use` says whether it may yet be sent.
    """
    for day in PROMPT_DAYS:
        when = performed_on + timedelta(days=day)
        moment = reminder_moment(when, wanted, zone, key) if when > after else None
        if moment is not None:
            return Prompt(day, when, moment)
    return None


def still_of_use(prompt: Prompt, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a reminder that is due may be sent at `at`: on its own date, by day."""
    return at.astimezone(zone).date() == prompt.date and not is_quiet(at, zone)

"""Whether the clinic is open, in words for a patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from aftercare.models import Clinic
from aftercare.promise import clock_words, moment_words


@dataclass(frozen=True, slots=True)
class OpeningWords:
    """`until` when it is open, `next` when it is not; `week` has a line for each day."""

    is_open: bool
    until: str
    next: str
    week: tuple[tuple[str, str], ...]


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def opening_words(clinic: Clinic, at: datetime) -> OpeningWords:
    """The opening hours as of a moment; one query."""
    hours = clinic.opening_hours()
    closes, opens = hours.closing_time(at), hours.next_opening(at)

    def words(moment: datetime | None) -> str:
        return moment_words(moment, at, clinic.zoneinfo) if moment else ""

    week = tuple(
        (day, ", ".join(f"{_clock(i.opens)} to {_clock(i.closes)}" for i in spans))
        for number, day in enumerate(DAYS)
        if (spans := hours.weekly.get(number))
    )
    return OpeningWords(closes is not None, words(closes), words(opens), week)


def _clock(clock: time) -> str:
    return clock_words(datetime.combine(date.min, clock))

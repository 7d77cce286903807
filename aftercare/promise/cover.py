"""Who is on duty, and the opening times for which nobody is.

Moments are aware datetimes, else ValueError; spans come out in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from .opening_hours import OpeningHours, Span


@dataclass(frozen=True, slots=True)
class Shift:
    """One person on duty from `starts` to just before `ends`, and who stands behind them."""

    staff: UUID
    backup: UUID | None
    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None or self.ends.tzinfo is None:
            raise ValueError("A shift needs moments with a time zone.")
        if self.ends <= self.starts:
            raise ValueError("A shift must end after it starts.")
        if self.backup == self.staff:
            raise ValueError("Nobody is their own backup.")

    def covers(self, at: datetime) -> bool:
        return self.starts <= at < self.ends


def on_duty(shifts: Iterable[Shift], at: datetime) -> frozenset[UUID]:
    """Who answers for new flags at a moment."""
    return frozenset(shift.staff for shift in shifts if shift.covers(at))


def backups(shifts: Iterable[Shift], at: datetime) -> frozenset[UUID]:
    """Who is told when those on duty have not looked."""
    return frozenset(
        shift.backup for shift in shifts if shift.backup and shift.covers(at)
    )


def gaps(
    shifts: Iterable[Shift], hours: OpeningHours, start: datetime, end: datetime
) -> tuple[Span, ...]:
    """The opening times from `start` to `end` for which nobody is on duty, in order."""
    ordered = sorted(shifts, key=lambda shift: shift.starts)
    found: list[Span] = []
    day = hours.local_date(start)
    while day <= hours.local_date(end):
        for span in hours.spans_on(day):
            found += _uncovered(
                Span(max(span.opens, start), min(span.closes, end)), ordered
            )
        day += timedelta(days=1)
    return tuple(found)


def _uncovered(span: Span, ordered: list[Shift]) -> list[Span]:
    """The parts of one opening that no shift covers; `ordered` by their start."""
    found, reached = [], span.opens
    for shift in ordered:
        if shift.ends <= reached or shift.starts >= span.closes:
            continue
        if shift.starts > reached:
            found.append(Span(reached, shift.starts))
        reached = shift.ends
    if reached < span.closes:
        found.append(Span(reached, span.closes))
    return [
        Span(one.opens.astimezone(UTC), one.closes.astimezone(UTC)) for one in found
    ]

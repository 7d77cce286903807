"""Who is on duty, and the opening times for which nobody is.

Moments are aware datetimes, else ValueError; spans come out in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from .opening_hours import OpeningHours, Span
from .wall_clock import moment_of

JUST_STARTED = timedelta(hours=1)


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


def turn(day: date, starts: time, ends: time, zone: ZoneInfo) -> Span:
    """A turn of duty on a date, typed on the clinic's clock, as two moments.

    One that ends no later than it starts goes on into the next day. Where the clocks
    change it is as long as the wall says, at the longer reading; ValueError where
    nothing is left of it.
    """
    until = day if ends > starts else day + timedelta(days=1)
    span = Span(moment_of(day, starts, zone), moment_of(until, ends, zone, last=True))
    if span.closes <= span.opens:
        raise ValueError("The clocks go forward then: there is no such time.")
    return span


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


def gaps_until(
    shifts: Iterable[Shift], hours: OpeningHours, at: datetime, *, days: int
) -> tuple[Span, ...]:
    """The gaps from `at` until the last closing of the date so many days later."""
    last = hours.local_date(at) + timedelta(days=days)
    return gaps(shifts, hours, at, moment_of(last, time.max, hours.zone, last=True))


def taking_over(shifts: Iterable[Shift], at: datetime) -> tuple[Shift, ...]:
    """The shifts to whom one hands over now: those that start next, or just have.

    A handover takes its time, so a shift counts as the next one for its first hour.
    """
    ahead = [one for one in shifts if one.starts > at - JUST_STARTED and one.ends > at]
    first = min((one.starts for one in ahead), default=None)
    return tuple(one for one in ahead if one.starts == first)


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

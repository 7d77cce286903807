"""When the clinic is open: weekly hours, dated exceptions, and the time that counts.

Hours are wall-clock times in the clinic's zone; moments go in and come out as aware
datetimes, and come out in UTC. Python compares two datetimes of one zone by their wall
clocks, which is wrong around a clock change, so nothing here calculates outside UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .wall_clock import moment_of

HORIZON_DAYS = 14
"""How many dates after today are searched before the clinic counts as closed for good."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """One opening of one day, from `opens` to just before `closes`; never past midnight."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens.tzinfo is not None or self.closes.tzinfo is not None:
            raise ValueError("Opening hours are clock times in the clinic's zone.")
        if self.closes <= self.opens:
            raise ValueError("An interval must close after it opens, on the same day.")


class Span(NamedTuple):
    """An interval on one date, as two moments in UTC."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True)
class OpeningHours:
    """The clinic's week (0 is Monday) and the dates that differ from it.

    A dated exception replaces the weekday's intervals; an empty one is a day closed.
    A clinic that never opens in an ordinary week cannot promise anything: ValueError.
    """

    zone: ZoneInfo
    weekly: Mapping[int, tuple[Interval, ...]]
    exceptions: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not set(self.weekly) <= set(range(7)):
            raise ValueError("Weekdays are numbered 0 (Monday) to 6 (Sunday).")
        if not any(self.weekly.values()):
            raise ValueError("A clinic must open at least once a week.")
        for intervals in (*self.weekly.values(), *self.exceptions.values()):
            refuse_overlap(intervals)

    def local_date(self, at: datetime) -> date:
        """The date on the clinic's wall."""
        return _utc(at).astimezone(self.zone).date()

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The openings of a date in order; those that touch are one."""
        intervals = self.exceptions.get(day, self.weekly.get(day.weekday(), ()))
        spans: list[Span] = []
        for interval in sorted(intervals):
            opens, closes = (
                self._moment(day, clock) for clock in (interval.opens, interval.closes)
            )
            if spans and opens == spans[-1].closes:
                spans[-1] = Span(spans[-1].opens, closes)
            elif opens < closes:
                spans.append(Span(opens, closes))
        return tuple(spans)

    def is_open(self, at: datetime) -> bool:
        return self.closing_time(at) is not None

    def closing_time(self, at: datetime) -> datetime | None:
        """When the opening that is on at `at` ends, or None when the clinic is closed."""
        at = _utc(at)
        for opens, closes in self.spans_on(self.local_date(at)):
            if opens <= at < closes:
                return closes
        return None

    def next_opening(self, at: datetime) -> datetime | None:
        """The first opening after `at`, or None when there is none within the horizon."""
        at = _utc(at)
        return next((span.opens for span in self._ahead(at) if span.opens > at), None)

    def open_time_between(self, start: datetime, end: datetime) -> timedelta:
        """How long the clinic is open from `start` to `end`; nothing when `end` is first."""
        start, end = _utc(start), _utc(end)
        total, day = timedelta(), self.local_date(start)
        while day <= self.local_date(end):
            for opens, closes in self.spans_on(day):
                total += max(timedelta(), min(closes, end) - max(opens, start))
            day += timedelta(days=1)
        return total

    def add_open_time(self, at: datetime, amount: timedelta) -> datetime | None:
        """The moment at which the clinic has been open for `amount` since `at`.

        None when the openings within the horizon are not enough.
        """
        at = _utc(at)
        for span in self._ahead(at):
            opens = max(span.opens, at)
            if amount <= span.closes - opens:
                return opens + amount
            amount -= span.closes - opens
        return None

    def routine_deadline(self, at: datetime) -> datetime | None:
        """The last closing time of the first open date after the local date of `at`."""
        today = self.local_date(at)
        for days in range(1, HORIZON_DAYS + 1):
            if spans := self.spans_on(today + timedelta(days=days)):
                return spans[-1].closes
        return None

    def first_gap(self, today: date) -> date | None:
        """The first date, from `today` on, after which nothing opens within the horizon.

        A log of that date gets no promise. None when there is no such date: an ordinary
        week always opens, so only exceptions make one.
        """
        last = max((today, *self.exceptions))
        ahead = (
            today + timedelta(days=days) for days in range((last - today).days + 1)
        )
        return next((day for day in ahead if not self._opens_after(day)), None)

    def _opens_after(self, day: date) -> bool:
        """Whether it opens on one of the dates of the horizon after `day`."""
        return any(
            self.spans_on(day + timedelta(days=days))
            for days in range(1, HORIZON_DAYS + 1)
        )

    def _ahead(self, at: datetime) -> Iterator[Span]:
        """The openings that are on or still to come, to the horizon."""
        today = self.local_date(at)
        for days in range(HORIZON_DAYS + 1):
            for span in self.spans_on(today + timedelta(days=days)):
                if span.closes > at:
                    yield span

    def _moment(self, day: date, clock: time) -> datetime:
        """A clock time as a moment: the first of two in autumn.

        One that the spring change skips is the change itself, so that an opening is
        shortened by what does not exist and never overlaps the next.
        """
        return moment_of(day, clock, self.zone)


def refuse_overlap(intervals: tuple[Interval, ...]) -> None:
    """No two openings of one day may share a minute."""
    for earlier, later in pairwise(sorted(intervals)):
        if later.opens < earlier.closes:
            raise ValueError("Two openings of one day overlap.")


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return at.astimezone(UTC)

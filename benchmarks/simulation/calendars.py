"""A clinic's week, counted minute by minute: the yardstick, and nothing of the product's.

The product's own arithmetic of opening hours is what is judged here, so the simulation
shares no line of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
HORIZON = 14
TARGETS = {4: 15, 3: 120}
"""Opening minutes until a person has looked: an emergency, an urgent flag."""

Clocks = tuple[tuple[str, str], ...]


@dataclass
class Calendar:
    """Opening times by weekday (0 is Monday), and the dates on which it is closed."""

    zone: ZoneInfo
    weekly: dict[int, Clocks]
    closed: frozenset[date] = frozenset()
    _spans: dict[date, list[tuple[datetime, datetime]]] = field(default_factory=dict)

    def date_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def moment(self, day: date, clock: str) -> datetime:
        wall = datetime.combine(day, time.fromisoformat(clock), self.zone)
        return wall.astimezone(UTC)

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The openings of a date."""
        if day not in self._spans:
            hours = () if day in self.closed else self.weekly.get(day.weekday(), ())
            self._spans[day] = [
                (self.moment(day, opens), self.moment(day, closes))
                for opens, closes in hours
            ]
        return self._spans[day]

    def is_open(self, at: datetime) -> bool:
        return any(a <= at < b for a, b in self.spans(self.date_of(at)))

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """For how long it is open from one moment to another."""
        total, day = timedelta(), self.date_of(start)
        while day <= self.date_of(end):
            for a, b in self.spans(day):
                total += max(timedelta(), min(b, end) - max(a, start))
            day += timedelta(days=1)
        return total

    def after_open(self, start: datetime, wanted: timedelta) -> datetime | None:
        """When it will have been open for so long; None when it does not open at all."""
        day = self.date_of(start)
        for number in range(HORIZON + 1):
            for a, b in self.spans(day + timedelta(days=number)):
                begins = max(a, start)
                if begins < b and wanted <= b - begins:
                    return begins + wanted
                wanted -= max(timedelta(), b - begins)
        return None

    def deadline(self, level: int, at: datetime) -> datetime | None:
        """By when a person must have looked, as the specification says it."""
        if level in TARGETS:
            return self.after_open(at, timedelta(minutes=TARGETS[level]))
        today = self.date_of(at)
        for number in range(1, HORIZON + 1):
            if spans := self.spans(today + timedelta(days=number)):
                return spans[-1][1]
        return None

    def quarter(self, at: datetime, due: datetime) -> datetime | None:
        """When a quarter of the opening time until a deadline is gone."""
        return self.after_open(at, self.open_between(at, due) / 4)

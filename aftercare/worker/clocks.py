"""Is the time what we think it is? A wrong clock must not send or expire thousands.

Three clocks are held against each other: the wall clock that everything is dated by, one
that only ever counts on, and the database's. Small steps, as from a time server, pass.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection

MOST = timedelta(hours=2)


def counting() -> float:
    """Seconds that count on through the sleep of a machine, where it can say so."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if asleep_too is None else time.clock_gettime(asleep_too)


def database_now() -> datetime | None:
    """The time at the database; None for SQLite, which has no clock of its own."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found.astimezone(UTC)


@dataclass(slots=True)
class ClockWatch:
    """Remembers how the clocks stood when the worker began."""

    wall: Callable[[], datetime]
    monotonic: Callable[[], float] = counting
    database: Callable[[], datetime | None] = database_now
    began: tuple[datetime, float] = field(init=False)

    def __post_init__(self) -> None:
        self.began = (self.wall(), self.monotonic())

    def what_is_wrong(self) -> str:
        """A sentence while the clock cannot be trusted; empty when it can."""
        wall, counted = self.began
        expected = wall + timedelta(seconds=self.monotonic() - counted)
        jump = self.wall() - expected
        if abs(jump) > MOST:
            return f"the clock jumped by {_hours(jump)} since the worker began"
        there = self.database()
        if there is not None and abs(self.wall() - there) > MOST:
            return f"the clock is {_hours(self.wall() - there)} from the database's"
        return ""


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):+.1f} h"

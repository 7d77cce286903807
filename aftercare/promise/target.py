"""By when a person will have looked: the review target of a level in opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aftercare.warning_signs.opening import OpeningState
from aftercare.warning_signs.vocabulary import Level

from .opening_hours import OpeningHours

EMERGENCY_MINUTES = 15
URGENT_MINUTES = 120


@dataclass(frozen=True, slots=True)
class Targets:
    """Opening minutes until a person has looked. A clinic may only shorten them."""

    emergency_minutes: int = EMERGENCY_MINUTES
    urgent_minutes: int = URGENT_MINUTES

    def __post_init__(self) -> None:
        if not 1 <= self.emergency_minutes <= EMERGENCY_MINUTES:
            raise ValueError(
                f"The emergency target is 1 to {EMERGENCY_MINUTES} minutes."
            )
        if not 1 <= self.urgent_minutes <= URGENT_MINUTES:
            raise ValueError(f"The urgent target is 1 to {URGENT_MINUTES} minutes.")


SPECIFIED = Targets()


@dataclass(frozen=True, slots=True)
class Promise:
    """What the clinic can promise for a result that arrived at `at`. Moments are in UTC.

    `due_at` and `quarter_at` (a quarter of the opening time gone: the backup is told)
    are None where nothing can be promised and for levels that promise nothing.
    `opens_at` is the next opening after `at`, `closes_at` the end of the present one.
    `crosses_closing`: an urgent target does not fit in before the clinic next closes.
    """

    level: Level
    at: datetime
    due_at: datetime | None
    quarter_at: datetime | None
    open_now: bool
    closes_at: datetime | None
    opens_at: datetime | None
    crosses_closing: bool
    state: OpeningState


def promise(
    level: Level, at: datetime, hours: OpeningHours, targets: Targets = SPECIFIED
) -> Promise:
    """The promise for a result of `level` received at `at` (aware, else ValueError)."""
    closes_at, opens_at = hours.closing_time(at), hours.next_opening(at)
    due_at = _due(level, at, hours, targets)
    crosses = (
        level >= Level.URGENT
        and closes_at is not None
        and (due_at is None or due_at > closes_at)
    )
    return Promise(
        level=level,
        at=at,
        due_at=due_at,
        quarter_at=_quarter(at, due_at, hours),
        open_now=closes_at is not None,
        closes_at=closes_at,
        opens_at=opens_at,
        crosses_closing=crosses,
        state=_state(level, due_at, closes_at, opens_at, crosses=crosses),
    )


def _due(
    level: Level, at: datetime, hours: OpeningHours, targets: Targets
) -> datetime | None:
    if level is Level.EMERGENCY:
        return hours.add_open_time(at, timedelta(minutes=targets.emergency_minutes))
    if level is Level.URGENT:
        return hours.add_open_time(at, timedelta(minutes=targets.urgent_minutes))
    if level is Level.PROMPT:
        return hours.routine_deadline(at)
    return None


def _quarter(
    at: datetime, due_at: datetime | None, hours: OpeningHours
) -> datetime | None:
    if due_at is None:
        return None
    return hours.add_open_time(at, hours.open_time_between(at, due_at) / 4)


def _state(
    level: Level,
    due_at: datetime | None,
    closes_at: datetime | None,
    opens_at: datetime | None,
    *,
    crosses: bool,
) -> OpeningState:
    if level is Level.PROMPT and due_at is None:
        return OpeningState.NO_HOURS
    if closes_at is not None:
        return OpeningState.CLOSING if crosses else OpeningState.OPEN
    return OpeningState.NO_HOURS if opens_at is None else OpeningState.CLOSED

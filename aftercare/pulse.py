"""Whether the house still does by itself what it promised to: the dead man's switch.

Plain Python. What was last heard goes in, what has stopped comes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WORKER_SILENT = timedelta(minutes=5)
STOPPED = timedelta(minutes=10)
"""Something that has not happened for this long has stopped; people read it within 15."""

AHEAD = timedelta(minutes=1)
"""Clocks differ by so much at most. What is dated further ahead says nothing of now."""


class Fault(StrEnum):
    """What has stopped, in the words of the health page."""

    WORKER = "no worker is running"
    CLOCK = "the worker's clock cannot be trusted"
    RULES = "timed work is not being done"
    OUTBOX = "messages are waiting"
    CHANNEL = "a way for messages is closed"
    ALERTS = "alerts to staff do not leave"


@dataclass(frozen=True, slots=True)
class Signs:
    """The last signs of life. All empty: no worker was ever heard of.

    `timed_at` is the oldest last run of the work that must not stop; `closed_since` is
    since when a way for messages has been closed, if one is; `unsent_since` is since when
    an alert to staff has not left, while nobody got any message the same way.
    """

    worker_at: datetime | None = None
    drained_at: datetime | None = None
    timed_at: datetime | None = None
    closed_since: datetime | None = None
    refusing: bool = False
    unsent_since: datetime | None = None


def can_be(moment: datetime, at: datetime) -> bool:
    """Whether it can have happened by `at`; else some clock was wrong, and it may be old."""
    return moment <= at + AHEAD


def faults(signs: Signs, at: datetime) -> tuple[Fault, ...]:
    """Everything that has stopped; without a worker nothing else need be said."""
    if signs.worker_at is not None and not can_be(signs.worker_at, at):
        return (Fault.CLOCK,)
    if _silent(signs.worker_at, at, WORKER_SILENT):
        return (Fault.WORKER,)
    if signs.refusing:
        return (Fault.CLOCK,)
    found = {
        Fault.RULES: _silent(signs.timed_at, at, STOPPED),
        Fault.OUTBOX: _silent(signs.drained_at, at, STOPPED),
        Fault.CHANNEL: signs.closed_since is not None
        and _silent(signs.closed_since, at, STOPPED),
        Fault.ALERTS: signs.unsent_since is not None,
    }
    return tuple(fault for fault, stopped in found.items() if stopped)


def _silent(last: datetime | None, at: datetime, longest: timedelta) -> bool:
    return last is None or not can_be(last, at) or at - last >= longest

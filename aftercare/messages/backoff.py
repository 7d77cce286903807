"""How long to wait before the next try: longer each time, and never all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

Chance = Callable[[], float]
"""A number from 0 up to 1, as from `random.random`."""

MESSAGE = (timedelta(seconds=30), timedelta(hours=4))
WAY_CLOSED = (timedelta(seconds=30), timedelta(minutes=5))
"""Of a message that found its way closed, which is no fault of its own."""

TO_STAFF = (timedelta(seconds=30), timedelta(minutes=5))
"""Of what staff are told: nobody there hears of it hours late for one bad answer."""

CHANNEL = (timedelta(seconds=2), timedelta(minutes=1))
DATABASE = (timedelta(seconds=1), timedelta(seconds=30))
LEAST = timedelta(seconds=1)
DOUBLINGS = 20  # enough to reach any limit, few enough to count with


def backoff(
    times: int,
    bounds: tuple[timedelta, timedelta],
    chance: Chance,
    *,
    left: timedelta | None = None,
) -> timedelta:
    """After so many failures: by lot between nothing and a span that doubles.

    `bounds` are the first span and the longest. Where only so much time is `left`, the
    next try falls into it.
    """
    first, longest = bounds
    span = min(longest, first * 2 ** min(times, DOUBLINGS))
    if left is not None:
        span = min(span, left)
    return max(LEAST, span * chance())

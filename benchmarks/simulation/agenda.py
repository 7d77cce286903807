"""What is still to happen, in the order of time. Its clock is the only one there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

Event = Callable[[], None]


class Agenda:
    """Events with their moments; of two at the same moment, the one put down first."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self.happened = 0
        self._waiting: list[tuple[datetime, int, Event]] = []
        self._numbers = count()

    def at(self, when: datetime, event: Event) -> None:
        """It will happen then; what should have happened already happens now."""
        heappush(self._waiting, (max(when, self.now), next(self._numbers), event))

    def after(self, wait: timedelta, event: Event) -> None:
        self.at(self.now + wait, event)

    def run(self, until: datetime, move_to: Callable[[datetime], None]) -> None:
        """Everything up to a moment; `move_to` sets the clock on the wall before each."""
        while self._waiting and self._waiting[0][0] <= until:
            self.now, _, event = heappop(self._waiting)
            move_to(self.now)
            self.happened += 1
            event()
        self.now = until
        move_to(until)

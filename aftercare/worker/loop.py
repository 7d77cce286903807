"""The worker's day: go round, do what is due, sleep a second, until told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection

from aftercare.messages.backoff import DATABASE, backoff
from aftercare.services.send_messages import Postman
from aftercare.services.timed_runs import know_timed_runs
from aftercare.services.worker_beat import beat

from .clocks import ClockWatch
from .timed_work import TIMED_WORK, TimedWork, do_what_is_due

logger = logging.getLogger(__name__)

PAUSE_S = 1.0
BEAT = timedelta(seconds=15)


@dataclass(slots=True)
class Worker:
    """One of them. Everything it cannot do without is handed to it."""

    name: str
    postman: Postman
    clock_watch: ClockWatch
    stopping: Callable[[], bool]
    sleep: Callable[[float], None]
    table: tuple[TimedWork, ...] = TIMED_WORK
    started_at: datetime = field(init=False)
    drained_at: datetime | None = None
    beaten_at: datetime | None = None
    refusing: str = ""
    failures: int = 0
    knows_the_table: bool = False

    def __post_init__(self) -> None:
        self.started_at = self.postman.clock()

    def run(self) -> None:
        """Goes round until told to stop. A database that is away is waited for."""
        logger.info("Worker %s begins.", self.name)
        while not self.stopping():
            try:
                more = self.go_round()
            except (DatabaseError, InterfaceError) as error:
                self._wait_for_database(error)
                continue
            self.failures = 0
            if not more:
                self.sleep(PAUSE_S)
        logger.info("Worker %s has stopped.", self.name)

    def run_once(self) -> None:
        """Everything that is due now, and no more."""
        while not self.stopping() and self.go_round():
            """There is more."""

    def go_round(self) -> bool:
        """One round; whether there may be more to do at once."""
        self._look_at_the_clock()
        more = False
        if not self.refusing:
            more = self._work()
        self._beat()
        return more

    def _work(self) -> bool:
        clock = self.postman.clock
        if not self.knows_the_table:
            know_timed_runs([work.name for work in self.table], clock())
            self.knows_the_table = True
        done = self.postman.send_batch()
        more = do_what_is_due(self.table, clock, self.stopping)
        if not done.claimed:
            self.drained_at = clock()
        return more or done.claimed > 0

    def _look_at_the_clock(self) -> None:
        """Says once that it refuses, and once that all is well again."""
        wrong = self.clock_watch.what_is_wrong()
        if wrong and not self.refusing:
            logger.error("Nothing is sent and no timed work is done: %s.", wrong)
        elif self.refusing and not wrong:
            logger.warning("The clock can be trusted again; the work goes on.")
        if bool(wrong) != bool(self.refusing):
            self.beaten_at = None
        self.refusing = wrong

    def _beat(self) -> None:
        at = self.postman.clock()
        if self.beaten_at and abs(at - self.beaten_at) < BEAT:
            return
        beat(
            name=self.name,
            started_at=self.started_at,
            at=at,
            drained_at=self.drained_at,
            closed_since=self.postman.closed_since(),
            refusing=self.refusing,
        )
        self.beaten_at = at

    def _wait_for_database(self, error: Exception) -> None:
        """Closes what is broken and waits, longer each time."""
        wait = backoff(self.failures, DATABASE, self.postman.chance).total_seconds()
        self.failures += 1
        logger.warning(
            "The database is away (%s); next try in %.0f s.", type(error).__name__, wait
        )
        connection.close()
        self.sleep(wait)

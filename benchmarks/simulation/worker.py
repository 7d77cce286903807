"""`manage.py worker`, let go round by the simulation's clock, and dead while it is out."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from aftercare.models import MessageChannel
from aftercare.services.send_messages import Postman
from aftercare.worker.clocks import ClockWatch
from aftercare.worker.loop import Worker
from aftercare.worker.timed_work import TIMED_WORK, TimedWork

from .due import KINDS, first_due
from .post import Way

if TYPE_CHECKING:
    from .house import House

MINUTE = timedelta(minutes=1)

SWITCHES = {
    "ladder": "climb the ladder",
    "silence": "check for silence",
    "record": "record the day",
    "gaps": "warn of gaps in cover",
}
"""What can be left out of the worker's table, to see that it is missed."""


NOW_AND_THEN = {"record the day", "warn of gaps in cover"}
EVERY_HOURS = 3
"""Work without a moment of its own in the record; everything else is done daily as well."""


class WorkerShift:
    """Goes round in each minute in which anything is due; every third hour all
    the same.

    In life it does so every second, so what is told here is told up to a minute later
    than it would be.
    """

    def __init__(self, house: House) -> None:
        self.house = house
        self.worker: Worker | None = None
        self.due = dict.fromkeys(KINDS, house.agenda.now)
        self.looked_after = 0
        self.table = table_without(house.plan.without)
        house.agenda.at(house.plan.start, self.tick)

    def tick(self) -> None:
        """One minute of the run."""
        now = self.house.agenda.now
        if self.house.plan.outages.of("worker", now):
            self.worker = None
        elif self.worker is None or (now.hour, now.minute) == (0, 0):
            self._go_round(now, self.table)
        elif due := self._due_by(now) | now_and_then(now):
            self._go_round(now, tuple(one for one in self.table if one.name in due))
        self.house.agenda.after(MINUTE, self.tick)

    def _due_by(self, now: datetime) -> set[str]:
        """The kinds of work for which there is something to do."""
        # Where only this very tick has happened since, nothing new can be due.
        if self.house.agenda.happened > self.looked_after + 1:
            self.due = first_due()
        self.looked_after = self.house.agenda.happened
        return {kind for kind, first in self.due.items() if first <= now}

    def _go_round(self, now: datetime, table: tuple[TimedWork, ...]) -> None:
        """Once, and again while there is more. Kinds with nothing to do are passed over."""
        if self.worker is None:
            self.worker = self._new_worker(now)
        self.worker.table = table
        self.worker.go_round()
        while self.worker.postman.send_batch().claimed:
            """There is more."""
        if any(work.name == "check for silence" for work in table):
            self.house.notice_silence()
        self.due = first_due()
        self.looked_after = self.house.agenda.happened

    def _new_worker(self, now: datetime) -> Worker:
        """A process of its own: it has forgotten what the last one knew."""
        agenda, name = self.house.agenda, f"{now:%j-%H%M}"

        def counted() -> float:
            return agenda.now.timestamp()

        chance = Random(f"{self.house.plan.seed}:{name}")  # noqa: S311
        return Worker(
            name=f"simulated-{name}",
            postman=Postman(
                channels={way: Way(way, self.house) for way in MessageChannel},
                clock=lambda: agenda.now,
                chance=chance.random,
            ),
            clock_watch=ClockWatch(
                wall=lambda: agenda.now,
                monotonic=counted,
                database=lambda: None,
            ),
            stopping=lambda: False,
            sleep=lambda _: None,
            table=self.table,
        )


def now_and_then(now: datetime) -> set[str]:
    """What is looked at by the clock alone."""
    return NOW_AND_THEN if now.hour % EVERY_HOURS == now.minute == 0 else set()


def table_without(left_out: str) -> tuple[TimedWork, ...]:
    """The worker's table, or all of it but one row."""
    name = SWITCHES.get(left_out)
    return tuple(work for work in TIMED_WORK if work.name != name)

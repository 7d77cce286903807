"""What is done at its time, as one table. Whatever is to happen by itself is a row of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError

from aftercare.services import ladder, remind, silence
from aftercare.services.claim_messages import bring_back, give_up_expired
from aftercare.services.clear_sessions import clear_sessions
from aftercare.services.record_days import record_days
from aftercare.services.retention import erase_by_itself
from aftercare.services.timed_runs import (
    begin_timed_run,
    finish_timed_run,
    put_off_timed_run,
)
from aftercare.services.warn_of_gaps import warn_of_gaps
from aftercare.services.worker_beat import forget_old_beats

logger = logging.getLogger(__name__)

AT_ONCE = timedelta(microseconds=1)
"""As soon as the others had their turn; a run never ends before it began."""


@dataclass(frozen=True, slots=True)
class TimedWork:
    """A function of the moment, and how often it is called.

    It must be safe to run twice at once and to be killed anywhere: each thing it does
    is one transaction that finds what is left to do. A worker that has not finished
    after `longest` is taken for dead, and another begins.

    What may find more than is good to do in one go stops at `at_most`, and says how much
    it did: it is due again at once then, after whatever else is due.
    """

    name: str
    every: timedelta
    do: Callable[[datetime], object]
    longest: timedelta = timedelta(minutes=10)
    at_most: int | None = None

    def pause_after(self, done: object) -> timedelta:
        """How long until it is due again."""
        if self.at_most is None or not isinstance(done, int):
            return self.every
        return AT_ONCE if done >= self.at_most else self.every


TIMED_WORK = (
    # Whoever is killed on it must not keep an emergency waiting.
    TimedWork(
        "climb the ladder",
        timedelta(seconds=15),
        ladder.climb_ladder,
        longest=timedelta(minutes=1),
        at_most=ladder.MOST_AT_ONCE,
    ),
    TimedWork(
        "send reminders",
        timedelta(seconds=30),
        remind.send_reminders,
        at_most=remind.MOST_AT_ONCE,
    ),
    TimedWork(
        "send nudges",
        timedelta(seconds=30),
        remind.send_nudges,
        at_most=remind.MOST_AT_ONCE,
    ),
    TimedWork(
        "check for silence",
        timedelta(minutes=1),
        silence.check_silence,
        at_most=silence.MOST_AT_ONCE,
    ),
    TimedWork("warn of gaps in cover", timedelta(hours=1), warn_of_gaps),
    TimedWork("record the day", timedelta(minutes=15), record_days),
    TimedWork("give up expired messages", timedelta(minutes=1), give_up_expired),
    TimedWork(
        "bring back what a wrong clock put off", timedelta(minutes=1), bring_back
    ),
    TimedWork("clear sessions", timedelta(hours=1), clear_sessions),
    TimedWork("forget old beats", timedelta(days=1), forget_old_beats),
    TimedWork(
        "erase what was kept for long enough",
        timedelta(days=1),
        erase_by_itself,
        longest=timedelta(hours=1),
    ),
)


def do_what_is_due(
    table: Iterable[TimedWork],
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
) -> bool:
    """Runs what is due and nobody else has begun; whether there is more to do at once.

    What fails is reported and is due again after its usual time, or its `longest` where
    that is shorter; the others go on.
    """
    more = False
    for work in table:
        at = clock()
        if stopping() or not begin_timed_run(
            work.name, every=work.every, longest=work.longest, at=at
        ):
            continue
        try:
            pause = work.pause_after(work.do(at))
        except (OperationalError, InterfaceError):
            raise  # the database is away: nothing else would do better
        except Exception:
            logger.exception("Timed work failed: %s.", work.name)
            wait = min(work.every, work.longest)
            put_off_timed_run(work.name, wait=wait, began_at=at)
        else:
            finish_timed_run(work.name, every=pause, began_at=at)
            more = more or pause == AT_ONCE
    return more

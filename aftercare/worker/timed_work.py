"""What is done at its time, as one table. Whatever is to happen by itself is a row of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError

from aftercare.services.claim_messages import give_up_expired
from aftercare.services.clear_sessions import clear_sessions
from aftercare.services.ladder import climb_ladder
from aftercare.services.record_days import record_days
from aftercare.services.remind import send_nudges, send_reminders
from aftercare.services.retention import erase_by_itself
from aftercare.services.silence import check_silence
from aftercare.services.timed_runs import (
    begin_timed_run,
    finish_timed_run,
    put_off_timed_run,
)
from aftercare.services.warn_of_gaps import warn_of_gaps
from aftercare.services.worker_beat import forget_old_beats

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TimedWork:
    """A function of the moment, and how often it is called.

    It must be safe to run twice at once and to be killed anywhere: each thing it does
    is one transaction that finds what is left to do. A worker that has not finished
    after `longest` is taken for dead, and another begins.
    """

    name: str
    every: timedelta
    do: Callable[[datetime], object]
    longest: timedelta = timedelta(minutes=10)


TIMED_WORK = (
    # Whoever is killed on it must not keep an emergency waiting.
    TimedWork(
        "climb the ladder",
        timedelta(seconds=15),
        climb_ladder,
        longest=timedelta(minutes=1),
    ),
    TimedWork("send reminders", timedelta(seconds=30), send_reminders),
    TimedWork("send nudges", timedelta(seconds=30), send_nudges),
    TimedWork("check for silence", timedelta(minutes=1), check_silence),
    TimedWork("warn of gaps in cover", timedelta(hours=1), warn_of_gaps),
    TimedWork("record the day", timedelta(minutes=15), record_days),
    TimedWork("give up expired messages", timedelta(minutes=1), give_up_expired),
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
) -> int:
    """Runs what is due and nobody else has begun; how much that was.

    What fails is reported and is due again after its usual time, or its `longest` where
    that is shorter; the others go on.
    """
    begun = 0
    for work in table:
        at = clock()
        if stopping() or not begin_timed_run(
            work.name, every=work.every, longest=work.longest, at=at
        ):
            continue
        begun += 1
        try:
            work.do(at)
        except (OperationalError, InterfaceError):
            raise  # the database is away: nothing else would do better
        except Exception:
            logger.exception("Timed work failed: %s.", work.name)
            wait = min(work.every, work.longest)
            put_off_timed_run(work.name, wait=wait, began_at=at)
        else:
            finish_timed_run(work.name, every=work.every, began_at=at)
    return begun

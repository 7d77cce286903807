"""Timed work is done by one worker for all, again and again, and by another if that one dies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from aftercare.models import TimedRun


def know_timed_runs(names: Iterable[str], at: datetime) -> None:
    """What is new is due at once; what is known keeps its time."""
    TimedRun.objects.bulk_create(
        [TimedRun(name=name, next_at=at) for name in names], ignore_conflicts=True
    )


def begin_timed_run(
    name: str, *, every: timedelta, longest: timedelta, at: datetime
) -> bool:
    """Whether it is due and ours. After `longest` it is due again, if never finished.

    A time further away than it can be was set by a clock that went wrong.
    """
    due = Q(next_at__lte=at) | Q(next_at__gt=at + max(every, longest))
    runs = TimedRun.objects.filter(due, name=name)
    # Asking first, since asking locks nothing.
    return runs.exists() and bool(runs.update(began_at=at, next_at=at + longest))


def finish_timed_run(name: str, *, every: timedelta, began_at: datetime) -> None:
    """Done; the next time counts from when it began."""
    runs = TimedRun.objects.filter(name=name, began_at=began_at)
    runs.update(done_at=began_at, next_at=began_at + every)


def put_off_timed_run(name: str, *, wait: timedelta, began_at: datetime) -> None:
    """It failed, and is due again after a while."""
    runs = TimedRun.objects.filter(name=name, began_at=began_at)
    runs.update(next_at=began_at + wait)

"""What the house last did by itself, as its workers left it in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min, Subquery

from aftercare.models import OutgoingMessage, TimedRun, WorkerBeat
from aftercare.pulse import WORKER_SILENT, Fault, Signs, faults

MUST_NOT_STOP = (
    "climb the ladder",
    "send reminders",
    "send nudges",
    "check for silence",
)
"""Names of timed work that a promise hangs on; a test compares them with the table."""


@dataclass(frozen=True, slots=True)
class Health:
    """What has stopped by a moment; nothing while all is well."""

    signs: Signs
    faults: tuple[Fault, ...]

    @property
    def since(self) -> datetime | None:
        """Since when people should not rely on it, where that is known."""
        seen = self.signs
        known = {
            Fault.WORKER: seen.worker_at,
            Fault.RULES: seen.timed_at,
            Fault.OUTBOX: seen.drained_at,
            Fault.CHANNEL: seen.closed_since,
        }
        return min(
            (when for fault in self.faults if (when := known.get(fault))), default=None
        )


def read_health(at: datetime) -> Health:
    """The signs of life of the best worker there is: one query."""
    signs = read_signs(at)
    return Health(signs, faults(signs, at))


def read_signs(at: datetime) -> Signs:
    oldest_run = TimedRun.objects.filter(name__in=MUST_NOT_STOP).order_by(
        F("done_at").asc(nulls_first=True)
    )
    beats = WorkerBeat.objects.annotate(
        timed_at=Subquery(oldest_run.values("done_at")[:1])
    )
    found = list(beats.order_by("-at")[:20])
    if not found:
        return Signs()
    living = [beat for beat in found if at - beat.at < WORKER_SILENT]
    # One that refuses does not matter beside one that works.
    best = min(living or found[:1], key=lambda beat: beat.refusing != "")
    return Signs(
        worker_at=best.at,
        drained_at=best.drained_at,
        timed_at=best.timed_at,
        closed_since=best.closed_since,
        refusing=best.refusing != "",
    )


def oldest_waiting(at: datetime) -> datetime | None:
    """When the oldest message was put down that should have left by now."""
    waiting = OutgoingMessage.objects.filter(
        sent_at__isnull=True, gave_up_at__isnull=True, due_at__lte=at
    )
    oldest: datetime | None = waiting.aggregate(oldest=Min("created_at"))["oldest"]
    return oldest

"""What the house last did by itself, as its workers left it in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Min, Subquery, When

from aftercare.models import OutgoingMessage, TimedRun, WorkerBeat
from aftercare.models.undelivered import unsent_alerts
from aftercare.pulse import AHEAD, WORKER_SILENT, Fault, Signs, can_be, faults

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

    at: datetime
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
            Fault.ALERTS: seen.unsent_since,
        }
        moments = (when for fault in self.faults if (when := known.get(fault)))
        return min((when for when in moments if can_be(when, self.at)), default=None)


def read_health(at: datetime) -> Health:
    """The signs of life of the best worker there is: one query."""
    signs = read_signs(at)
    return Health(at, signs, faults(signs, at))


def read_signs(at: datetime) -> Signs:
    """What is dated ahead of us is passed over for what can be true."""
    latest = at + AHEAD
    done_at = Case(When(done_at__lte=latest, then=F("done_at")))
    oldest_run = TimedRun.objects.filter(name__in=MUST_NOT_STOP).order_by(
        done_at.asc(nulls_first=True)
    )
    beats = WorkerBeat.objects.annotate(
        timed_at=Subquery(oldest_run.values_list(done_at)[:1]),
        unsent_since=Subquery(
            unsent_alerts(at).order_by("created_at").values("created_at")[:1]
        ),
    )
    ahead_last = Case(When(at__gt=latest, then=1), default=0)
    found = list(beats.order_by(ahead_last, "-at")[:20])
    if not found:
        return Signs()
    best = _best(found, at)
    return Signs(
        worker_at=best.at,
        drained_at=best.drained_at or _begun_at(found, at),
        timed_at=best.timed_at,
        closed_since=best.closed_since,
        refusing=best.refusing != "",
        unsent_since=best.unsent_since,
    )


def _best(found: Sequence[WorkerBeat], at: datetime) -> WorkerBeat:
    """One that lives; one that refuses does not matter beside one that works."""
    living = [b for b in found if can_be(b.at, at) and at - b.at < WORKER_SILENT]
    ahead = [beat for beat in found if not can_be(beat.at, at)]
    return min(living or ahead or found[:1], key=lambda beat: beat.refusing != "")


def _begun_at(found: Sequence[WorkerBeat], at: datetime) -> datetime | None:
    """Since when workers with work in hand never came to the end of it.

    A new one has its time from when it began, and not anew for each that follows it; when
    another has seen the outbox empty meanwhile, that counts.
    """
    ends = (beat.drained_at for beat in found if beat.drained_at)
    drained = max((end for end in ends if can_be(end, at)), default=None)
    begun = (beat.started_at for beat in found if beat.drained_at is None)
    return min((one for one in begun if not drained or one > drained), default=drained)


def oldest_waiting(at: datetime) -> datetime | None:
    """When the oldest message was put down that should have left by now."""
    waiting = OutgoingMessage.objects.filter(
        sent_at__isnull=True, gave_up_at__isnull=True, due_at__lte=at
    )
    oldest: datetime | None = waiting.aggregate(oldest=Min("created_at"))["oldest"]
    return oldest

"""A worker says that it lives, what it last finished, and whether it refuses to work."""

from __future__ import annotations

from datetime import datetime, timedelta

from aftercare.models import WorkerBeat

KEPT = timedelta(days=2)


def beat(
    *,
    name: str,
    started_at: datetime,
    at: datetime,
    drained_at: datetime | None = None,
    closed_since: datetime | None = None,
    refusing: str = "",
) -> None:
    """The one row of this worker. Without `drained_at` the last one stands."""
    told = {
        "started_at": started_at,
        "at": at,
        "refusing": refusing,
        "closed_since": closed_since,
    }
    if drained_at:
        told["drained_at"] = drained_at
    WorkerBeat.objects.update_or_create(name=name, defaults=told)


def forget_old_beats(at: datetime) -> int:
    """Workers that have been gone for long; how many they were."""
    gone, _ = WorkerBeat.objects.filter(at__lt=at - KEPT).delete()
    return gone

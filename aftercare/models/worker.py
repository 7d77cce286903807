"""What workers leave behind, so that somebody notices when they stop."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import Row


class WorkerBeat(Row):
    """One worker: when it last went round, and when it last had time for the outbox.

    `refusing` says why it does nothing although it lives; empty is as it should be.
    """

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField()
    at = models.DateTimeField(help_text="its last round")
    drained_at = models.DateTimeField(
        null=True, help_text="when nothing that was due was left in the outbox"
    )
    closed_since = models.DateTimeField(
        null=True, help_text="since when a way for messages has been closed, if one is"
    )
    refusing = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="worker_has_name"),
        ]


class TimedRun(Row):
    """One kind of timed work, which one worker does for all when its time has come.

    Whoever begins moves `next_at` on first: far enough to finish, near enough that
    another worker begins anew when this one was killed.
    """

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="timed_run_has_name"),
            models.CheckConstraint(
                condition=Q(began_at__isnull=True) | Q(next_at__gt=F("began_at")),
                name="timed_run_goes_on",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(began_at__isnull=False),
                name="timed_run_began_before_it_was_done",
            ),
        ]

"""The outbox drained into nothing, against bare UPDATEs of the same rows in batches.

What is left when sending costs nothing: claiming, looking at each message, marking. Both
sides change the same rows in one commit per batch.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.utils import timezone

from aftercare.messages.outbox import LONGEST_LIFE
from aftercare.models import MessageChannel, OutgoingMessage
from aftercare.services.send_messages import BATCH, Postman
from benchmarks.measuring import ROUNDS, Comparison, better_half, seconds

MESSAGES = 4 * BATCH
# Half as fast as the bare UPDATE. On SQLite a commit costs more than its rows, and there
# are two a batch for the other's one, so there the number is only told.
AT_MOST = {"postgresql": 2.0}


class Nothing:
    """A way out that takes everything and no time."""

    def send(self, message: OutgoingMessage) -> None:
        """Gone."""

    def close(self) -> None:
        """Nothing is kept open."""


def measure() -> Iterator[Comparison]:
    now = timezone.now()
    hands = Postman({MessageChannel.EMAIL: Nothing()}, timezone.now, random.random)

    def drain() -> None:
        while hands.send_batch().claimed:
            """There is more."""

    def update() -> None:
        due = OutgoingMessage.objects.filter(sent_at=None, due_at__lte=now)
        batch = due.order_by("due_at").values("pk")[:BATCH]
        told = {"sent_at": now, "to": "", "subject": "", "body": ""}
        while OutgoingMessage.objects.filter(pk__in=batch).update(**told):
            """There is more."""

    sides: tuple[list[float], list[float]] = ([], [])
    for _ in range(2 * ROUNDS + 1):
        for side, times in zip((drain, update), sides, strict=True):
            fill(now)
            times.append(seconds(side))
            left = OutgoingMessage.objects.filter(sent_at=None).count()
            if left:
                raise RuntimeError(f"{left} messages were not sent.")
    ours, peer = (better_half(times[1:]) / MESSAGES for times in sides)
    at_most = AT_MOST.get(connection.vendor)
    yield Comparison(
        "W12 a message out of the outbox", "bare UPDATE", ours, peer, at_most
    )


def fill(now: datetime) -> None:
    """An outbox of waiting messages, and nothing else in it."""
    OutgoingMessage.objects.all().delete()
    rows = [
        OutgoingMessage(
            kind="reminder",
            channel="email",
            once=str(uuid.uuid4()),
            to=f"patient{number}@mail.example",
            subject="Ashgrove Clinic: time for today's check",
            body="Ashgrove Clinic: time for today's check.\n\nhttps://aftercare.example.org/",
            created_at=now,
            due_at=now,
            expires_at=now + LONGEST_LIFE,
        )
        for number in range(MESSAGES)
    ]
    OutgoingMessage.objects.bulk_create(rows, batch_size=500)

"""Which messages are due, and whose hands they are in.

A claim is a lease: while it runs nobody else sends the message, and when its holder was
killed it ends by itself. Every change here is one short transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from aftercare.messages.backoff import MESSAGE, TO_STAFF
from aftercare.messages.channel import Claimed
from aftercare.models import GaveUp, OutgoingMessage
from aftercare.models.outbox import OF_STAFF
from aftercare.pulse import AHEAD

LEASE = timedelta(minutes=5)
COLUMNS = [name for name in Claimed._fields if name != "leased_until"]
KEYS_OF_JSON = "SELECT value FROM json_each(%s)"
EMPTIED = {"to": "", "subject": "", "body": "", "leased_until": None}


def waiting() -> QuerySet[OutgoingMessage]:
    """Neither sent nor given up."""
    return OutgoingMessage.objects.filter(sent_at=None, gave_up_at=None)


def waiting_among(keys: Iterable[UUID]) -> QuerySet[OutgoingMessage]:
    """Those of a batch that wait."""
    told = HOW_KEYS_ARE_TOLD.get(connection.vendor, list)
    return waiting().filter(pk__in=told(keys))


def as_one_value(keys: Iterable[UUID]) -> RawSQL:
    """To look at each of five hundred keys and write it down takes Django three times as
    long as SQLite needs to change the rows."""
    listed = json.dumps([key.hex for key in keys])
    return RawSQL(KEYS_OF_JSON, [listed])  # noqa: S611  a constant, with one value


HOW_KEYS_ARE_TOLD: dict[str, Callable[[Iterable[UUID]], RawSQL | list[UUID]]] = {
    "sqlite": as_one_value
}


def claim(channels: Iterable[str], at: datetime, most: int) -> list[Claimed]:
    """The messages that have been due for longest, in our hands for LEASE.

    Rows that another worker is about to claim are passed over. On SQLite, which has no
    such lock, the transaction itself keeps every other writer out.
    """
    due = (
        waiting()
        .filter(Q(leased_until=None) | Q(leased_until__lte=at))
        .filter(due_at__lte=at, expires_at__gt=at, channel__in=list(channels))
        .order_by("due_at")
    )
    # An empty claim would lock all of SQLite every second; elsewhere it locks nothing.
    if not connection.features.has_select_for_update and not due.exists():
        return []
    with transaction.atomic():
        locked = due.select_for_update(skip_locked=True).values_list(*COLUMNS)
        claimed = [Claimed._make((*row, at + LEASE)) for row in locked[:most]]
        batch = waiting_among(message.pk for message in claimed)
        batch.update(leased_until=at + LEASE)
    return claimed


def release(messages: list[Claimed]) -> None:
    """What was claimed together and not tried is anybody's again."""
    if messages:
        batch = waiting_among(one.pk for one in messages)
        ours = batch.filter(leased_until=messages[0].leased_until)
        ours.update(leased_until=None)


def mark_sent(keys: Iterable[UUID], at: datetime) -> None:
    """They are on their way. Even where our lease has ended: sent is sent."""
    waiting_among(keys).update(
        **EMPTIED, sent_at=at, tries=F("tries") + 1, last_error=""
    )


def try_again(message: Claimed, error: str, due_at: datetime) -> None:
    """It failed and stays in the outbox, unless somebody else has taken it meanwhile."""
    waiting().filter(pk=message.pk, leased_until=message.leased_until).update(
        tries=F("tries") + 1, due_at=due_at, leased_until=None, last_error=error
    )


def give_up(message: Claimed, error: str, at: datetime) -> None:
    """No try will ever do better."""
    waiting().filter(pk=message.pk, leased_until=message.leased_until).update(
        **EMPTIED,
        tries=F("tries") + 1,
        gave_up_at=at,
        gave_up_why=GaveUp.REFUSED,
        last_error=error,
    )


def give_up_expired(at: datetime) -> int:
    """What is of no use any more is not sent late; how many there were.

    One that is being sent at this moment is left to whoever sends it.
    """
    expired = waiting().filter(expires_at__lte=at)
    free = expired.filter(Q(leased_until=None) | Q(leased_until__lte=at))
    return free.update(**EMPTIED, gave_up_at=at, gave_up_why=GaveUp.EXPIRED)


def bring_back(at: datetime) -> int:
    """Messages that wait for longer than they can, by a clock ahead of ours; how many.

    Whoever waits for a morning has not been tried, and was put down to be due later.
    """
    latest = at + AHEAD
    of_staff = Q(kind__in=OF_STAFF, due_at__gt=latest + TO_STAFF[1])
    put_off = Q(tries__gt=0) & (of_staff | Q(due_at__gt=latest + MESSAGE[1]))
    due_at_once = Q(tries=0, due_at=F("created_at"))
    late = waiting().filter(put_off | due_at_once, due_at__gt=latest)
    held = waiting().filter(leased_until__gt=latest + LEASE)
    return late.update(due_at=at) + held.update(leased_until=None)

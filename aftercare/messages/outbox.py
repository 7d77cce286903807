"""Putting a message into the outbox, and taking one back.

Both belong into the transaction of what the message is about. Nothing is sent here:
`manage.py worker` does that, some seconds later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from aftercare.models import (
    Clinic,
    GaveUp,
    MessageChannel,
    MessageKind,
    OutgoingMessage,
    Patient,
    StaffMember,
)

LONGEST_LIFE = timedelta(hours=72)
SUBJECT_LENGTH = 200


def enqueue(  # noqa: PLR0913  one row, told by name
    *,
    kind: MessageKind,
    channel: MessageChannel,
    to: str,
    subject: str,
    body: str,
    once: str,
    at: datetime,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    clinic: Clinic | None = None,
    patient: Patient | None = None,
    staff: StaffMember | None = None,
) -> None:
    """One message to one address; the same `once` a second time changes nothing.

    `once` is the reason for it, unique over all clinics: put a key into it, as in
    `invitation:0197…`. It does not leave before `due_at`. After `expires_at`, 72 hours
    from now at most, it is of no use.
    """
    latest = at + LONGEST_LIFE
    message = OutgoingMessage(
        clinic=clinic,
        patient=patient,
        staff=staff,
        kind=MessageKind(kind),
        channel=MessageChannel(channel),
        once=once,
        to=to.strip(),
        subject=_one_line(subject)[:SUBJECT_LENGTH],
        body=body,
        created_at=at,
        due_at=due_at or at,
        expires_at=min(expires_at or latest, latest),
    )
    _refuse_nonsense(message)
    OutgoingMessage.objects.bulk_create([message], ignore_conflicts=True)


def cancel(*, once: str, at: datetime) -> None:
    """Take back a message that is not sent yet: its link is revoked, its reason gone.

    One that a worker has in its hands at this moment may still arrive.
    """
    waiting = OutgoingMessage.objects.filter(sent_at=None, gave_up_at=None)
    waiting.filter(once=once).update(
        gave_up_at=at,
        gave_up_why=GaveUp.CANCELLED,
        to="",
        subject="",
        body="",
        leased_until=None,
    )


def _refuse_nonsense(message: OutgoingMessage) -> None:
    """SQLite skips what its checks refuse when it skips repetitions; nothing is skipped."""
    if not (message.once and message.to and message.body):
        raise ValueError("A message needs a reason, an address and a text.")
    if message.to != _one_line(message.to):
        raise ValueError("An address stands on one line.")
    if message.expires_at <= message.created_at:
        raise ValueError("A message that has expired is not sent.")


def _one_line(text: str) -> str:
    """Line breaks and the like would end a header early."""
    return " ".join(text.split())

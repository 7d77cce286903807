"""What every way out has in common, and how it says that it failed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID


class Claimed(NamedTuple):
    """A message in a worker's hands until `leased_until`, as it was when it was claimed.

    No row: what is done about it is a statement with its key.
    """

    pk: UUID
    kind: str
    channel: str
    patient_id: UUID | None
    staff_id: UUID | None
    to: str
    subject: str
    body: str
    expires_at: datetime
    tries: int
    leased_until: datetime


class NotDelivered(Exception):
    """A message was not taken. `permanent`: no later try will do better.

    The words are kept and written to the log: they name no address and quote no text,
    so never the answer of a server, which may repeat both.
    """

    def __init__(self, words: str, *, permanent: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.permanent = permanent


class ChannelDown(NotDelivered):
    """The way itself is closed: other messages would fail as well."""


class Channel(Protocol):
    """A way out: mail, text message, and whatever may come."""

    def send(self, message: Claimed) -> None:
        """Hands one message over, or raises NotDelivered. Bounded in time.

        The key of the message is its id wherever the way knows of ids, so that a
        message that goes out twice can be recognised.
        """

    def close(self) -> None:
        """Puts down what was kept open between messages."""

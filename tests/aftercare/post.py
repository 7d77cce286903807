"""What tests of the outbox share: messages to put down, and ways out that only pretend."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aftercare.messages.channel import Channel
from aftercare.messages.outbox import enqueue
from aftercare.models import MessageChannel, MessageKind, OutgoingMessage
from aftercare.services.send_messages import Postman
from tests.builders import MONDAY

EMAIL, SMS = MessageChannel.EMAIL, MessageChannel.SMS
ADDRESS = "maya@mail.example"
SECRET = "https://aftercare.example.org/i/let-me-in"

_numbers = itertools.count(1)


def put(**over: Any) -> OutgoingMessage:
    """A message in the outbox, to Maya's address unless told otherwise."""
    message = {
        "kind": MessageKind.INVITATION,
        "channel": EMAIL,
        "to": ADDRESS,
        "subject": "Ashgrove Clinic: your daily check is ready",
        "body": f"Open the link: {SECRET}",
        "once": f"test:{next(_numbers)}",
        "at": MONDAY,
    } | over
    enqueue(**message)
    return OutgoingMessage.objects.get(once=message["once"])


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@dataclass
class Letterbox:
    """A way out that remembers what it was given, and does as `then` says."""

    then: Callable[[OutgoingMessage], object] = lambda _: None
    tried: list[OutgoingMessage] = field(default_factory=list)
    taken: list[OutgoingMessage] = field(default_factory=list)
    closed: int = 0

    def send(self, message: OutgoingMessage) -> None:
        self.tried.append(message)
        self.then(message)
        self.taken.append(message)

    def close(self) -> None:
        self.closed += 1


def raising(error: BaseException) -> Callable[[OutgoingMessage], object]:
    """What a way out does that fails with this error."""

    def fail(_: OutgoingMessage) -> None:
        raise error

    return fail


def postman(mail: Channel, clock: Clock, **over: Any) -> Postman:
    """A worker's hands, with no chance in them: each wait is as long as it can be."""
    ways = {"channels": {EMAIL: mail}, "clock": clock, "chance": lambda: 0.999}
    return Postman(**(ways | over))

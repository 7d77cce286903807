"""The ways out of the house, as they are for the worker: open, or out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from aftercare.messages.channel import ChannelDown, NotDelivered
from aftercare.models import MessageChannel, OutgoingMessage

from .book import Delivery

if TYPE_CHECKING:
    from .house import House

NOBODY = "nobody@nowhere.example"
"""An address that no server takes."""

Phone = Callable[[str], None]


class Way:
    """Mail or text messages. What is handed over reaches its phone at once."""

    def __init__(self, channel: MessageChannel, house: House) -> None:
        self.channel = channel
        self.house = house

    def send(self, message: OutgoingMessage) -> None:
        now = self.house.agenda.now
        if self.house.plan.outages.of(self.channel.value, now):
            raise ChannelDown("out")
        if message.to == NOBODY:
            raise NotDelivered("no such address", permanent=True)
        to = message.staff_id or message.patient_id
        if to is None:
            raise NotDelivered("a message to nobody", permanent=True)
        kind = message.kind
        delivery = Delivery(kind, self.channel.value, to, now)
        self.house.book.deliveries.append(delivery)
        self.house.phones[to](kind)

    def close(self) -> None:
        """Nothing is kept open."""


Phones = dict[UUID, Phone]

"""The devices on which a patient is signed in, as their own page lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .devices import device_words
from .moments import Clock

if TYPE_CHECKING:
    from allauth.usersessions.models import UserSession


@dataclass(frozen=True, slots=True)
class Device:
    """One device. `is_this` is the one that shows the page."""

    id: int
    words: str
    since: str
    is_this: bool


def listed(devices: Iterable[UserSession], this: str, clock: Clock) -> list[Device]:
    """This device first, then the others as they come."""
    rows = [
        Device(
            device.pk,
            device_words(device.user_agent),
            f"Signed in {clock.at(device.created_at)}",
            device.session_key == this,
        )
        for device in devices
    ]
    return sorted(rows, key=lambda row: not row.is_this)

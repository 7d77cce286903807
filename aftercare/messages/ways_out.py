"""The ways out themselves, for whoever sends.

Mail and the web bring megabytes of Python with them. No page needs those: it only asks
`channels.is_set_up`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from aftercare.models import MessageChannel

from .channel import Channel, ChannelDown, Claimed
from .channels import is_set_up
from .folder import FolderChannel
from .sms import Gateway, SmsChannel
from .smtp import SmtpChannel


class NotSetUp:
    """A way that nobody has opened. What waits for it is sent once somebody does."""

    def send(self, message: Claimed) -> None:  # noqa: ARG002
        raise ChannelDown("not set up")

    def close(self) -> None:
        """Nothing is kept open."""


def channels() -> dict[MessageChannel, Channel]:
    """A way for every kind of address; all lead into one folder where one is set."""
    if settings.MESSAGE_FOLDER:
        folder = FolderChannel(Path(settings.MESSAGE_FOLDER))
        return dict.fromkeys(MessageChannel, folder)
    ways: dict[MessageChannel, Callable[[], Channel]] = {
        MessageChannel.EMAIL: SmtpChannel,
        MessageChannel.SMS: _gateway,
    }
    return {way: ways[way]() if is_set_up(way) else NotSetUp() for way in ways}


def _gateway() -> SmsChannel:
    return SmsChannel(
        Gateway(
            url=settings.SMS_URL,
            method=settings.SMS_METHOD,
            fields=settings.SMS_FIELDS,
            as_json=settings.SMS_FORMAT == "json",
            authorization=settings.SMS_AUTHORIZATION,
            timeout_s=settings.SMS_TIMEOUT,
        )
    )

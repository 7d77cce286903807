"""Which ways out there are, as the settings say."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from aftercare.models import MessageChannel

from .channel import Channel, ChannelDown, Claimed
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
    return {
        MessageChannel.EMAIL: SmtpChannel() if settings.EMAIL_HOST else NotSetUp(),
        MessageChannel.SMS: _gateway() if settings.SMS_URL else NotSetUp(),
    }


def is_set_up(channel: MessageChannel) -> bool:
    """Whether to offer this way to anybody."""
    return not isinstance(channels()[channel], NotSetUp)


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

"""Which ways out there are, as the settings say."""

from __future__ import annotations

from django.conf import settings

from aftercare.models import MessageChannel


def is_set_up(channel: MessageChannel) -> bool:
    """Whether to offer this way to anybody. Where a folder is set, all lead into it."""
    if settings.MESSAGE_FOLDER:
        return True
    server = {
        MessageChannel.EMAIL: settings.EMAIL_HOST,
        MessageChannel.SMS: settings.SMS_URL,
    }
    return bool(server[channel])

"""Django's own mails, a new password for example, go through the outbox like all others."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from aftercare.models import MessageChannel, MessageKind
from aftercare.models.keys import uuid7

from .outbox import enqueue


class OutboxBackend(BaseEmailBackend):
    """For `EMAIL_BACKEND`. A mail is plain text; whoever is in Bcc gets one of their own."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Puts each mail into the running transaction; how many there were."""
        at = timezone.now()
        for mail in email_messages:
            for address in mail.recipients():
                enqueue(
                    kind=MessageKind.ACCOUNT,
                    channel=MessageChannel.EMAIL,
                    to=address,
                    subject=str(mail.subject),
                    body=str(mail.body),
                    once=f"account:{uuid7()}",
                    at=at,
                )
        return len(email_messages)

"""Mail, by any SMTP server, over one connection for as long as there is something."""

from __future__ import annotations

import re
from contextlib import suppress
from smtplib import (
    SMTP,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from .channel import ChannelDown, Claimed, NotDelivered
from .deadline import LONGEST_S, within

CLOSING = 421
NO = 500
ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}")
# "Not allowed": our account, our address, our name with a list; never the patient's.
OUR_FAULT = re.compile(r"5\.7\.")
ABOUT_ONE = (SMTPRecipientsRefused, SMTPDataError)


class Server(EmailBackend):
    """Django's, which can also be left without a goodbye: one that hangs never answers."""

    _partial_connection: SMTP | None

    def hang_up(self) -> None:
        """Closes whatever is open."""
        for connection in (self.connection, self._partial_connection):
            if connection is not None:
                connection.close()
        self.connection = self._partial_connection = None


class SmtpChannel:
    """Each mail has the key of its row for an id, however often it is sent."""

    def __init__(self) -> None:
        self.server = Server()

    def send(self, message: Claimed) -> None:
        """A connection that has grown old is replaced once before it counts."""
        mail = letter(message)
        was_open = self.server.connection is not None
        with within(LONGEST_S):
            try:
                self._hand_over(mail)
            except ChannelDown:
                if not was_open:
                    raise
                self._hand_over(mail)

    def close(self) -> None:
        """Says goodbye to the server, which may have left already."""
        with suppress(OSError):
            self.server.close()

    def _hand_over(self, mail: EmailMessage) -> None:
        try:
            self.server.open()
            self.server.send_messages([mail])
        except OSError as error:
            failure = understood(error)
            if isinstance(failure, ChannelDown):
                self.server.hang_up()
            raise failure from error
        except ValueError as error:
            # An address that is none, or in letters that mail does not know.
            words = f"mail: {type(error).__name__}"
            raise NotDelivered(words, permanent=True) from error


def letter(message: Claimed) -> EmailMessage:
    """The mail of a row. Machines that answer letters by themselves leave it alone."""
    return EmailMessage(
        message.subject,
        message.body,
        to=[message.to],
        headers={
            "Message-ID": f"<{message.pk}@{settings.SITE_HOST}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def understood(error: OSError) -> NotDelivered:
    """What became of it: the server's numbers and never its words, which quote addresses."""
    code, words = answer_of(error)
    if code in {0, CLOSING} or not isinstance(error, ABOUT_ONE):
        return ChannelDown(words)
    permanent = code >= NO and not OUR_FAULT.search(words)
    return NotDelivered(words, permanent=permanent)


def answer_of(error: OSError) -> tuple[int, str]:
    """The number of the server's answer, 0 where there was none, and words for the log."""
    kind = type(error).__name__
    answer: tuple[int, bytes | str] | None = None
    if isinstance(error, SMTPRecipientsRefused):
        answer = next(iter(error.recipients.values()), None)
    elif isinstance(error, SMTPResponseException):
        answer = (error.smtp_code, error.smtp_error)
    if answer is None:
        return 0, f"mail: {kind}"
    code, said = answer
    found = ENHANCED.match(said if isinstance(said, bytes) else said.encode())
    more = f" {found[0].decode()}" if found else ""
    return code, f"mail: {kind} {code}{more}"

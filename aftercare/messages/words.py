"""What the messages say. Neutral: anybody may see them on a locked phone.

No procedure, body part, symptom or level, and nothing that is only in a message. The
words of account mails, a new password for example, are in `templates/account/email`.
"""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.models import MessageChannel, MessageKind


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it is sent."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message with gaps: {clinic}, {link} and the like. `parts` are its paragraphs."""

    kind: MessageKind
    subject: str
    parts: tuple[str, ...]

    def filled(self, channel: MessageChannel, **gaps: str) -> Words:
        """The words for a channel; KeyError for a gap that nothing was given for."""
        between = " " if channel == MessageChannel.SMS else "\n\n"
        parts = [part.format_map(gaps) for part in self.parts]
        return Words(self.subject.format_map(gaps), between.join(parts))


INVITATION = Text(
    MessageKind.INVITATION,
    "{clinic}: your daily check is ready",
    (
        "{clinic}: your daily check is ready, {name}. It takes 20 seconds.",
        "{link}",
        "We will never ask you to pay or reply.",
    ),
)
STAFF_INVITATION = Text(
    MessageKind.INVITATION,
    "{clinic}: your account is ready",
    (
        "{clinic}: your account is ready, {name}. Open the link to set it up. "
        "It works once, for 7 days.",
        "{link}",
        "If this is not for you, please ignore it.",
    ),
)
SIGN_IN_CODE = Text(
    MessageKind.SIGN_IN_CODE,
    "{clinic}: your code",
    (
        "{clinic}: your code is {code}. It works for {minutes} minutes.",
        "We will never ask you for it by phone. If you did not ask for a code, "
        "please ignore this.",
    ),
)
REMINDER = Text(
    MessageKind.REMINDER,
    "{clinic}: time for today's check",
    ("{clinic}: time for today's check.", "{link}", "Stop these messages: {stop}"),
)
NUDGE = Text(
    MessageKind.NUDGE,
    "{clinic}: today's check",
    (
        "{clinic}: we have not had today's check yet.",
        "{link}",
        "Stop these messages: {stop}",
    ),
)
NEW_MESSAGE = Text(
    MessageKind.NEW_MESSAGE,
    "{clinic}: you have a new message",
    ("{clinic}: you have a new message.", "{link}"),
)
MISSED_CALL = Text(
    MessageKind.MISSED_CALL,
    "{clinic} tried to call you",
    ("{clinic} tried to call you. Please call {phone}.",),
)
STAFF_URGENT = Text(
    MessageKind.STAFF_URGENT,
    "A check needs review",
    ("{clinic}: a check needs review. Please sign in now.", "{link}"),
)
STAFF_NOTICE = Text(
    MessageKind.STAFF_NOTICE,
    "{clinic}: there is news for you",
    ("{clinic}: there is news for you. Please sign in.", "{link}"),
)

TEXTS = (
    INVITATION,
    STAFF_INVITATION,
    SIGN_IN_CODE,
    REMINDER,
    NUDGE,
    NEW_MESSAGE,
    MISSED_CALL,
    STAFF_URGENT,
    STAFF_NOTICE,
)

"""What became of the last link that a patient was given, in words for staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aftercare.models import (
    Clinic,
    GaveUp,
    Invitation,
    MessageChannel,
    OutgoingMessage,
    Patient,
)
from aftercare.services.invite import message_reason
from aftercare.services.tokens import Standing, standing_of

from .deadlines import short_moment

NOT_SENT = {
    GaveUp.REFUSED: "not delivered: please check the address",
    GaveUp.EXPIRED: "not sent: no connection for too long",
    GaveUp.CANCELLED: "not sent: the link was taken back before",
}
WAYS = {MessageChannel.EMAIL: "E-mail", MessageChannel.SMS: "Text message"}


@dataclass(frozen=True, slots=True)
class LinkState:
    """The last link. `lines` name nobody, so that a page may look again by itself."""

    standing: Standing
    title: str
    lines: tuple[str, ...]
    is_in: bool = False

    @property
    def waits(self) -> bool:
        """Whether somebody could still come in by it."""
        dead = {Standing.EXPIRED, Standing.REVOKED, Standing.LOCKED}
        return not self.is_in and self.standing not in dead

    @property
    def is_locked(self) -> bool:
        return self.standing is Standing.LOCKED


def link_state(patient: Patient, at: datetime) -> LinkState | None:
    """The last link of a patient; None before there is one. Two queries."""
    last = (
        patient.invitations.select_related("created_by")
        .order_by("-created_at", "-id")
        .first()
    )
    if last is None:
        return None
    clinic = patient.clinic
    standing = standing_of(last, at)
    made = f"Made {short_moment(last.created_at, at, clinic)}"
    by = f" by {last.created_by}" if last.created_by else ""
    return LinkState(
        standing,
        _title(last, standing),
        (
            f"{made}{by}.",
            *_since(last, standing, at, clinic),
            *_messages(last, at, clinic),
        ),
        last.accepted_at is not None,
    )


def _title(link: Invitation, standing: Standing) -> str:
    if standing is Standing.USED:
        return (
            "The patient is in" if link.accepted_at else "The patient has pressed Start"
        )
    return {
        Standing.OPEN: "Not used yet",
        Standing.EXPIRED: "Too old: never used",
        Standing.REVOKED: "Taken back",
        Standing.LOCKED: "Locked after five wrong dates of birth",
    }[standing]


def _since(
    link: Invitation, standing: Standing, at: datetime, clinic: Clinic
) -> list[str]:
    """What happened with it, and what happens next."""
    lines = []
    if link.used_at:
        lines.append(f"Start pressed {short_moment(link.used_at, at, clinic)}.")
    if link.accepted_at:
        lines.append(f"Came in {short_moment(link.accepted_at, at, clinic)}.")
    if link.tries:
        dates = "date" if link.tries == 1 else "dates"
        lines.append(f"{link.tries} wrong {dates} of birth.")
    if standing is Standing.OPEN:
        lines.append(f"Works once, until {short_moment(link.expires_at, at, clinic)}.")
    if standing is Standing.REVOKED and link.revoked_at:
        lines.append(f"Taken back {short_moment(link.revoked_at, at, clinic)}.")
    return lines


def _messages(link: Invitation, at: datetime, clinic: Clinic) -> list[str]:
    """Whether the messages with it have left."""
    reasons = {message_reason(link, way): way for way in MessageChannel}
    found = clinic.messages.filter(once__in=reasons).order_by("channel")
    return [
        f"{WAYS[reasons[message.once]]} {_message(message, at, clinic)}."
        for message in found
    ]


def _message(message: OutgoingMessage, at: datetime, clinic: Clinic) -> str:
    if message.sent_at:
        return f"sent {short_moment(message.sent_at, at, clinic)}"
    if message.gave_up_at:
        return NOT_SENT[GaveUp(message.gave_up_why)]
    return "on its way" if not message.tries else "not sent yet, we keep trying"

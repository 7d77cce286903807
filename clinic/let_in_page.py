"""Letting a patient in: their last link, by which ways one can be sent, their devices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aftercare.languages import Language
from aftercare.models import MessageChannel, Patient
from aftercare.services.devices import signed_in
from aftercare.services.invite import address_of, link_of, ways_to
from aftercare.services.tokens import Standing, digest_of, standing_of

from .link_state import LinkState, link_state
from .qr_code import qr_code

BY = {MessageChannel.EMAIL: "by e-mail", MessageChannel.SMS: "by text message"}


@dataclass(frozen=True, slots=True)
class Way:
    """A channel by which a link can go to the patient."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that was made just now on this screen, and that nobody has used yet."""

    address: str
    picture: str


@dataclass(frozen=True, slots=True)
class LetInPage:
    """The page. `new` is None when it is only looked at."""

    patient: UUID
    name: str
    given_name: str
    born: str
    last: LinkState | None
    ways: tuple[Way, ...]
    language: str
    devices: int
    new: NewLink | None = None


def read_let_in_page(patient: Patient, at: datetime, token: str = "") -> LetInPage:
    """The page of a patient; `token` is that of a link which was just made."""
    return LetInPage(
        patient=patient.pk,
        name=str(patient),
        given_name=patient.given_name,
        born=f"{patient.birth_date.day} {patient.birth_date:%B %Y}",
        last=link_state(patient, at),
        ways=tuple(_way(patient, way) for way in ways_to(patient)),
        language=Language(patient.language).in_english,
        devices=len(signed_in(patient, at)),
        new=_new(patient, token, at),
    )


def _new(patient: Patient, token: str, at: datetime) -> NewLink | None:
    """The link to show, as long as it is good for something."""
    made = (
        patient.invitations.filter(digest=digest_of(token)).first() if token else None
    )
    if made is None or standing_of(made, at) is not Standing.OPEN:
        return None
    link = link_of(token)
    return NewLink(link, qr_code(link))


def _way(patient: Patient, way: MessageChannel) -> Way:
    return Way(way.value, f"{BY[way]} to {address_of(patient, way)}")

"""What could not be delivered to patients: nobody else will tell the front desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from aftercare.models import (
    Clinic,
    GaveUp,
    MessageChannel,
    MessageKind,
    OutgoingMessage,
    Patient,
)
from aftercare.models.undelivered import undelivered_of

WHAT = {
    MessageKind.INVITATION: "the link",
    MessageKind.SIGN_IN_CODE: "the code",
    MessageKind.REMINDER: "the reminder",
    MessageKind.NUDGE: "the reminder",
}
ADDRESS = {MessageChannel.EMAIL: "address", MessageChannel.SMS: "number"}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One message that never reached a patient."""

    patient: UUID | None
    words: str


def undelivered(clinic: Clinic) -> Iterator[Undelivered]:
    """Of every patient of a clinic; one query."""
    standing = undelivered_of(clinic)
    for message in standing.order_by("patient", F("gave_up_at").desc()):
        yield Undelivered(message.patient_id, _words(message))


def undelivered_by_patient(clinic: Clinic) -> dict[UUID, tuple[str, ...]]:
    """The same as sentences, newest first, by patient."""
    said: dict[UUID, dict[str, None]] = {}
    for item in undelivered(clinic):
        if item.patient:
            said.setdefault(item.patient, {})[item.words] = None
    return {patient: tuple(words) for patient, words in said.items()}


def undelivered_to(patient: Patient) -> tuple[str, ...]:
    """Sentences about what never reached this patient, newest first."""
    return undelivered_by_patient(patient.clinic).get(patient.pk, ())


def _words(message: OutgoingMessage) -> str:
    what = WHAT.get(MessageKind(message.kind), "a message")
    if message.gave_up_why == GaveUp.EXPIRED:
        return f"We could not deliver {what} in time."
    address = ADDRESS[MessageChannel(message.channel)]
    return f"We could not deliver {what}: the {address} does not work."

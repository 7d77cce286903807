"""What could not be delivered to patients: nobody else will tell the front desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from aftercare.models import (
    Clinic,
    GaveUp,
    Invitation,
    MessageChannel,
    MessageKind,
    OutgoingMessage,
    Patient,
)

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
    """Of every patient of a clinic; one query. Newer news of the same kind hides old."""
    messages = OutgoingMessage.objects.filter(
        clinic=clinic, patient__isnull=False, gave_up_at__isnull=False
    ).exclude(gave_up_why=GaveUp.CANCELLED)
    # A later one, or the same by another way that was open.
    newer = OutgoingMessage.objects.filter(
        Q(created_at__gt=OuterRef("created_at"))
        | Q(created_at=OuterRef("created_at"), sent_at__isnull=False),
        clinic=clinic,
        patient=OuterRef("patient"),
        kind=OuterRef("kind"),
    )
    came_in = Invitation.objects.filter(
        clinic=clinic,
        patient=OuterRef("patient"),
        accepted_at__gte=OuterRef("created_at"),
    )
    standing = messages.exclude(Exists(newer)).exclude(
        Exists(came_in), kind=MessageKind.INVITATION
    )
    for message in standing.order_by("patient", F("gave_up_at").desc()):
        yield Undelivered(message.patient_id, _words(message))


def undelivered_to(patient: Patient) -> tuple[str, ...]:
    """Sentences about what never reached this patient, newest first."""
    found = undelivered(patient.clinic)
    said = (item.words for item in found if item.patient == patient.pk)
    return tuple(dict.fromkeys(said))


def _words(message: OutgoingMessage) -> str:
    what = WHAT.get(MessageKind(message.kind), "a message")
    if message.gave_up_why == GaveUp.EXPIRED:
        return f"We could not deliver {what} in time."
    address = ADDRESS[MessageChannel(message.channel)]
    return f"We could not deliver {what}: the {address} does not work."

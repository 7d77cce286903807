"""Messages that never reached a patient, and that nobody has dealt with."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from .clinic import Clinic
from .invitation import Invitation
from .outbox import GaveUp, MessageKind, OutgoingMessage


def undelivered_of(clinic: Clinic) -> QuerySet[OutgoingMessage]:
    """Of every patient of a clinic. Newer news of the same kind hides old."""
    given_up = clinic.messages.filter(
        patient__isnull=False, gave_up_at__isnull=False, settled_at__isnull=True
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
    return given_up.exclude(Exists(newer)).exclude(
        Exists(came_in), kind=MessageKind.INVITATION
    )

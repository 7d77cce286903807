"""Messages that never reached a patient, and that nobody has dealt with; and alerts that
never reached staff."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from .clinic import Clinic
from .invitation import Invitation
from .outbox import GaveUp, MessageKind, OutgoingMessage

HELD_UP = timedelta(minutes=10)
"""An alert that has waited for this long is put off again and again."""

REFUSED_LATELY = timedelta(days=1)
WAITS_AT_MOST = timedelta(hours=72)


def unsent_alerts(at: datetime) -> QuerySet[OutgoingMessage]:
    """Alerts to staff of the whole house that were refused or are put off, as all else is.

    When others got a message by the same way since, then it is one address that is wrong,
    and not the way.
    """
    refused = Q(gave_up_why=GaveUp.REFUSED, created_at__gte=at - REFUSED_LATELY)
    waiting = Q(gave_up_at__isnull=True, created_at__lte=at - HELD_UP)
    got_through = OutgoingMessage.objects.filter(
        channel=OuterRef("channel"),
        sent_at__gte=OuterRef("created_at"),
        sent_at__lte=at,
    )
    return OutgoingMessage.objects.filter(
        refused | waiting,
        kind=MessageKind.STAFF_URGENT,
        sent_at__isnull=True,
        created_at__gte=at - WAITS_AT_MOST,
    ).exclude(Exists(got_through))


def refused_staff(clinic: Clinic) -> QuerySet[OutgoingMessage]:
    """Messages to staff of a clinic that were refused, and none has been taken since.

    Such an address is wrong, though the house is well.
    """
    refused = clinic.messages.filter(
        patient__isnull=True,
        staff__isnull=False,
        gave_up_at__isnull=False,
        gave_up_why=GaveUp.REFUSED,
    )
    taken = clinic.messages.filter(
        staff=OuterRef("staff"),
        channel=OuterRef("channel"),
        sent_at__gte=OuterRef("created_at"),
    )
    return refused.exclude(Exists(taken))


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

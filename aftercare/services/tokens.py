"""Links that let one person in, once: how one is made, found, spent and taken back.

The token stands in the link alone; the record keeps a digest of it. Whose link it is and
what they prove next is told by those who use this: see `invite.py`.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from django.db.models import F, QuerySet

from aftercare.models import MOST_TRIES, Invitation, Patient, StaffMember

LINK_LASTS = timedelta(days=7)
TOKEN_BYTES = 32


class Standing(StrEnum):
    """What has become of a link."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LOCKED = "locked"


def standing_of(invitation: Invitation, at: datetime) -> Standing:
    """What a link is good for at a moment. Whoever came in by it has used it up."""
    if invitation.accepted_at is not None:
        return Standing.USED
    if invitation.tries >= MOST_TRIES:
        return Standing.LOCKED
    if invitation.revoked_at is not None:
        return Standing.REVOKED
    if invitation.used_at is not None:
        return Standing.USED
    return Standing.EXPIRED if at >= invitation.expires_at else Standing.OPEN


def issue(
    person: Patient | StaffMember, *, by: StaffMember | None, at: datetime
) -> tuple[Invitation, str]:
    """A new link for a person, and the token in it, which is told only here.

    Takes back the one before. Inside the caller's transaction.
    """
    hold(person)
    take_back(person, at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        clinic=person.clinic,
        patient=person if isinstance(person, Patient) else None,
        staff=person if isinstance(person, StaffMember) else None,
        digest=digest_of(token),
        created_at=at,
        created_by=by,
        expires_at=at + LINK_LASTS,
    )
    return invitation, token


def hold(person: Patient | StaffMember) -> None:
    """Two links asked for at once are made one after the other."""
    type(person).objects.select_for_update(no_key=True).get(pk=person.pk)


def find_invitation(token: str) -> Invitation | None:
    """The row behind a link, whatever became of it. Reads only."""
    return (
        Invitation.objects.select_related("clinic", "patient", "staff")
        .filter(digest=digest_of(token))
        .first()
    )


def spend(invitation: Invitation, at: datetime) -> bool:
    """The button of a link is pressed; of two presses one wins."""
    return bool(
        Invitation.objects.filter(
            pk=invitation.pk,
            used_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=at,
            tries__lt=MOST_TRIES,
        ).update(used_at=at)
    )


def count_wrong_try(invitation: Invitation) -> int:
    """One wrong answer more, on a row that the caller holds; how many there are now."""
    Invitation.objects.filter(pk=invitation.pk).update(tries=F("tries") + 1)
    invitation.tries += 1
    return invitation.tries


def take_back(person: Patient | StaffMember, at: datetime) -> int:
    """Every link of a person that nobody has come in by is dead from now on; how many."""
    return waiting(person).update(revoked_at=at)


def waiting(person: Patient | StaffMember) -> QuerySet[Invitation]:
    """The links of a person by which nobody has come in, and which nobody took back."""
    return person.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True)


def digest_of(token: str) -> str:
    """What the record keeps of a token."""
    return sha256(token.encode()).hexdigest()

"""A patient comes in by a link: it is opened, its button is pressed, the birth date fits.

Opening a link changes nothing, so that a mail scanner cannot spend it. Until the date of
birth is proven nobody is told whose link it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from aftercare.models import MOST_TRIES, Clinic, Invitation, Patient

from . import audit
from .patient_login import give_login
from .tokens import (
    Standing,
    count_wrong_try,
    digest_of,
    spend,
    standing_of,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What somebody who follows a link may know of it, and whom it is for."""

    id: UUID
    clinic: Clinic
    patient_id: UUID
    standing: Standing


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a birth date: the patient, or how often it may still be tried."""

    standing: Standing
    patient: Patient | None = None
    tries_left: int = 0


def open_invitation(token: str, at: datetime) -> Opened | None:
    """What a patient's link is good for; None where there is none. Reads only."""
    found = links().filter(digest=digest_of(token)).first()
    return opened(found, standing_of(found, at)) if found else None


def start(token: str, at: datetime) -> UUID | None:
    """The button is pressed: the link is spent. None when it was good for nothing.

    Of two presses at once one wins. The key is for `prove`, in the same browser.
    """
    with transaction.atomic():
        found = links().filter(digest=digest_of(token)).first()
        if found is None or not spend(found, at):
            return None
        note("invitation.started", found, None, at)
    return found.pk


def open_started(invitation_id: UUID, at: datetime) -> Opened | None:
    """The link whose button was pressed in this browser; None once it is erased."""
    found = links().filter(pk=invitation_id).first()
    return opened(found, started(found, at)) if found else None


def prove(*, invitation_id: UUID, birth_date: date, at: datetime) -> Proof:
    """Whether the person with a started link knows the birth date.

    Wrong dates are counted on the row, which is locked for good after the fifth; the row
    is held meanwhile, so that guesses sent at once are counted one by one.
    """
    with transaction.atomic():
        held = links().select_for_update(of=("self",), no_key=True)
        found = held.filter(pk=invitation_id).first()
        if found is None:
            return Proof(Standing.REVOKED)
        standing = started(found, at)
        if standing is not Standing.OPEN:
            return Proof(standing)
        patient = patient_of(found)
        if patient.birth_date != birth_date:
            return wrong(found, at)
        Invitation.objects.filter(pk=found.pk).update(accepted_at=at)
        give_login(patient)
        note("patient.came_in", found, patient, at)
    return Proof(Standing.USED, patient)


def who_came_in(patient_id: UUID) -> Patient | None:
    """A patient who has been let in, by their key."""
    known = Patient.objects.select_related("clinic", "login")
    return known.filter(pk=patient_id, login__isnull=False).first()


def links() -> QuerySet[Invitation]:
    """Every link for a patient. Nobody is signed in who could be asked for theirs."""
    rows = Invitation.objects.filter(patient__isnull=False)
    return rows.select_related("clinic", "patient__clinic")


def started(invitation: Invitation, at: datetime) -> Standing:
    """What a link is good for in the browser in which its button was pressed."""
    standing = standing_of(invitation, at)
    if standing is not Standing.USED or invitation.accepted_at is not None:
        return standing
    return Standing.EXPIRED if at >= invitation.expires_at else Standing.OPEN


def wrong(invitation: Invitation, at: datetime) -> Proof:
    """One wrong birth date more, written down for the clinic to see."""
    left = MOST_TRIES - count_wrong_try(invitation)
    note("invitation.wrong_birth_date", invitation, None, at)
    return Proof(Standing.OPEN if left else Standing.LOCKED, tries_left=left)


def opened(invitation: Invitation, standing: Standing) -> Opened:
    patient = patient_of(invitation)
    return Opened(invitation.pk, patient.clinic, patient.pk, standing)


def patient_of(invitation: Invitation) -> Patient:
    """Whom a link of `links` is for."""
    return cast(Patient, invitation.patient)


def note(verb: str, invitation: Invitation, by: Patient | None, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        clinic=invitation.clinic,
        at=at,
        patient_id=invitation.patient_id,
        object_id=invitation.pk,
    )

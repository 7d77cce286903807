"""The clinic lets a patient in: a link is made, sent, shown once, and taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from aftercare.messages import words
from aftercare.messages.channels import is_set_up
from aftercare.messages.links import link_to
from aftercare.messages.outbox import cancel, enqueue
from aftercare.models import Invitation, MessageChannel, Patient, StaffMember

from . import audit
from .tokens import hold, issue, take_back, waiting


@dataclass(frozen=True, slots=True)
class Invited:
    """A new link. The record keeps no token, and cannot tell it again."""

    invitation: Invitation
    token: str
    sent_by: tuple[MessageChannel, ...]


def invite_patient(
    *,
    patient: Patient,
    by: StaffMember,
    at: datetime,
    channels: Collection[MessageChannel],
) -> Invited:
    """A new link for a patient, sent by each channel for which there is an address.

    A link made before is dead, and its message is not sent any more.
    """
    with transaction.atomic():
        take_back_messages(patient, at)
        invitation, token = issue(patient, by=by, at=at)
        ways = [way for way in MessageChannel if way in channels]
        sent = tuple(way for way in ways if send_link(patient, invitation, way, token))
        audit.record(
            "invitation.made",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=patient.pk,
            object_id=invitation.pk,
        )
    return Invited(invitation, token, sent)


def revoke_invitation(*, patient: Patient, by: StaffMember, at: datetime) -> int:
    """Every link of a patient that still waits is dead; how many there were."""
    with transaction.atomic():
        take_back_messages(patient, at)
        count = take_back(patient, at)
        if count:
            audit.record(
                "invitation.revoked",
                by=by,
                clinic=by.clinic,
                at=at,
                patient_id=patient.pk,
            )
    return count


def ways_to(patient: Patient) -> tuple[MessageChannel, ...]:
    """By which channels a link can be sent to a patient."""
    return tuple(
        way for way in MessageChannel if address_of(patient, way) and is_set_up(way)
    )


def address_of(patient: Patient, way: MessageChannel) -> str:
    """Where a message by this channel goes; empty where the clinic knows none."""
    return patient.email if way is MessageChannel.EMAIL else patient.phone


def link_of(token: str) -> str:
    """The whole address that a token stands in."""
    return link_to(reverse("invitation", args=[token]))


def message_reason(invitation: Invitation, way: MessageChannel) -> str:
    """Why a message leaves: one for each link and channel."""
    return f"invitation:{invitation.pk}:{way}"


def send_link(
    patient: Patient, invitation: Invitation, way: MessageChannel, token: str
) -> bool:
    """Put the message into the outbox, if there is somewhere to send it."""
    to = address_of(patient, way)
    if not to:
        return False
    clinic = patient.clinic
    text = words.INVITATION.filled(
        way,
        patient.language,
        clinic=clinic.name,
        name=patient.given_name,
        link=link_of(token),
    )
    enqueue(
        kind=words.INVITATION.kind,
        channel=way,
        to=to,
        subject=text.subject,
        body=text.body,
        once=message_reason(invitation, way),
        at=invitation.created_at,
        expires_at=invitation.expires_at,
        clinic=clinic,
        patient=patient,
    )
    return True


def take_back_messages(patient: Patient, at: datetime) -> None:
    """No message leaves with a link that is about to be dead."""
    hold(patient)
    for invitation in waiting(patient):
        for way in MessageChannel:
            cancel(once=message_reason(invitation, way), at=at)

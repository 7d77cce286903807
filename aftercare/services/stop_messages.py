"""A patient does not want reminders any more: one link in each, one button behind it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from aftercare.messages.links import link_to
from aftercare.models import Clinic, Patient, RemindBy

from . import audit

SIGNER = Signer(salt="stop reminders")


class UnknownLink(Exception):
    """A link that this house did not make, or whose patient is gone."""


def stop_link(patient: Patient) -> str:
    """The address in every reminder. It lets nobody in: it can only stop and start them."""
    return link_to(reverse("stop_messages", args=[SIGNER.sign(patient.pk.hex)]))


def clinic_behind(token: str) -> Clinic:
    """Whose messages a link stops. Raises `UnknownLink`."""
    return _patient_of(token).clinic


def stop_messages(token: str, at: datetime) -> Clinic:
    """No more reminders for whoever was sent this link; pressing twice changes nothing."""
    with transaction.atomic():
        patient = _patient_of(token)
        stopped = Patient.objects.filter(
            clinic=patient.clinic_id, pk=patient.pk
        ).exclude(remind_by=RemindBy.NONE)
        if stopped.update(remind_by=RemindBy.NONE):
            audit.record(
                "reminders.stopped",
                by=patient,
                clinic=patient.clinic,
                at=at,
                patient_id=patient.pk,
            )
    return patient.clinic


def _patient_of(token: str) -> Patient:
    try:
        key = UUID(hex=SIGNER.unsign(token))
    except (BadSignature, ValueError) as wrong:
        raise UnknownLink from wrong
    found = Patient.objects.filter(pk=key).select_related("clinic").first()
    if found is None:
        raise UnknownLink
    return found

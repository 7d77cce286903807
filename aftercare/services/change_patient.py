"""What the clinic knows of a patient is put right: a name, the birth date, how to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from aftercare.models import Patient, StaffMember

from . import audit
from .invite import take_back_messages
from .tokens import take_back

DETAILS = ("given_name", "family_name", "birth_date", "phone", "email", "language")
ADDRESSES = {"phone", "email"}


def change_patient(
    *, patient_id: UUID, by: StaffMember, changes: Mapping[str, Any], at: datetime
) -> bool:
    """Put some of the details right. True when a link was taken back with that.

    A link may have gone to an address that was somebody else's. Only what was changed is
    written, so that two people who put different things right do not undo each other.
    """
    with transaction.atomic():
        people = by.clinic.patients.select_for_update(no_key=True)
        patient = people.get(pk=patient_id)
        new = {name: changes[name] for name in DETAILS if name in changes}
        if not new:
            return False
        for name, value in new.items():
            setattr(patient, name, value)
        patient.save(update_fields=list(new))
        audit.record(
            "patient.changed",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=patient.pk,
            object_id=patient.pk,
        )
        return bool(ADDRESSES & new.keys() and _take_back(patient, at))


def _take_back(patient: Patient, at: datetime) -> int:
    take_back_messages(patient, at)
    return take_back(patient, at)

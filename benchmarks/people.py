"""People to measure with, who may be made again in a database that was kept."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.test import Client

from aftercare.models import StaffMember, Treatment
from aftercare.services.create_clinic import add_staff
from tests.builders import make_clinic, make_patient, make_treatment
from tests.signing_in import sign_in


def somebody(at: datetime) -> StaffMember:
    """Who works at a clinic of their own."""
    return add_staff(
        clinic=make_clinic(),
        name="Priya Nair",
        email=f"{uuid.uuid4()}@clinic.example",
        password=None,
        roles=("is_clinician",),
        at=at,
    )


def patient_at_hand(at: datetime, many: int = 1) -> tuple[Client, list[Treatment]]:
    """A patient who is signed in, and treatments of theirs some minutes apart."""
    staff = somebody(at)
    patient = make_patient(staff)
    moments = [at - timedelta(days=3, minutes=age) for age in range(many)]
    treatments = [make_treatment(staff, patient, performed_at=one) for one in moments]
    return sign_in(Client(), patient), treatments

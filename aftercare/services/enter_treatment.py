"""A treatment is entered from a form; sent twice it is one treatment of one patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from aftercare.models import Patient, StaffMember, Treatment
from aftercare.models.keys import uuid7

from .follow_up import NotPossible
from .register_treatment import (
    PatientDetails,
    TreatmentDetails,
    register_patient,
    register_treatment,
)


@dataclass(frozen=True, slots=True)
class NewPatient:
    """A patient who comes with the form. `key` was put in it when it was drawn."""

    key: UUID
    details: PatientDetails


def enter_treatment(
    *,
    by: StaffMember,
    patient: Patient | NewPatient,
    details: TreatmentDetails,
    at: datetime,
) -> Treatment:
    """The treatment of a form, whichever press of its button came first."""
    try:
        with transaction.atomic():
            if isinstance(patient, NewPatient):
                patient = register_patient(
                    by=by, details=patient.details, at=at, key=patient.key
                )
            return register_treatment(by=by, patient=patient, details=details, at=at)
    except (IntegrityError, NotPossible) as error:
        entered = _entered_before(by, patient, details)
        if entered is None:
            raise NotPossible("This form was used before. Open a new one.") from error
        return entered


def new_key() -> UUID:
    """The key of a form that is about to be drawn."""
    return uuid7()


def _entered_before(
    by: StaffMember, patient: Patient | NewPatient, details: TreatmentDetails
) -> Treatment | None:
    """The same treatment as the first press entered it."""
    key = patient.key if isinstance(patient, NewPatient) else patient.pk
    return by.clinic.treatments.filter(
        patient=key,
        type=details.type,
        performed_at=details.performed_at,
        voided_at__isnull=True,
    ).first()

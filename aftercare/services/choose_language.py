"""A patient says in which language our messages should be."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from aftercare.languages import Language
from aftercare.models import Patient

from . import audit


def choose_language(*, by: Patient, language: Language, at: datetime) -> None:
    """From the next message on: one that waits already keeps the words it has."""
    with transaction.atomic():
        people = by.clinic.patients.select_for_update(no_key=True)
        patient = people.get(pk=by.pk)
        if patient.language == language:
            return
        patient.language = language
        patient.save(update_fields=["language"])
        audit.record(
            "language.chosen",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=patient.pk,
            object_id=patient.pk,
        )

"""A patient says when and how to be reminded, or that they would rather not be."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction

from aftercare.models import Patient, RemindBy

from . import audit
from .locking import locked_record
from .remind import is_followed, plan


def choose_reminders(
    *, by: Patient, remind_at: time, remind_by: RemindBy, at: datetime
) -> None:
    """From now on. A day that was reminded of already is not asked about again."""
    with transaction.atomic():
        patient, treatments = locked_record(by.clinic, by.pk)
        patient.remind_at, patient.remind_by = remind_at, remind_by
        patient.save(update_fields=["remind_at", "remind_by"])
        for treatment in filter(is_followed, treatments):
            treatment.patient = patient
            plan(treatment)
            treatment.save(update_fields=["next_prompt_at"])
        audit.record(
            "reminders.chosen",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=patient.pk,
        )

"""What patients may ask of their record, and what was done about it."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from .base import ClinicRow, one_of
from .people import Patient, StaffMember


class ErasureAnswer(StrEnum):
    """What the clinic answered to a patient who asked to be deleted."""

    KEEP = "keep"
    WITHDRAWN = "withdrawn"


class ErasureRequest(ClinicRow):
    """A patient asks for deletion. Open until answered; erasing removes it with the rest."""

    patient = models.ForeignKey(
        Patient, models.PROTECT, related_name="erasure_requests"
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=400, blank=True, help_text="for the patient")

    class Meta:
        constraints = [
            one_of("erasure_request", "answer", ("", *ErasureAnswer)),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="erasure_request_answered",
            ),
            models.CheckConstraint(
                condition=~Q(answer=ErasureAnswer.KEEP)
                | (Q(answered_by__isnull=False) & ~Q(words="")),
                name="erasure_request_kept_with_words",
            ),
            models.UniqueConstraint(
                fields=["clinic", "patient"],
                condition=Q(answered_at__isnull=True),
                name="erasure_request_one_open",
            ),
        ]


class Erasure(ClinicRow):
    """A record was erased. `patient` is the bare key that the audit still names."""

    patient = models.UUIDField()
    at = models.DateTimeField()
    by_staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_reason"),
            models.UniqueConstraint(fields=["clinic", "patient"], name="erasure_once"),
        ]


class Export(ClinicRow):
    """Staff took data out of the house, of one patient or of the clinic, and said why."""

    by_staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="exports")
    patient = models.ForeignKey(
        Patient, models.PROTECT, null=True, related_name="exports"
    )
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            one_of("export", "what", ("record", "clinic", "audit")),
            models.CheckConstraint(condition=~Q(reason=""), name="export_has_reason"),
            models.CheckConstraint(
                condition=Q(what="record", patient__isnull=False)
                | (~Q(what="record") & Q(patient__isnull=True)),
                name="export_of_a_record_has_patient",
            ),
        ]

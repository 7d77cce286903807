"""Who did or read what of whose record: one row per verb, only ever added.

No answer, name or free text stands here, so erasing a patient need not touch it.
"""

from __future__ import annotations

from django.db import models

from .audit_only_added import TRIGGERS
from .base import ClinicRow
from .people import Login, Patient, StaffMember

__all__ = ["TRIGGERS", "AuditEntry", "AuditHead", "AuditSeal"]


class AuditEntry(ClinicRow):
    """One thing done or read. The database itself refuses to change or remove it."""

    at = models.DateTimeField()
    login = models.ForeignKey(
        Login, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    patient = models.ForeignKey(
        Patient, models.PROTECT, null=True, related_name="audit", db_constraint=False
    )
    verb = models.CharField(max_length=40)
    page = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=40, blank=True, help_text="a code, no text")
    version = models.CharField(max_length=40, help_text="of the rules")
    software = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "-at"], name="audit_newest"),
            models.Index(fields=["clinic", "patient", "-at"], name="audit_of_patient"),
        ]


class AuditSeal(models.Model):
    """An entry's place in its clinic's chain. Only the database makes these rows."""

    entry = models.OneToOneField(
        AuditEntry, models.PROTECT, primary_key=True, related_name="seal"
    )
    clinic = models.ForeignKey(
        "aftercare.Clinic", models.PROTECT, related_name="+", db_index=False
    )
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "number"], name="audit_seal_once_per_number"
            )
        ]


class AuditHead(models.Model):
    """The newest seal of a clinic. It moves on by one with each entry, by itself."""

    clinic = models.OneToOneField(
        "aftercare.Clinic", models.PROTECT, primary_key=True, related_name="+"
    )
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

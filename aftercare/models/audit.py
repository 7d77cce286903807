"""Who did or read what of whose record: one row per verb, only ever added.

No answer, name or free text stands here, so erasing a patient need not touch it.
"""

from __future__ import annotations

from django.db import models

from .base import ClinicRow
from .people import Login, Patient, StaffMember


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
    version = models.CharField(max_length=40)

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "-at"], name="audit_newest"),
            models.Index(fields=["clinic", "patient", "-at"], name="audit_of_patient"),
        ]


TABLE = "aftercare_auditentry"

SQLITE_ON = tuple(
    f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are only ever added'); END"
    for verb in ("update", "delete")
)
SQLITE_OFF = ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete")

POSTGRES_ON = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit entries are only ever added' "
    "USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
POSTGRES_OFF = (
    f"DROP TRIGGER audit_no_change ON {TABLE}",
    f"DROP TRIGGER audit_no_truncate ON {TABLE}",
)

TRIGGERS = {
    "sqlite": (SQLITE_ON, SQLITE_OFF),
    "postgresql": (POSTGRES_ON, POSTGRES_OFF),
}

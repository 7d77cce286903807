"""Data leave the house: a patient takes their own, staff take some and say why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from aftercare.audit_words import REASONS_TO_EXPORT
from aftercare.models import Export, Patient, StaffMember

from . import audit


def note_download(*, by: Patient, page: str, at: datetime) -> None:
    """A patient takes a copy of their own record; which one is said by `page`."""
    with transaction.atomic():
        audit.record(
            "record.downloaded",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=by.pk,
            object_id=by.pk,
            page=page,
        )


def export_record(
    *, patient: Patient, by: StaffMember, reason: str, at: datetime
) -> Export:
    """A member of staff takes out the record of one patient of their clinic."""
    return _export("record", patient, by, reason, at)


def export_clinic(*, by: StaffMember, reason: str, at: datetime) -> Export:
    """Somebody takes out the records of all patients of their clinic."""
    return _export("clinic", None, by, reason, at)


def export_audit(*, by: StaffMember, reason: str, at: datetime) -> Export:
    """Somebody takes out the audit; `reason` is a code, which stands in the audit too."""
    return _export("audit", None, by, REASONS_TO_EXPORT[reason], at, code=reason)


def _export(
    what: str,
    patient: Patient | None,
    by: StaffMember,
    reason: str,
    at: datetime,
    code: str = "",
) -> Export:
    with transaction.atomic():
        export = Export.objects.create(
            clinic=by.clinic,
            patient=patient,
            by_staff=by,
            what=what,
            reason=reason,
            at=at,
        )
        audit.record(
            f"{what}.exported",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=patient.pk if patient else None,
            object_id=export.pk,
            reason=code,
        )
    return export

"""Writing down who did or read what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from aftercare import __version__
from aftercare.models import AuditEntry, Clinic, Patient, StaffMember
from aftercare.warning_signs.protocol import PROTOCOL


def record(
    verb: str,
    *,
    by: Patient | StaffMember | None,
    clinic: Clinic,
    at: datetime,
    patient_id: UUID | None = None,
    object_id: UUID | None = None,
    page: str = "",
) -> None:
    """Add one row to the audit, in the transaction that is running.

    `by` is None where the software itself acted, for example at a noon check.
    """
    AuditEntry.objects.create(
        clinic=clinic,
        at=at,
        login_id=by.login_id if by else None,
        staff_id=by.pk if isinstance(by, StaffMember) else None,
        patient_id=patient_id,
        verb=verb,
        page=page,
        object_id=object_id,
        version=PROTOCOL.id,
        software=__version__,
    )

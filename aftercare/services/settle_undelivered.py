"""The front desk has dealt with what never reached a patient."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from aftercare.models import Patient, StaffMember
from aftercare.models.undelivered import undelivered_of

from . import audit


def settle_undelivered(
    *, patient: Patient, by: StaffMember, drawn_at: datetime, at: datetime
) -> bool:
    """What had failed when the page was drawn is off the list; what failed since is not.

    False where nothing was left to deal with: pressing twice changes nothing.
    """
    with transaction.atomic():
        failed = undelivered_of(by.clinic).filter(
            patient=patient, gave_up_at__lte=drawn_at
        )
        # Chosen first: an UPDATE cannot look at the table that it changes.
        keys = list(failed.values_list("pk", flat=True))
        settled = by.clinic.messages.filter(pk__in=keys, settled_at__isnull=True)
        if not settled.update(settled_at=at, settled_by=by):
            return False
        audit.record(
            "messages.settled",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=patient.pk,
            object_id=patient.pk,
        )
    return True

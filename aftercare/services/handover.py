"""When a shift changes, somebody says by name that they have read what is open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from aftercare.models import Handover, StaffMember

from . import audit
from .follow_up import NotPossible

NEWS = "Something new came in since this page was drawn. Please read it again."


def read_handover(*, by: StaffMember, drawn_at: datetime, at: datetime) -> Handover:
    """Somebody has read the page as it was drawn; refused when it is no longer so."""
    with transaction.atomic():
        flags = by.clinic.flags.open()
        if drawn_at > at or flags.filter(raised_at__gt=drawn_at).exists():
            raise NotPossible(NEWS)
        read = Handover.objects.create(
            clinic=by.clinic,
            by=by,
            at=at,
            open_rows=flags.values("treatment").distinct().count(),
        )
        audit.record("handover.read", by=by, clinic=by.clinic, at=at, object_id=read.pk)
    return read

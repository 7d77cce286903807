"""Somebody has lost every passkey, app and recovery code: they set up new ones."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from aftercare.models import Login
from aftercare.services import audit
from aftercare.sessions import forget_second_factors


def forget_second_factor(*, login: Login, at: datetime) -> int:
    """At how many clinics they work. Whoever does this has made sure who asks.

    Their sessions end. With the next sign-in a password leads to the set-up.
    """
    with transaction.atomic():
        forget_second_factors(login)
        members = login.staff_members.select_related("clinic").order_by("clinic")
        for member in members:
            audit.record(
                "factor.removed",
                by=None,
                clinic=member.clinic,
                at=at,
                object_id=member.pk,
                reason="lost",
            )
        return len(members)

"""A clinic opens its doors: the clinic, its hours and its first staff member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from aftercare.models import Clinic, Login, Opening, StaffMember
from aftercare.promise import Interval, OpeningHours

from . import audit


@dataclass(frozen=True, slots=True)
class ClinicDetails:
    """What must be known before the first promise can be made."""

    name: str
    zone: str
    phone: str
    emergency_number: str
    out_of_hours_number: str
    weekly: Mapping[int, tuple[Interval, ...]]
    address: str = ""
    is_demo: bool = False


def create_clinic(*, details: ClinicDetails, at: datetime) -> Clinic:
    """A new clinic. ValueError when the hours make no promise possible."""
    clinic = Clinic(
        name=details.name,
        zone=details.zone,
        address=details.address,
        phone=details.phone,
        emergency_number=details.emergency_number,
        out_of_hours_number=details.out_of_hours_number,
        is_demo=details.is_demo,
        created_at=at,
    )
    clinic.full_clean(validate_constraints=False)
    OpeningHours(clinic.zoneinfo, dict(details.weekly), {})
    with transaction.atomic():
        clinic.save(force_insert=True)
        Opening.objects.bulk_create(
            Opening(clinic=clinic, weekday=day, opens=span.opens, closes=span.closes)
            for day, spans in details.weekly.items()
            for span in spans
        )
        audit.record(
            "clinic.created", by=None, clinic=clinic, at=at, object_id=clinic.pk
        )
    return clinic


def close_on(*, clinic: Clinic, days: Iterable[date]) -> None:
    """Holidays: dates on which the clinic is closed all day."""
    Opening.objects.bulk_create(Opening(clinic=clinic, date=day) for day in days)


def add_staff(
    *,
    clinic: Clinic,
    name: str,
    email: str,
    password: str | None,
    roles: Iterable[str],
    at: datetime,
) -> StaffMember:
    """A staff member with a login of their own; `roles` are role columns."""
    with transaction.atomic():
        staff = StaffMember.objects.create(
            clinic=clinic,
            login=Login.objects.create_login(email, password),
            name=name,
            joined_at=at,
            created_at=at,
            **dict.fromkeys(roles, True),
        )
        audit.record("staff.added", by=None, clinic=clinic, at=at, object_id=staff.pk)
    return staff

"""A clinic opens its doors: the clinic, its hours and its first staff member."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from aftercare.models import Clinic, Login, Opening, StaffMember
from aftercare.promise import Interval, OpeningHours

from . import audit
from .invite_staff import Invitee, add_member
from .tokens import issue


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


def open_clinic(
    *,
    details: ClinicDetails,
    owner: Invitee,
    at: datetime,
    link_to: Callable[[str], str],
) -> tuple[StaffMember, str]:
    """A new clinic with its owner, and the link by which the owner comes in."""
    with transaction.atomic():
        clinic = create_clinic(details=details, at=at)
        member = add_member(clinic, owner, at)
        audit.record(
            "staff.invited", by=None, clinic=clinic, at=at, object_id=member.pk
        )
        _, token = issue(member, by=None, at=at)
    return member, link_to(token)


def new_owner_links(
    *, email: str, at: datetime, link_to: Callable[[str], str]
) -> list[tuple[StaffMember, str]]:
    """A new link for each clinic whose owner has this address and never came in."""
    with transaction.atomic():
        owners = StaffMember.objects.filter(
            login__email=email.strip().lower(), is_owner=True, joined_at__isnull=True
        ).select_related("clinic")
        links = []
        for member in owners.filter(deactivated_at__isnull=True).order_by("created_at"):
            _, token = issue(member, by=None, at=at)
            audit.record(
                "staff.link_sent",
                by=None,
                clinic=member.clinic,
                at=at,
                object_id=member.pk,
            )
            links.append((member, link_to(token)))
    return links


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

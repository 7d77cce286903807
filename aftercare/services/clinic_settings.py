"""What a clinic says of itself and promises: each part is changed by a verb of its own.

A change is refused when somebody else changed the clinic since its author saw it. Flags
that are open keep the deadlines that their patients were told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from aftercare.models import AuditEntry, Clinic, Opening, StaffMember
from aftercare.promise import Interval, OpeningHours, Targets

from . import audit
from .follow_up import NotPossible
from .moved_zone import locked_clocks, move_clocks

Weekly = Mapping[int, tuple[Interval, ...]]


class NothingPromised(NotPossible):
    """After `first`, nothing opens for so long that patients could be promised nothing."""

    def __init__(self, first: date) -> None:
        super().__init__(
            f"After {first:%A} {first.day} {first:%B %Y} nothing opens for 14 days."
        )
        self.first = first


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whom a patient calls: the clinic, an ambulance, and somebody while it is closed."""

    phone: str
    emergency_number: str
    out_of_hours_number: str


def change_details(
    *, by: StaffMember, name: str, address: str, seen: int, at: datetime
) -> None:
    """Name and address, as patients read them."""
    with transaction.atomic():
        _change("details", by, seen, at, name=name, address=address)


def change_numbers(
    *, by: StaffMember, numbers: Numbers, seen: int, at: datetime
) -> None:
    """The numbers that every page of a patient dials from now on."""
    with transaction.atomic():
        _change(
            "numbers",
            by,
            seen,
            at,
            phone=numbers.phone,
            emergency_number=numbers.emergency_number,
            out_of_hours_number=numbers.out_of_hours_number,
        )


def change_hours(
    *,
    by: StaffMember,
    zone: str,
    weekly: Weekly,
    seen: int,
    at: datetime,
    accept_gap: bool = False,
) -> None:
    """Another ordinary week. ValueError when the hours make no promise possible."""
    with transaction.atomic():
        before = by.clinic.zoneinfo
        moved = locked_clocks(by.clinic) if zone != before.key else []
        clinic = _change("hours", by, seen, at, zone=zone)
        move_clocks(moved, before, clinic)
        old = clinic.opening_hours()
        hours = OpeningHours(ZoneInfo(zone), dict(weekly), old.exceptions)
        if not accept_gap:
            require_no_gap(hours, at)
        clinic.openings.filter(weekday__isnull=False).delete()
        Opening.objects.bulk_create(
            Opening(clinic=clinic, weekday=day, opens=span.opens, closes=span.closes)
            for day, spans in weekly.items()
            for span in spans
        )


def change_days(
    *,
    by: StaffMember,
    days: Collection[date],
    intervals: tuple[Interval, ...],
    seen: int,
    at: datetime,
    accept_gap: bool = False,
) -> None:
    """Dates on which the clinic is closed, or has other hours than that weekday's.

    What was said of these dates before is replaced.
    """
    with transaction.atomic():
        clinic = _change("days", by, seen, at)
        hours = with_days(clinic.opening_hours(), days, intervals)
        if not accept_gap:
            require_no_gap(hours, at)
        clinic.openings.filter(date__in=days).delete()
        Opening.objects.bulk_create(
            Opening(clinic=clinic, date=day, **clocks)
            for day in days
            for clocks in _clocks(intervals)
        )


def restore_day(*, by: StaffMember, day: date, seen: int, at: datetime) -> None:
    """A date has its ordinary hours again."""
    with transaction.atomic():
        clinic = _change("days", by, seen, at)
        clinic.openings.filter(date=day).delete()


def change_targets(
    *, by: StaffMember, targets: Targets, seen: int, at: datetime
) -> None:
    """Promises for signs that arrive from now on; never slower than the rules allow."""
    with transaction.atomic():
        _change(
            "promises",
            by,
            seen,
            at,
            emergency_minutes=targets.emergency_minutes,
            urgent_minutes=targets.urgent_minutes,
        )


def change_retention(
    *, by: StaffMember, months: int | None, seen: int, at: datetime
) -> None:
    """How long records are kept after a course; None: until erased by hand."""
    with transaction.atomic():
        _change("retention", by, seen, at, retention_months=months)


def with_days(
    hours: OpeningHours, days: Collection[date], intervals: tuple[Interval, ...]
) -> OpeningHours:
    """The same week with other hours on some dates. ValueError where they overlap."""
    exceptions = {**hours.exceptions, **dict.fromkeys(days, intervals)}
    return OpeningHours(hours.zone, hours.weekly, exceptions)


def require_no_gap(hours: OpeningHours, at: datetime) -> None:
    """Refuse hours with which some patient would be promised nothing."""
    first = hours.first_gap(hours.local_date(at))
    if first is not None:
        raise NothingPromised(first)


def _change(
    what: str, by: StaffMember, seen: int, at: datetime, **fields: Any
) -> Clinic:
    """Write some columns of the clinic as `seen`, and who did; its row stays locked."""
    changed = Clinic.objects.filter(pk=by.clinic_id, version=seen).update(
        **fields, version=F("version") + 1
    )
    if not changed:
        raise _changed_by_somebody(by.clinic_id)
    clinic = Clinic.objects.get(pk=by.clinic_id)
    audit.record(
        f"clinic.{what}_changed", by=by, clinic=clinic, at=at, object_id=clinic.pk
    )
    return clinic


def _clocks(intervals: tuple[Interval, ...]) -> list[dict[str, time]]:
    """The columns of a date's rows; one row without times closes it."""
    return [{"opens": one.opens, "closes": one.closes} for one in intervals] or [{}]


def _changed_by_somebody(clinic_id: UUID) -> NotPossible:
    """Who was faster."""
    changes = AuditEntry.objects.filter(
        clinic=clinic_id, verb__startswith="clinic.", verb__endswith="_changed"
    )
    last = changes.select_related("staff").order_by("-at", "-pk").first()
    if last is None:
        return NotPossible("Somebody changed the settings meanwhile.")
    return NotPossible(f"{last.staff} changed the settings", last.at)

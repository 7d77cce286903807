"""Rota and opening hours of the next days, read with the person who asks for a page.

Every page of the desk says when nobody is on duty, and none needs a query for it: both
come as one list each with the row of the staff member.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import (
    Aggregate,
    Exists,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import JSONObject

from aftercare.promise import Span
from aftercare.promise.cover import Shift, gaps_until, on_duty

from .clinic import Clinic, Opening
from .duty import Duty
from .people import StaffMember

AHEAD = timedelta(days=3)
"""Enough for today and tomorrow on any clock."""


class JSONList(Aggregate):
    """Every value of a group, as one list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **extra)


@dataclass(frozen=True)
class Cover:
    """Who is on duty at a moment, and the opening times ahead for which nobody is.

    `names` are those of everybody on the rota, by key; `openings` are near rows.
    """

    clinic: Clinic
    at: datetime
    keeps_rota: bool
    shifts: tuple[Shift, ...]
    names: Mapping[UUID, str]
    openings: tuple[Opening, ...]

    @cached_property
    def keys(self) -> frozenset[UUID]:
        """Who is on duty."""
        return on_duty(self.shifts, self.at)

    @cached_property
    def on_duty(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(sorted(self.names[key] for key in self.keys))

    @cached_property
    def gaps(self) -> tuple[Span, ...]:
        """What nobody covers, from now until tomorrow is over; none without a rota."""
        if not self.keeps_rota:
            return ()
        hours = self.clinic.hours_of(self.openings)
        return gaps_until(self.shifts, hours, self.at, days=1)


def with_cover(people: QuerySet[StaffMember], at: datetime) -> QuerySet[StaffMember]:
    """Staff members with what `cover_of` reads; no further query."""
    mine = Duty.objects.filter(clinic=OuterRef("clinic"))
    near = mine.filter(who_works("staff__"), ends_at__gt=at, starts_at__lt=at + AHEAD)
    openings = Opening.objects.filter(clinic=OuterRef("clinic")).filter(
        Q(date__isnull=True) | Q(date__range=((at - AHEAD).date(), (at + AHEAD).date()))
    )
    return people.annotate(
        keeps_rota=Exists(mine),
        near_duties=_listed(
            near,
            staff="staff_id",
            name="staff__name",
            backup="backup_id",
            starts="starts_at",
            ends="ends_at",
        ),
        near_openings=_listed(
            openings, weekday="weekday", date="date", opens="opens", closes="closes"
        ),
    )


def cover_of(staff: StaffMember, at: datetime) -> Cover:
    """The cover of the clinic of somebody who came with it, at the same moment."""
    duties = staff.near_duties or []
    openings = map(_opening, staff.near_openings or [])
    return Cover(
        clinic=staff.clinic,
        at=at,
        keeps_rota=staff.keeps_rota,
        shifts=tuple(map(_shift, duties)),
        names={UUID(row["staff"]): row["name"] for row in duties},
        openings=tuple(sorted(openings, key=lambda row: row.opens or time.min)),
    )


def _listed(rows: QuerySet[Any], **columns: str) -> Subquery:
    """The columns of all rows as one list; null where there is none."""
    whole = (
        rows.order_by().values("clinic").annotate(all=JSONList(JSONObject(**columns)))
    )
    return Subquery(whole.values("all"))


def _shift(row: Mapping[str, Any]) -> Shift:
    backup = UUID(row["backup"]) if row["backup"] else None
    starts, ends = _moment(row["starts"]), _moment(row["ends"])
    return Shift(UUID(row["staff"]), backup, starts, ends)


def _moment(text: str) -> datetime:
    """A moment as the database writes it in a list: SQLite without its zone, UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _opening(row: Mapping[str, Any]) -> Opening:
    day, opens, closes = (row[name] for name in ("date", "opens", "closes"))
    return Opening(
        weekday=row["weekday"],
        date=date.fromisoformat(day) if day else None,
        opens=time.fromisoformat(opens) if opens else None,
        closes=time.fromisoformat(closes) if closes else None,
    )


def who_works(prefix: str = "") -> Q:
    """Those who have come in, have not left, and may take a flag on."""
    carers = Q(**{f"{prefix}is_clinician": True})
    carers |= Q(**{f"{prefix}is_clinical_lead": True})
    return carers & Q(
        **{f"{prefix}joined_at__isnull": False, f"{prefix}deactivated_at__isnull": True}
    )

"""A value of the record as it stands in a file, and a row as an object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Field

from aftercare.models import StaffMember
from aftercare.models.flag import LEVELS

from .kinds import ANSWERS, Kind

Object = dict[str, Any]

LEVEL_NAMES = dict(LEVELS)


def moment(value: datetime, zone: ZoneInfo) -> Object:
    """A moment in UTC, with the date that it was at the clinic."""
    exact = value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    return {"utc": exact, "local_date": value.astimezone(zone).date().isoformat()}


def as_said(field: Field[Any, Any], value: Any, zone: ZoneInfo) -> Any:
    """One column. Nothing is rounded, and not asked stays null."""
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return LEVEL_NAMES[value] if field.choices == LEVELS else value


def row_object(
    kind: Kind, row: Sequence[Any], links: Mapping[str, list[str]], zone: ZoneInfo
) -> Object:
    """One row by the names of its columns; of a log the answers stand apart."""
    made: Object = {}
    answers: Object = {}
    for field, value in zip(kind.columns, row, strict=True):
        place = answers if field.name in ANSWERS else made
        place[field.name] = as_said(field, value, zone)
    if answers:
        made["answers"] = answers
    return {**made, **links}


def staff_in(kind: Kind, row: Sequence[Any]) -> set[UUID]:
    """Which members of staff a row names."""
    return {
        value
        for field, value in zip(kind.columns, row, strict=True)
        if value is not None and field.related_model is StaffMember
    }

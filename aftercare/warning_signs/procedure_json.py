"""The procedure record in the assess format (specification 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from .answers_json import BadValue, number, one_of, text
from .facts import Procedure
from .treatment_words import ProcedureType, Sterility

# Shown to staff; no rule reads them.
UNREAD = {
    "device",
    "device_serial",
    "cartridge_lot",
    "area",
    "practitioner",
    "setting",
    "products",
    "adjuncts",
}
KEYS = UNREAD | {
    "type",
    "performed_at",
    "clinic_timezone",
    "sterile_single_use",
    "needle_depth_mm",
    "risk_factors",
}
READ_AS = {True: Sterility.TRUE, False: Sterility.FALSE, None: Sterility.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Record:
    """The facts of a procedure, and the date of its day 0 where that is known."""

    procedure: Procedure
    day_zero: date | None


def read_record(raw: Mapping[str, Any]) -> Record:
    """A procedure with known keys. Raises `BadValue` naming the item."""
    return Record(
        procedure=Procedure(
            type=_item("type", raw, one_of(ProcedureType)),
            needle_depth_mm=_item("needle_depth_mm", raw, _depth),
            sterile_single_use=_item(
                "sterile_single_use", raw, _sterility, default=True
            ),
            risk_factors=_item("risk_factors", raw, _risk_factors),
        ),
        day_zero=_day_zero(raw),
    )


def _item(name: str, raw: Mapping[str, Any], read: Any, default: object = None) -> Any:
    try:
        return read(raw.get(name, default))
    except BadValue as error:
        raise BadValue(f"procedure.{name} {error}") from error


def _depth(value: object) -> Decimal | None:
    if value is None:
        return None
    depth = number(value)
    if not depth > 0:
        raise BadValue("must not be negative")
    return depth


def _sterility(value: object) -> Sterility:
    if value is None or isinstance(value, bool):
        return READ_AS[value]
    sterility: Sterility = one_of(Sterility)(value)
    return sterility


def _risk_factors(value: object) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadValue("must be a list of words")
    return frozenset(value)


def _day_zero(raw: Mapping[str, Any]) -> date | None:
    """The calendar date of the treatment in the clinic's zone."""
    performed_at = _item("performed_at", raw, _moment)
    zone = _item("clinic_timezone", raw, _zone)
    if performed_at is None or zone is None:
        return None
    try:
        local: datetime = performed_at.astimezone(zone)
    except OverflowError as error:
        raise BadValue("procedure.performed_at is out of range") from error
    return local.date()


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    written = text(value)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise BadValue("must be an ISO date and time") from error
    if moment.tzinfo is None:
        raise BadValue("must carry an offset from UTC")
    return moment


def _zone(value: object) -> ZoneInfo | None:
    if value is None:
        return None
    name = text(value)
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise BadValue("must be a time zone such as Europe/London") from error

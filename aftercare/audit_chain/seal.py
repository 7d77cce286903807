"""What is sealed of an entry, and how: the same text on every database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

# Every column of an entry, in the order in which it is sealed.
COLUMNS = (
    "id",
    "clinic_id",
    "at",
    "login_id",
    "staff_id",
    "patient_id",
    "verb",
    "page",
    "object_id",
    "reason",
    "version",
    "software",
)

Columns = tuple[str | None, ...]


def as_text(value: UUID | datetime | str | None) -> str | None:
    """A column as it is sealed: a key as 32 hex digits, a moment as UTC to the microsecond."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None)
        return f"{moment.isoformat(timespec='microseconds')}Z"
    return value


def canonical(columns: Iterable[str | None]) -> str:
    """All columns as one text that has only one reading.

    Each is written as its length and itself, so that no letter can move from one column
    to the next; `-` is a column without a value, which is something else than an empty one.
    """
    return "".join(
        "-" if value is None else f"{len(value)}:{value}" for value in columns
    )


def seal(before: str, number: int, columns: Iterable[str | None]) -> str:
    """The seal of row `number`; `before` is the seal of the row before it, `""` for none."""
    text = f"{before}|{number}|{canonical(columns)}"
    # What is not text was never written by us: it is hashed as it lies there.
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

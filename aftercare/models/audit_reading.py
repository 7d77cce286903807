"""The chain as it lies in the database: its columns as they are stored, nothing repaired.

Read in pieces, so that a long chain is neither held in memory nor keeps writers waiting.
What is sealed does not change any more, so the pieces fit together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from aftercare.audit_chain import COLUMNS, Head, Row

from .audit_sealed import KEYS
from .audit_tables import ENTRY, HEAD, SEAL
from .clinic import Clinic

AT_ONCE = 2_000
NOT_OURS = "?"

# SQLite: the bytes of a text, whatever they are; another kind of value was never sealed.
SQLITE = (
    "CASE typeof({0}) WHEN 'text' THEN CAST({0} AS BLOB) "
    f"WHEN 'null' THEN NULL ELSE CAST('{NOT_OURS}' AS BLOB) END"
)
READING = {
    "sqlite": {"text": SQLITE, "key": SQLITE, "moment": SQLITE},
    "postgresql": {
        "text": "{0}",
        "key": "replace({0}::text, '-', '')",
        "moment": """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    },
}
SQLITE_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.((?!000000)\d{6}))?", re.ASCII
)


def heads() -> dict[UUID, Head]:
    """The head of every clinic's chain; an empty one where nothing was sealed yet."""
    clinics = Clinic.objects.order_by("created_at", "pk").values_list("pk", flat=True)
    return {clinic: head_of(clinic) for clinic in clinics}


def head_of(clinic: UUID) -> Head:
    """How far a clinic's chain goes, as the database remembers it."""
    digest = read_as("text", "digest")
    query = f"SELECT number, {digest} FROM {HEAD} WHERE clinic_id = %s"
    rows = answers(query, key(clinic))
    return Head(whole(rows[0][0]), text(rows[0][1]) or "") if rows else Head()


def sealed_rows(clinic: UUID, head: Head) -> Iterator[Row]:
    """The chain of a clinic by number, up to this head; then what no head stands for."""
    start = 0
    while rows := up_to(clinic, start, head.number):
        if len(rows) < AT_ONCE or rows[0].number == rows[-1].number:
            yield from rows
            break
        # The last number may be there twice: it is read again with the next piece.
        start = rows[-1].number
        yield from (row for row in rows if row.number < start)
    yield from behind(clinic)


def up_to(clinic: UUID, start: int, end: int) -> list[Row]:
    where = "seal.clinic_id = %s AND seal.number >= %s AND seal.number <= %s"
    return rows_where(where, key(clinic), start, end, limit=AT_ONCE)


def behind(clinic: UUID) -> list[Row]:
    """The first seal that stands behind the head as it is at this moment."""
    head = f"SELECT head.number FROM {HEAD} head WHERE head.clinic_id = %s"
    where = f"seal.clinic_id = %s AND seal.number > coalesce(({head}), 0)"
    return rows_where(where, key(clinic), key(clinic), limit=1)


def unsealed(clinic: UUID) -> str | None:
    """The key of an entry that is in no chain, if there is one."""
    rows = answers(
        f"SELECT {read_as('key', 'entry.id')} FROM {ENTRY} entry "
        f"LEFT JOIN {SEAL} seal ON seal.entry_id = entry.id "
        "WHERE entry.clinic_id = %s AND seal.entry_id IS NULL "
        "ORDER BY entry.at, entry.id LIMIT 1",
        key(clinic),
    )
    return text(rows[0][0]) if rows else None


def rows_where(where: str, *values: Any, limit: int) -> list[Row]:
    """Seals by number, each with its entry if that is there."""
    found = answers(
        f"SELECT seal.number, {read_as('text', 'seal.digest')}, "
        f"{read_as('key', 'seal.entry_id')}, entry.id IS NOT NULL, "
        + ", ".join(read_as(kind_of(name), f"entry.{name}") for name in COLUMNS)
        + f" FROM {SEAL} seal LEFT JOIN {ENTRY} entry ON entry.id = seal.entry_id "
        f"WHERE {where} ORDER BY seal.number LIMIT {limit}",
        *values,
    )
    return [row_of(*columns) for columns in found]


def row_of(number: Any, digest: Any, entry: Any, there: Any, *columns: Any) -> Row:
    texts = dict(zip(COLUMNS, map(text, columns), strict=True))
    if connection.vendor == "sqlite":
        texts["at"] = sealed_moment(texts["at"])
    sealed = tuple(texts.values()) if there else None
    return Row(whole(number), text(digest) or "", text(entry) or "", sealed)


def sealed_moment(stored: str | None) -> str:
    """SQLite's text for a moment, as it is sealed."""
    read = SQLITE_MOMENT.fullmatch(stored or "")
    if read is None:
        return NOT_OURS
    day, clock, fraction = read.groups("000000")
    return f"{day}T{clock}.{fraction}Z"


def kind_of(name: str) -> str:
    if name == "at":
        return "moment"
    return "key" if name in KEYS else "text"


def read_as(kind: str, column: str) -> str:
    return READING[connection.vendor][kind].format(column)


def key(clinic: UUID) -> UUID | str:
    return clinic if connection.features.has_native_uuid_field else clinic.hex


def text(value: bytes | str | None) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return value


def whole(number: Any) -> int:
    """A number; what is none fits nowhere."""
    return number if isinstance(number, int) else 0


def answers(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()

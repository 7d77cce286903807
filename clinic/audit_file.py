"""The audit as a table for a spreadsheet, oldest first, with each row's place in the chain."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC
from io import StringIO

from aftercare.models import AuditEntry, StaffMember
from aftercare.showing.export.as_csv import BYTE_ORDER_MARK, neutral

from .audit import Line, Sought, entries, in_words

AT_ONCE = 500
HEAD = (
    "number",
    "at_utc",
    "at_the_clinic",
    "who",
    "what",
    "record",
    "whose",
    "page",
    "verb",
    "reason",
    "rules",
    "software",
    "row",
    "seal",
)


def audit_file(staff: StaffMember, sought: Sought) -> Iterator[bytes]:
    """Some rows at a time; each piece is read when it is asked for."""
    yield (BYTE_ORDER_MARK + _as_lines([HEAD])).encode()
    last = 0
    while rows := _piece(staff, sought, last):
        last = rows[-1].seal.number
        lines = in_words(staff, rows)
        cells = [_cells(*pair) for pair in zip(rows, lines, strict=True)]
        yield _as_lines(cells).encode()


def _piece(staff: StaffMember, sought: Sought, last: int) -> list[AuditEntry]:
    rows = entries(staff, sought).filter(seal__number__gt=last)
    return list(rows.select_related("seal").order_by("seal__number")[:AT_ONCE])


def _cells(row: AuditEntry, line: Line) -> tuple[object, ...]:
    return (
        row.seal.number,
        f"{row.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        line.when,
        line.who,
        line.what,
        line.number,
        line.whose,
        line.page,
        row.verb,
        row.reason,
        row.version,
        row.software,
        row.pk,
        row.seal.digest,
    )


def _as_lines(rows: list[tuple[object, ...]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(map(neutral, row) for row in rows)
    return text.getvalue()

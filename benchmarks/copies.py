"""Many rows made of one, inside the database: with its constraints and triggers on.

A row is written once through the services; its copies differ in the columns that are
named, each an expression over the number `n` of the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

AT_ONCE = 100_000
"""Rows in one transaction: their references are checked at its end, from memory."""


def key(kind: int, number: str) -> str:
    """The key of a numbered row, in order of the numbers as real ones are in time."""
    if connection.vendor == "postgresql":
        digits = f"lpad(to_hex(({number})::bigint), 12, '0')"
        return f"('018f0000-0000-7000-8{kind:03x}-' || {digits})::uuid"
    return f"'018f0000000070008{kind:03x}' || printf('%012x', {number})"


def days_before(moment: datetime, days: str) -> str:
    """A moment, some days before another."""
    text = moment.strftime("%Y-%m-%d %H:%M:%S")
    if connection.vendor == "postgresql":
        return f"timestamptz '{text}+00' - ({days}) * interval '1 day'"
    return f"datetime('{text}', -({days}) || ' days')"


def date_before(moment: datetime, days: str) -> str:
    """The date of it."""
    if connection.vendor == "postgresql":
        return f"date '{moment.date()}' - ({days})::int"
    return f"date('{moment.date()}', -({days}) || ' days')"


def copies(
    row: Model, many: int, changed: Mapping[str, str], where: str = "true"
) -> None:
    """Copies 1 to `many` of a row, those of the numbers of which `where` is true."""
    for first in range(1, many + 1, AT_ONCE):
        last = min(first + AT_ONCE - 1, many)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_statement(row, first, last, changed, where))


def _statement(
    row: Model, first: int, last: int, changed: Mapping[str, str], where: str
) -> str:
    names = [field.column for field in row._meta.concrete_fields]
    if unknown := changed.keys() - set(names):
        raise ValueError(f"{row._meta.db_table} has no {', '.join(sorted(unknown))}")
    quoted = {name: connection.ops.quote_name(name) for name in names}
    values = [changed.get(name, f"t.{quoted[name]}") for name in names]
    table, own = row._meta.db_table, str(row.pk)
    if connection.vendor == "sqlite":
        own = own.replace("-", "")
    return (
        f"INSERT INTO {table} ({', '.join(quoted.values())}) "
        f"SELECT {', '.join(values)} FROM {table} t, {_numbers(first, last)} "
        f"WHERE t.id = '{own}' AND ({where})"
    )


def _numbers(first: int, last: int) -> str:
    if connection.vendor == "postgresql":
        return f"generate_series({first}::bigint, {last}) AS numbers(n)"
    return (
        f"(WITH RECURSIVE counted(n) AS (SELECT {first} UNION ALL "
        f"SELECT n + 1 FROM counted WHERE n < {last}) SELECT n FROM counted) AS numbers"
    )

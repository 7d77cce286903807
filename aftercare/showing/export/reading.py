"""Reading records for a file: a query for each kind of rows, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F

from .kinds import Kind
from .values import Object, row_object, staff_in

AT_ONCE = 200
"""Rows that are held in memory at a time."""

Links = dict[UUID, dict[str, list[str]]]


def rows_of(
    kind: Kind, patients: Sequence[UUID], zone: ZoneInfo, staff: set[UUID]
) -> Iterator[tuple[UUID, Object]]:
    """Each row of these patients with its patient, the oldest first; one query.

    Notes in `staff` whom the rows name.
    """
    links = _links(kind, patients)
    columns = [field.attname for field in kind.columns]
    rows = (
        kind.model._base_manager.filter(**{f"{kind.path}__in": patients})  # noqa: SLF001
        .order_by("pk")
        .values_list("pk", F(kind.path), *columns)
    )
    for key, patient, *row in rows.iterator(chunk_size=AT_ONCE):
        staff |= staff_in(kind, row)
        mine = {name: links[key][name] for name in kind.links}
        yield patient, row_object(kind, row, mine, zone)


def _links(kind: Kind, patients: Sequence[UUID]) -> Links:
    """The keys that each row refers to, by the name of the reference; one query each."""
    found: Links = defaultdict(lambda: defaultdict(list))
    for name in kind.links:
        pairs = (
            kind.model._base_manager.filter(  # noqa: SLF001
                **{f"{kind.path}__in": patients, f"{name}__isnull": False}
            )
            .order_by(name)
            .values_list("pk", name)
        )
        for key, other in pairs:
            found[key][name].append(str(other))
    return found

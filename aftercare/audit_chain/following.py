"""Following a chain from its first row to its head, and saying where it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from .seal import Columns, seal


@dataclass(frozen=True, slots=True)
class Row:
    """A seal with the entry that it names; `columns` is None where that is gone."""

    number: int
    digest: str
    entry: str
    columns: Columns | None

    def made_after(self, before: str, number: int) -> str:
        """The seal of this entry as row `number`, after the seal `before`."""
        return seal(before, number, self.columns or ())


@dataclass(frozen=True, slots=True)
class Head:
    """How far a clinic's chain goes, and the seal it has there."""

    number: int = 0
    digest: str = ""


def first_fault(
    rows: Iterable[Row], head: Head, printed: Mapping[int, str] | None = None
) -> str | None:
    """What is wrong with the first row that does not fit, in a sentence; None if all do.

    `rows` come by number and are read once. `printed` are seals that were printed
    earlier, by number: a chain that was written anew since has others.
    """
    printed = printed or {}
    reading = iter(rows)
    before, last = Head(), Head()
    for row in reading:
        fault = out_of_place(row, last.number)
        if fault is None and row.made_after(last.digest, row.number) != row.digest:
            fault = why_not(row, before, last, reading, head)
        fault = fault or otherwise_printed(row, printed)
        if fault:
            return fault
        before, last = last, Head(row.number, row.digest)
    return end_of(last, head) or beyond(last, printed)


def out_of_place(row: Row, last: int) -> str | None:
    """A gap or a repetition in the numbers, or a seal whose entry is gone."""
    if row.number > last + 1:
        return f"Row {last + 1} is missing: row {row.number} follows row {last}."
    if row.number <= last:
        return f"Row {row.number} is there twice: one of the two was inserted."
    if row.columns is None:
        return f"Row {row.number} is missing: its entry {row.entry} was removed."
    return None


def why_not(
    row: Row, before: Head, last: Head, following: Iterator[Row], head: Head
) -> str:
    """Why a row does not fit, as far as the rows after it tell."""
    number = row.number
    if row.made_after(before.digest, last.number) == row.digest:
        return f"Row {last.number} was inserted: row {number} had its place."
    made, after = row.made_after(last.digest, number), next(following, None)
    if after is None:
        goes_on = head == Head(number, made)
    else:
        goes_on = after.made_after(made, after.number) == after.digest
    if goes_on:
        return f"Row {number} does not fit: its seal was changed."
    for other in chain([after] if after else [], following):
        if other.made_after(last.digest, number) == row.digest:
            return f"Row {number} was swapped with row {other.number}."
    return (
        f"Row {number} does not fit: it was changed, or a row was taken out or put in "
        "before it."
    )


def otherwise_printed(row: Row, printed: Mapping[int, str]) -> str | None:
    if printed.get(row.number, row.digest) == row.digest:
        return None
    return (
        f"Row {row.number} is not the one that was printed: "
        "the chain was written anew up to here or before."
    )


def end_of(last: Head, head: Head) -> str | None:
    """Whether the chain ends where its head says."""
    if last.number < head.number:
        return (
            f"Row {last.number + 1} is missing: the chain was cut off at the end, "
            f"its head is row {head.number}."
        )
    if last.number > head.number:
        return f"Row {head.number + 1} was inserted: it stands behind the chain's head."
    if last.digest != head.digest:
        return f"Row {last.number} does not fit: the chain's head was changed."
    return None


def beyond(last: Head, printed: Mapping[int, str]) -> str | None:
    """Whether the chain once went further than it does now."""
    furthest = max(printed, default=0)
    if furthest <= last.number:
        return None
    return (
        f"Row {last.number + 1} is missing: the chain was cut off at the end, "
        f"row {furthest} was printed."
    )

"""The chain over an audit, without a database: what is sealed, and what a break is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.audit_chain import (
    Head,
    NotReadable,
    Row,
    as_text,
    canonical,
    first_fault,
    printed,
    read_printed,
    seal,
)

TEXTS = st.lists(st.none() | st.text(max_size=6), min_size=3, max_size=3)


def chain(length: int) -> list[Row]:
    """A chain of made-up rows."""
    rows, digest = [], ""
    for number in range(1, length + 1):
        columns = (f"entry {number}", None, "read")
        digest = seal(digest, number, columns)
        rows.append(Row(number, digest, f"e{number}", columns))
    return rows


def head_of(rows: list[Row]) -> Head:
    return Head(rows[-1].number, rows[-1].digest)


FIVE = chain(5)
HEAD = head_of(FIVE)


def changed(number: int, **wrong: object) -> list[Row]:
    return [replace(r, **wrong) if r.number == number else r for r in FIVE]


@given(TEXTS, TEXTS)
def test_no_two_rows_have_the_same_text(one, other):
    assert (canonical(one) == canonical(other)) == (one == other)


def test_nothing_can_move_between_columns():
    assert canonical(["ab", "c"]) != canonical(["a", "bc"])
    assert canonical(["-"]) != canonical([None]) != canonical([""])


def test_keys_and_moments_have_one_text_each():
    key = UUID("01920000-0000-7000-8000-00000000000A")
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert as_text(key) == "0192000000007000800000000000000a"
    assert as_text(noon) == "2026-06-01T12:00:00.000000Z"
    assert as_text(noon.astimezone(timezone(timedelta(hours=5)))) == as_text(noon)
    assert as_text("read") == "read"
    assert as_text(None) is None


def test_a_chain_as_it_was_written_has_no_fault():
    assert first_fault(FIVE, HEAD) is None
    assert first_fault([], Head()) is None
    assert first_fault(iter(FIVE), HEAD, {2: FIVE[1].digest}) is None


DOUBTFUL = (
    "Row 3 does not fit: it was changed, or a row was taken out or put in before it."
)
CASES = {
    "an entry changed": (changed(3, columns=("entry 3", "", "read")), HEAD, DOUBTFUL),
    "the last entry changed": (
        changed(5, columns=("x",)),
        HEAD,
        DOUBTFUL.replace("3", "5"),
    ),
    "an entry gone": (
        changed(3, columns=None),
        HEAD,
        "Row 3 is missing: its entry e3 was removed.",
    ),
    "a seal changed": (
        changed(3, digest="0" * 64),
        HEAD,
        "Row 3 does not fit: its seal was changed.",
    ),
    "the last seal changed": (
        changed(5, digest="0" * 64),
        HEAD,
        "Row 5 does not fit: its seal was changed.",
    ),
    "a row gone": (
        FIVE[:2] + FIVE[3:],
        HEAD,
        "Row 3 is missing: row 4 follows row 2.",
    ),
    "a row gone and the gap closed": (
        FIVE[:2] + [replace(row, number=row.number - 1) for row in FIVE[3:]],
        Head(4, HEAD.digest),
        DOUBTFUL,
    ),
    "the first row gone": (
        FIVE[1:],
        HEAD,
        "Row 1 is missing: row 2 follows row 0.",
    ),
    "a number twice": (
        [*FIVE[:3], FIVE[2], *FIVE[3:]],
        HEAD,
        "Row 3 is there twice: one of the two was inserted.",
    ),
    "the end gone": (
        FIVE[:3],
        HEAD,
        "Row 4 is missing: the chain was cut off at the end, its head is row 5.",
    ),
    "everything gone": (
        [],
        HEAD,
        "Row 1 is missing: the chain was cut off at the end, its head is row 5.",
    ),
    "rows behind the head": (
        FIVE,
        Head(3, FIVE[2].digest),
        "Row 4 was inserted: it stands behind the chain's head.",
    ),
    "another head": (
        FIVE,
        Head(5, "0" * 64),
        "Row 5 does not fit: the chain's head was changed.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_first_row_that_does_not_fit_is_named(name):
    rows, head, sentence = CASES[name]
    assert first_fault(rows, head) == sentence


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 5), (4, 5)])
def test_two_swapped_rows_are_named(one, other):
    rows = list(FIVE)
    first, second = rows[one - 1], rows[other - 1]
    rows[one - 1] = replace(first, columns=second.columns)
    rows[other - 1] = replace(second, columns=first.columns)
    said = f"Row {one} was swapped with row {other}."
    assert first_fault(rows, HEAD) == said


@pytest.mark.parametrize("place", [1, 3, 5])
def test_a_row_put_in_between_with_a_seal_that_fits_is_named(place):
    before = FIVE[place - 2].digest if place > 1 else ""
    columns = ("made up", None, "read")
    forged = Row(place, seal(before, place, columns), "x", columns)
    moved = [replace(row, number=row.number + 1) for row in FIVE[place - 1 :]]
    rows = [*FIVE[: place - 1], forged, *moved]
    said = f"Row {place} was inserted: row {place + 1} had its place."
    assert first_fault(rows, Head(6, HEAD.digest)) == said


def test_a_chain_that_was_cut_off_and_written_anew_is_found_by_what_was_printed():
    anew = chain(2)
    columns = ("something else",)
    anew.append(Row(3, seal(anew[-1].digest, 3, columns), "x", columns))
    head = head_of(anew)
    assert first_fault(anew, head) is None
    said = first_fault(anew, head, {2: FIVE[1].digest, 3: FIVE[2].digest})
    assert said == (
        "Row 3 is not the one that was printed: "
        "the chain was written anew up to here or before."
    )
    assert first_fault(anew, head, {5: FIVE[4].digest}) == (
        "Row 4 is missing: the chain was cut off at the end, row 5 was printed."
    )


@given(st.binary(min_size=1, max_size=8))
def test_bytes_that_are_no_text_are_sealed_as_they_lie_there(stored):
    column = stored.decode("utf-8", "surrogateescape")
    assert len(seal("", 1, [column])) == 64


KEY = "01920000-0000-7000-8000-00000000000a"


def test_what_was_printed_can_be_read_again():
    lines = [printed(KEY, head_of(FIVE[:3])), "", printed(KEY, HEAD)]
    assert read_printed(lines) == {
        KEY.replace("-", ""): {3: FIVE[2].digest, 5: FIVE[4].digest}
    }


@pytest.mark.parametrize("line", ["x", f"{KEY} 5", f"{KEY} five {'0' * 64}", "0 1 2"])
def test_a_line_that_was_not_printed_by_us_is_refused(line):
    with pytest.raises(NotReadable, match="Line 2"):
        read_printed([printed(KEY, HEAD), line])

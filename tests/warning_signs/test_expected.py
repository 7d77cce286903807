"""The expected course: section 8, written once more by hand."""

from __future__ import annotations

import pytest

from aftercare.warning_signs.expected import (
    NEVER_USUAL,
    TEXTS,
    ceiling,
    expected_text,
)
from aftercare.warning_signs.treatment_words import RecoveryClass

# Days, then LIGHT, STANDARD, DEEP and RF as the specification prints them.
TABLE = """
0     | 2/1/3/1/0/0 clear+blood | 3/2/5/1/0/1 clear+blood | 3/2/6/1/0/2 clear+blood
1     | 1/1/2/1/1/0             | 2/2/4/1/0/1 clear+blood | 3/2/5/1/0/2 clear+blood
2     | 1/0/1/1/1/0             | 2/1/3/2/1/1             | 2/2/4/2/1/2 clear
3     | 1/0/1/1/1/0             | 2/1/2/2/2/1             | 2/2/3/2/2/2 clear
4     | 1/0/1/1/1/0             | 1/1/2/2/2/1             | 2/1/2/2/2/2
5     | 1/0/1/1/1/0             | 1/1/1/2/2/1             | 2/1/2/2/2/2
6     | 1/0/1/1/1/0             | 1/0/1/1/1/1             | 1/1/1/2/2/1
7     | 1/0/1/1/1/0             | 1/0/1/1/1/1             | 1/1/1/1/1/1
8-10  | 0/0/1/0/0/0             | 1/0/1/1/1/1             | 1/0/1/1/1/1
11-14 | 0/0/1/0/0/0             | 0/0/1/0/0/1             | 1/0/1/1/1/1
15-99 | 0/0/1/0/0/0             | 0/0/1/0/0/0             | 0/0/1/0/0/0
"""
FLUIDS = {"": set(), "clear": {"clear"}, "clear+blood": {"clear", "blood_spots"}}


def rows() -> list[tuple[int, RecoveryClass, str, str]]:
    found = []
    for line in TABLE.strip().splitlines():
        span, *cells = (cell.strip() for cell in line.split("|"))
        first, _, last = span.partition("-")
        cells.append(cells[-1])
        for day in range(int(first), int(last or first) + 1):
            for recovery_class, cell in zip(RecoveryClass, cells, strict=True):
                ranks, _, fluids = cell.partition(" ")
                found.append((day, recovery_class, ranks, fluids))
    return found


@pytest.mark.parametrize(("day", "recovery_class", "ranks", "fluids"), rows())
def test_the_ceiling_of_a_day_is_that_of_the_table(
    day: int, recovery_class: RecoveryClass, ranks: str, fluids: str
) -> None:
    top = ceiling(recovery_class, day)
    rest = (top.itch, top.peeling, top.bruising)
    shown = [
        top.redness.rank,
        top.swelling.rank,
        top.pain,
        *(item.rank for item in rest),
    ]
    assert "/".join(map(str, shown)) == ranks
    assert top.discharge == FLUIDS[fluids]


def test_a_day_before_the_treatment_is_judged_as_day_0() -> None:
    assert ceiling(RecoveryClass.RF, -3) == ceiling(RecoveryClass.RF, 0)
    assert expected_text(-3) == expected_text(0)


@pytest.mark.parametrize(
    ("days", "first"),
    [([0], 0), ([1], 1), ([2, 3], 2), ([4, 7], 4), ([8, 14], 8), ([15, 28, 180], 15)],
)
def test_each_day_has_its_text(days: list[int], first: int) -> None:
    assert {expected_text(day) for day in days} == {TEXTS[first]}


def test_the_signs_that_are_never_usual_are_always_named() -> None:
    for sign in ("glands", "fever", "pus", "severe pain", "fast swelling"):
        assert sign in NEVER_USUAL.lower()

"""All logs of one day and phase as one day: worst wins (specification 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import reduce
from typing import Any

from .day_facts import DayFacts

NAMES = tuple(f.name for f in fields(DayFacts))


def merge(logs: Sequence[DayFacts]) -> DayFacts:
    """One or more logs of the same day and phase, combined item by item."""
    return reduce(_worse_of, logs)


def _worse_of(one: DayFacts, other: DayFacts) -> DayFacts:
    return DayFacts(
        **{
            name: _worse(name, getattr(one, name), getattr(other, name))
            for name in NAMES
        }
    )


def _worse(name: str, one: Any, other: Any) -> Any:
    if isinstance(one, frozenset):
        return one | other
    if isinstance(one, tuple):
        return one + other
    if one is None or other is None:
        return other if one is None else one
    # Yes beats no, and choices compare in their clinical order.
    return min(one, other) if name == "lowest_c" else max(one, other)

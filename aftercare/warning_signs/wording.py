"""Small words for reasons: lists, temperatures, days."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from .vocabulary import Phase


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as people list them: "a", "a and b", "a, b and c"; "" for none."""
    *most, end = ["", *words]
    return f"{', '.join(most[1:])} {last} {end}" if most[1:] else end


def celsius(value: Decimal) -> str:
    return f"{value} °C"


def on_day(day: int, phase: Phase = Phase.POST) -> str:
    return f"on day {day}" if phase is Phase.POST else "before the treatment"


def count_of_days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def capital(words: str) -> str:
    """The same words as the start of a sentence."""
    return words[:1].upper() + words[1:]

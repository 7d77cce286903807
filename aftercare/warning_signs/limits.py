"""How far a parameter may be moved, and in which direction it lets signs through.

Every number of the rule table is a parameter with a default, bounds and a *looser*
side: the side on which fewer warning signs are raised. A parameter behind a sign that
the source texts name is *locked*: a clinic may tighten it, never loosen it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

MAX_PHRASES = 500
MAX_PHRASE_LENGTH = 100


class Looser(StrEnum):
    """The change of a value that raises fewer warning signs."""

    HIGHER = "higher"
    LOWER = "lower"
    FEWER = "fewer"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class NumberLimit:
    """Bounds of one number, both inclusive."""

    meaning: str
    low: Decimal
    high: Decimal
    looser: Looser
    whole: bool = True
    locked: bool = False

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, in words that continue its name; None if nothing."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return "must be a number"
        if self.whole and not isinstance(value, int):
            return "must be a whole number"
        if isinstance(value, Decimal) and not value.is_finite():
            return "must be a number"
        if not self.low <= value <= self.high:
            return f"must be from {self.low} to {self.high}, not {value}"
        return None

    def is_looser(self, value: Any, shipped: Any) -> bool:
        """Whether a valid value lets through more than the shipped one."""
        higher = self.looser is Looser.HIGHER
        return bool(value > shipped if higher else value < shipped)


@dataclass(frozen=True, slots=True)
class WordsLimit:
    """Bounds of one list of phrases."""

    meaning: str
    looser: Looser
    locked: bool = True

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, in words that continue its name; None if nothing."""
        if not isinstance(value, tuple) or not all(isinstance(v, str) for v in value):
            return "must be a list of words or phrases"
        if len(value) > MAX_PHRASES:
            return f"must hold at most {MAX_PHRASES} phrases"
        for phrase in value:
            if not any(letter.isalnum() for letter in phrase):
                return "must not hold an empty phrase"
            if len(phrase) > MAX_PHRASE_LENGTH:
                return f"must hold phrases of at most {MAX_PHRASE_LENGTH} characters"
        return None

    def is_looser(self, value: Any, shipped: Any) -> bool:
        """Whether a valid value lets through more than the shipped one."""
        if self.looser is Looser.FEWER:
            return not set(shipped) <= set(value)
        return not set(value) <= set(shipped)


Limit = NumberLimit | WordsLimit


def days(
    default: int,
    meaning: str,
    *,
    looser: Looser = Looser.HIGHER,
    low: int = 0,
    high: int = 60,
    locked: bool = False,
) -> int:
    """A dataclass field for a whole number: a day, a count or a pain score."""
    limit = NumberLimit(meaning, Decimal(low), Decimal(high), looser, locked=locked)
    return field(default=default, metadata={"limit": limit})


def degrees(
    default: str, low: str, high: str, looser: Looser, meaning: str, *, locked: bool
) -> Decimal:
    """A dataclass field for a temperature in degrees Celsius."""
    limit = NumberLimit(
        meaning, Decimal(low), Decimal(high), looser, whole=False, locked=locked
    )
    return field(default=Decimal(default), metadata={"limit": limit})


def phrases(default: tuple[str, ...], looser: Looser, meaning: str) -> tuple[str, ...]:
    """A dataclass field for a list of phrases; always locked."""
    return field(default=default, metadata={"limit": WordsLimit(meaning, looser)})

"""What a rule says about a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from .vocabulary import Level, Sign

# One sign and not two: the second names the same glands, and what is beside them.
SAID_TOGETHER = {"LN-ALONE": "LN-PLUS"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is met: how soon a person must look, why in words, and the evidence.

    `items` are names of `Answers` attributes. `past` is a sign that is no longer there.
    """

    level: Level
    reason: str
    items: tuple[str, ...]
    past: bool = False
    tile: Sign | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A rule met on one day, after step-up.

    `key` names the flag: the rule, for UNSPECIFIED with its tile. `reason` is plain
    words for patient and staff alike.
    """

    rule: str
    key: str
    level: Level
    reason: str
    items: tuple[str, ...] = ()
    past: bool = False

    @property
    def is_flag(self) -> bool:
        return self.level >= Level.PROMPT


class OfRule(Protocol):
    """A result, or the flag that it raised."""

    @property
    def rule(self) -> str: ...


One = TypeVar("One", bound=OfRule)


def said_once(found: Iterable[One]) -> list[One]:
    """Those whose reasons are said; one that another one says too is left out."""
    found = list(found)
    rules = {one.rule for one in found}
    return [one for one in found if SAID_TOGETHER.get(one.rule) not in rules]

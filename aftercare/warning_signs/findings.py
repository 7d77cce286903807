"""What a rule says about a day."""

from __future__ import annotations

from dataclasses import dataclass

from .vocabulary import Level, Sign


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

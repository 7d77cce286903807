"""How each level is said and drawn: one table for copy, colours and shapes.

Patients and staff read different words for the same level. A level is never told by
colour alone, so each has a word, a colour and a shape of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.warning_signs.vocabulary import Level


@dataclass(frozen=True, slots=True)
class LevelWords:
    """`css` is the modifier of `.care`, `.tag` and `.shape`; `shape` names the drawing."""

    patient: str
    staff: str
    css: str
    shape: str


LEVEL_WORDS: dict[Level, LevelWords] = {
    Level.NONE: LevelWords("On track", "On track", "ok", "circle-tick"),
    Level.WATCH: LevelWords("On track", "Watch", "ok", "circle-tick"),
    Level.PROMPT: LevelWords("We will check", "Routine", "info", "square-i"),
    Level.URGENT: LevelWords("Urgent", "Urgent", "urgent", "triangle"),
    Level.EMERGENCY: LevelWords("Emergency", "Emergency", "emerg", "octagon"),
}


def words_of(level: Level | int) -> LevelWords:
    """The row of the table for a level, or for its number as columns hold it."""
    return LEVEL_WORDS[Level(level)]

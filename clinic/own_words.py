"""The patient's own words, with the phrases that raised a flag marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aftercare.warning_signs.danger_text import found_phrases
from aftercare.warning_signs.parameters import DEFAULTS, Parameters


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `marked` where it is a danger phrase."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """What a patient wrote in one log, cut into pieces, and when."""

    when: str
    pieces: tuple[Piece, ...]


def pieces_of(text: str, parameters: Parameters = DEFAULTS) -> tuple[Piece, ...]:
    """The text cut at the phrases that the TEXT rule reads in it."""
    found = found_phrases(
        text,
        (*parameters.text_urgent, *parameters.text_prompt),
        parameters.text_negations,
        parameters.text_lookback,
    )
    if not found:
        return (Piece(text, marked=False),) if text else ()
    longest_first = sorted(found, key=len, reverse=True)
    pattern = "|".join(rf"(?<!\w){_loosely(phrase)}(?!\w)" for phrase in longest_first)
    cut = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return tuple(
        Piece(part, marked=place % 2 == 1) for place, part in enumerate(cut) if part
    )


def _loosely(phrase: str) -> str:
    """A phrase however its words are spaced and whichever apostrophe was typed."""
    words = (re.escape(word).replace("'", "['‘’]") for word in phrase.split())
    return r"[^\w'‘’.!?;]+".join(words)

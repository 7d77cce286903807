"""Treated skin as staff tick it, and as one line of the record."""

from __future__ import annotations

from collections.abc import Iterable

AREAS = (
    ("full_face", "Full face"),
    ("around_eyes", "Around the eyes"),
    ("around_mouth", "Around the mouth"),
    ("neck", "Neck"),
    ("chest", "Chest"),
    ("scalp", "Scalp"),
    ("abdomen", "Abdomen"),
    ("arms", "Arms"),
    ("legs", "Legs"),
)


def areas_text(ticked: Iterable[str], other: str) -> str:
    """Ticked areas and a clinic's own words as one line: "Full face, neck"."""
    words = [label for code, label in AREAS if code in set(ticked)]
    listed = [*words, *([other.strip()] if other.strip() else [])]
    text = ", ".join(word[0].lower() + word[1:] for word in listed)
    return text[:1].upper() + text[1:]


def ticked_areas(text: str) -> tuple[list[str], str]:
    """What of a line can be ticked again, and the rest in its own words."""
    codes = {label.lower(): code for code, label in AREAS}
    parts = [part.strip() for part in text.split(",") if part.strip()]
    ticked = [codes[part.lower()] for part in parts if part.lower() in codes]
    rest = [part for part in parts if part.lower() not in codes]
    return ticked, ", ".join(rest)

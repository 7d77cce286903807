"""The shipped English phrases that the free text is searched for (specification 6.1)."""

from __future__ import annotations

URGENT_PHRASES = (
    "can't breathe",
    "cannot breathe",
    "cant breathe",
    "hard to breathe",
    "struggling to breathe",
    "throat closing",
    "throat is closing",
    "tongue swelling",
    "tongue is swelling",
    "swollen tongue",
    "passed out",
    "fainted",
    "double vision",
    "blurred vision",
    "blurry vision",
    "can't see",
    "cant see",
    "face drooping",
    "face is drooping",
    "droopy face",
)

PROMPT_PHRASES = (
    "pus",
    "infected",
    "swollen gland",
    "swollen glands",
    "swollen lymph",
    "lump in my neck",
    "lumps in my neck",
    "fever",
    "chills",
    "shivering",
    "blister",
    "blisters",
    "cold sore",
    "hives",
    "spreading",
    "getting worse",
)

NEGATIONS = (
    "no",
    "not",
    "without",
    "never",
    "isn't",
    "wasn't",
    "don't",
    "didn't",
    "doesn't",
    "haven't",
    "hasn't",
)

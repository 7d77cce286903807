"""Contrast of the stylesheet's colours, by the formula of WCAG 2, in both themes."""

from __future__ import annotations

import re
from collections.abc import Iterator

HEX = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
# A colour and what lies under it, where one rule says both; marks are drawings.
TEXT_ON = {
    "color": "background",
    "--fg": "--bg",
    "--tag-fg": "--tag-bg",
    "--on": "--c",
    "--note-fg": "--note-bg",
}
MARK_ON = {"--mark": "--shape"}

Pair = tuple[str, str, str]


def themes(css: str) -> dict[str, dict[str, str]]:
    """The colour of every token, in light and in dark."""
    light, dark = css.split("@media (prefers-color-scheme: dark)", 1)
    tokens = dict(HEX.findall(light))
    return {"light": tokens, "dark": {**tokens, **dict(HEX.findall(dark))}}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs_in(css: str, wanted: dict[str, str]) -> Iterator[Pair]:
    """Selector, colour and ground of every rule that names both as tokens."""
    for selector, body in RULE.findall(css):
        said = dict(re.findall(r"([\w-]+):\s*var\(--([\w-]+)\)", body))
        for colour, ground in wanted.items():
            if colour in said and ground in said:
                yield selector.strip(), said[colour], said[ground]

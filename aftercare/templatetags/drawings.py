"""Icons and level shapes, drawn into the page from `components/icons.svg`.

Only the drawings that a page uses are in it, and a piece of a page that is fetched
later brings its own. They are hidden from screen readers: a word is always beside them.
"""

from __future__ import annotations

import re
from functools import cache

from django.template import Engine
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SYMBOL = re.compile(
    r'<symbol id="(?P<name>[\w-]+)" viewBox="(?P<box>[\d ]+)">(?P<drawing>.*?)</symbol>'
)


@cache
def symbols() -> dict[str, tuple[str, SafeString]]:
    """Box and drawing of every symbol, by name."""
    source = Engine.get_default().get_template("components/icons.svg").source
    return {
        found["name"]: (found["box"], mark_safe(found["drawing"]))  # noqa: S308 ours
        for found in SYMBOL.finditer(source)
    }


def drawn(name: str, css: str) -> SafeString:
    """A symbol as an SVG element. Sized for a page whose stylesheet did not arrive."""
    box, drawing = symbols()[name]
    return format_html(
        '<svg class="{}" viewBox="{}" width="24" height="24" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        css,
        box,
        drawing,
    )

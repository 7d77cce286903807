"""Lists that are kept one item a line."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def lines(text: str) -> list[str]:
    """The items of a kept list."""
    return [line for line in text.splitlines() if line]

"""Links in messages: whole addresses, since no page is around them."""

from __future__ import annotations

from django.conf import settings


def link_to(path: str) -> str:
    """The address of a page of this house, from its path."""
    return f"{settings.SITE_URL}{path}"

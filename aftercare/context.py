"""What every template may show: the clinic of whoever is signed in, and whether this is
the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """`clinic` (None when signed out) and `demo`."""
    return {"clinic": getattr(request, "clinic", None), "demo": settings.DEMO}

"""A button that was pressed twice, or whose answer never arrived on a poor connection.

The first press did the work and the browser never learned of it. The second comes from
the same browser, which its form's secret cookie tells, and gets the same answer.
"""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

REMEMBERED_S = 10 * 60


def remember(request: HttpRequest, what: str, value: str) -> None:
    """Keep what a press led to, for this browser alone and for some minutes."""
    if key := _key(request, what):
        cache.set(key, value, REMEMBERED_S)


def recall(request: HttpRequest, what: str) -> str | None:
    """What an earlier press in this browser led to."""
    key = _key(request, what)
    return cache.get(key) if key else None


def _key(request: HttpRequest, what: str) -> str:
    secret = request.META.get("CSRF_COOKIE", "")
    if not secret:
        return ""
    salt = f"aftercare.pressed {what}"
    return f"pressed:{salted_hmac(salt, secret, algorithm='sha256').hexdigest()}"

"""When a patient would like to be called, as choices for a form."""

from __future__ import annotations

from aftercare.models import CallTime

CALL_TIMES = CallTime.choices()


def in_words(code: str | None) -> str:
    """A chosen time in words; empty where none was chosen."""
    return CallTime(code).label if code else ""

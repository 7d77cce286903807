"""Sessions that have ended are not kept."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session


def clear_sessions(at: datetime) -> int:
    """Deletes the sessions that had expired by `at`; how many they were."""
    gone, _ = Session.objects.filter(expire_date__lt=at).delete()
    return gone

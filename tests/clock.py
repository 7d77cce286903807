"""The clock that pages read, in the hands of a test."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.builders import MONDAY


class Wall:
    """What the clock on the wall says."""

    def __init__(self) -> None:
        self.now = MONDAY

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """It is Monday, 9am in London, until a test moves the clock."""
    clock = Wall()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock

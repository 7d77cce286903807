"""Which log of a date a form is for.

Its address says so (`?again=1` is the second), and its key is made from that: going
back, reloading or a second tab is the same form, and sending it twice is one log.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.models import DailyLog


@dataclass(frozen=True, slots=True)
class Turn:
    """One log of a date, counted from 0. `sent` are those that were sent for the date."""

    treatment: UUID
    for_date: date
    wanted: int
    sent: tuple[DailyLog, ...]

    @property
    def number(self) -> int:
        """As wanted; a log that was taken back never has its form filled again."""
        taken_back = {log.key for log in self.sent if hasattr(log, "retraction")}
        number = self.wanted
        while self._key_of(number) in taken_back:
            number += 1
        return number

    @property
    def key(self) -> UUID:
        return self._key_of(self.number)

    @property
    def before(self) -> DailyLog | None:
        """The newest log of the date, where this form is not for one more."""
        counting = [log for log in self.sent if log.counts]
        is_one_more = self.number >= len(self.sent)
        return counting[-1] if counting and not is_one_more else None

    @property
    def following(self) -> int:
        """The next log of the date: its form was never filled."""
        return len(self.sent)

    def _key_of(self, number: int) -> UUID:
        return uuid.uuid5(self.treatment, f"{self.for_date} {number}")


def key_of_correction(log: DailyLog) -> UUID:
    """A log is corrected once, so its correction is one form."""
    return uuid.uuid5(log.pk, "correction")

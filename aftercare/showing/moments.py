"""Moments in words on a patient's page: "at 8:31am", "yesterday at 9am", "by Tue, 6pm"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aftercare.models import Patient
from aftercare.promise import clock_words, day_words, moment_words, zone_words


@dataclass(frozen=True, slots=True)
class Clock:
    """The clinic's clock as read at `now`, for somebody who lives by `theirs`."""

    now: datetime
    zone: ZoneInfo
    theirs: ZoneInfo

    @property
    def today(self) -> date:
        """The patient's own date."""
        return self.now.astimezone(self.theirs).date()

    def at(self, moment: datetime) -> str:
        """When something happened: "at 8:31am", "yesterday at 9am"."""
        day = day_words(moment, self.now, self.zone)
        local = moment.astimezone(self.zone)
        words = f"at {clock_words(local)}{self._zone_of(moment)}"
        if day == "today":
            return words
        return f"{day} {words}" if day == "yesterday" else f"on {day} {words}"

    def by(self, moment: datetime) -> str:
        """A deadline: "10:14am", "tomorrow, 6pm"."""
        return moment_words(moment, self.now, self.zone, patient_zone=self.theirs)

    def _zone_of(self, moment: datetime) -> str:
        same = (
            moment.astimezone(self.zone).utcoffset()
            == moment.astimezone(self.theirs).utcoffset()
        )
        return "" if same else f" ({zone_words(self.zone)})"


def clock_of(patient: Patient, now: datetime) -> Clock:
    """The clock of a patient's clinic."""
    zone = patient.clinic.zoneinfo
    return Clock(now, zone, ZoneInfo(patient.zone) if patient.zone else zone)


def date_words(day: date) -> str:
    """A date for people: "Tuesday 3 June"."""
    return f"{day:%A} {day.day} {day:%B}"

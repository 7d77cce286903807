"""For which days a log can be taken by telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aftercare.models import Clinic, Treatment
from aftercare.showing.course import LATE_DAYS
from aftercare.showing.moments import date_words


@dataclass(frozen=True, slots=True)
class PhoneLog:
    """A log page for one date of one treatment, on the clinic's calendar."""

    treatment: Treatment
    today: date
    for_date: date

    @property
    def day(self) -> int:
        return self.treatment.day_of(self.for_date)

    @property
    def is_past(self) -> bool:
        return self.for_date < self.today

    @property
    def words(self) -> str:
        day = f"day {self.day}" if self.day >= 0 else "before the treatment"
        return f"{date_words(self.for_date)}, {day}"

    @property
    def other_days(self) -> list[tuple[date, str]]:
        """Further dates that can be told about, newest first."""
        back = [self.today - timedelta(days=days) for days in range(LATE_DAYS + 1)]
        return [(one, date_words(one)) for one in back if one != self.for_date]


def phone_log(
    treatment: Treatment, at: datetime, for_date: date | None = None
) -> PhoneLog:
    """The page for a date, by default today; ValueError for one out of reach."""
    today = today_at(treatment.clinic, at)
    wanted = for_date or today
    if not 0 <= (today - wanted).days <= LATE_DAYS:
        raise ValueError("This date cannot be told about.")
    return PhoneLog(treatment, today, wanted)


def today_at(clinic: Clinic, at: datetime) -> date:
    """The date on the clinic's calendar."""
    return at.astimezone(clinic.zoneinfo).date()

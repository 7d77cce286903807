"""One glance: what now?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aftercare.models import DailyLog, Patient, Treatment
from aftercare.warning_signs.vocabulary import Level

from .course import ShownCourse, chosen, course_of, treatments_of
from .lead import Lead
from .log_page import LogPage, page_of
from .moments import Clock, date_words
from .tracker import Message


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The newest treatment that has begun, today's log if there is one, what is open."""

    log: LogPage
    others: tuple[Treatment, ...]

    @property
    def course(self) -> ShownCourse:
        return self.log.course

    @property
    def lead(self) -> Lead | None:
        return self.log.lead

    @property
    def messages(self) -> tuple[Message, ...]:
        return self.log.messages

    @property
    def asks(self) -> bool:
        """Whether the page is the log itself."""
        course = self.course
        asked = course.asks_today and not course.is_over and not self.left
        return asked and self.newest is None

    @property
    def left(self) -> str:
        """The day on which the patient asked not to be checked on; empty while they are."""
        at = self.course.treatment.left_at
        return date_words(at.astimezone(self.course.clock.zone).date()) if at else ""

    @property
    def newest(self) -> DailyLog | None:
        return self.course.newest_of_today

    @property
    def sent(self) -> str:
        newest = self.newest
        return self.course.clock.at(newest.submitted_at) if newest else ""

    @property
    def green(self) -> bool:
        """Success colours: only what was green then, and only while no flag is open."""
        return bool(self.newest and self.newest.advice.green and self.lead is None)

    @property
    def plain(self) -> bool:
        """No colour of a level: calm, but with a sign that was ticked or is open."""
        return self.level < Level.PROMPT and not self.green

    @property
    def level(self) -> Level:
        return Level(self.newest.advice.level) if self.newest else Level.NONE

    @property
    def missed(self) -> list[tuple[int, date]]:
        """Days that can still be told about and were not, with their dates."""
        if self.left:
            return []
        return [(day, self._date_of(day)) for day in self.course.missed_days]

    @property
    def next_check(self) -> tuple[int, str] | None:
        """The next day on which a log is asked for, with its date in words."""
        day = self.course.next_day
        return (day, date_words(self._date_of(day))) if day is not None else None

    def _date_of(self, day: int) -> date:
        return self.course.treatment.performed_on + timedelta(days=day)


def today_of(patient: Patient, clock: Clock, wanted: str = "") -> TodayPage:
    """Six queries at most; `Treatment.DoesNotExist` for a patient without one."""
    treatments = treatments_of(patient)
    treatment = chosen(treatments, clock, wanted)
    page = page_of(patient, course_of(treatment, clock))
    others = tuple(one for one in treatments if one.pk != treatment.pk)
    return TodayPage(page, others)

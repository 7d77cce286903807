"""What stands around the questions of a log: for which day, what was, what is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from aftercare.models import Patient
from aftercare.plots import Series
from aftercare.promise import OpeningHours, clock_words
from aftercare.warning_signs.advice_words import EMERGENCY_LINES
from aftercare.warning_signs.aftercare_days import CareDay, care_on

from .course import LATE_DAYS, ShownCourse, course_of
from .followed import followed
from .lead import Lead, lead
from .moments import Clock, date_words
from .recovery import ALWAYS, plots_of
from .tracker import Message, messages_of
from .turns import Turn

RECENT = timedelta(days=3)
"""How long a message from staff stays on the first page."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """A log page for one date of one treatment, by default for the first log of it."""

    course: ShownCourse
    for_date: date
    lead: Lead | None
    hours: OpeningHours
    messages: tuple[Message, ...] = ()
    again: int = 0

    @property
    def turn(self) -> Turn:
        """Which log of the date it is for."""
        logs = (log for log in self.course.logs if log.for_date == self.for_date)
        return Turn(self.course.treatment.pk, self.for_date, self.again, tuple(logs))

    @property
    def query(self) -> str:
        """What makes the log's address the one of this page."""
        return self._query(self.again)

    @property
    def query_for_another(self) -> str:
        """The same for one more log of the date."""
        return self._query(self.turn.following)

    def _query(self, again: int) -> str:
        asked: dict[str, object] = {"for": self.for_date} if self.is_past else {}
        asked |= {"again": again} if again else {}
        return f"?{urlencode(asked)}" if asked else ""

    @property
    def sent_before(self) -> str:
        """When the log was sent that this form may repeat; nothing where it is new."""
        before = self.turn.before
        return self.course.clock.at(before.submitted_at) if before else ""

    @property
    def day(self) -> int:
        return self.course.treatment.day_of(self.for_date)

    @property
    def is_past(self) -> bool:
        return self.for_date < self.course.clock.today

    @property
    def date_words(self) -> str:
        return date_words(self.for_date)

    @property
    def is_after_treatment(self) -> bool:
        return self.course.treatment.performed_at <= self.course.clock.now

    @property
    def plots(self) -> tuple[Series, ...]:
        course = self.course
        return plots_of(course.treatment, course.counting, course.today, ALWAYS)

    @property
    def care(self) -> CareDay:
        return care_on(self.day)

    @property
    def other_days(self) -> list[tuple[date, str, bool]]:
        """Days that can still be told about: date, words, and whether they were logged."""
        course = self.course
        dates = [
            course.clock.today - timedelta(days=back) for back in range(LATE_DAYS + 1)
        ]
        days = [(one, course.treatment.day_of(one)) for one in dates]
        return [
            (one, f"Day {day}, {date_words(one)}", day in course.logged_days)
            for one, day in days
            if one != self.for_date and (day >= 0 or one == course.clock.today)
        ]

    @property
    def emergency_signs(self) -> tuple[str, ...]:
        return EMERGENCY_LINES

    @property
    def missed_yesterday(self) -> bool:
        return not self.is_past and self.day - 1 in self.course.missed_days

    @property
    def checked(self) -> str:
        """From when to when somebody reads logs today: "from 8am to 8pm", or nothing."""
        spans = self.hours.spans_on(self.hours.local_date(self.course.clock.now))
        if not spans:
            return ""
        zone = self.course.clock.zone
        opens, closes = (
            spans[0].opens.astimezone(zone),
            spans[-1].closes.astimezone(zone),
        )
        return f"from {clock_words(opens)} to {clock_words(closes)}"


def log_page(
    patient: Patient,
    treatment_id: UUID,
    clock: Clock,
    for_date: date | None = None,
    again: int = 0,
) -> LogPage:
    """The page for a date, by default today; at most six queries.

    Raises `Treatment.DoesNotExist` for a treatment of somebody else, and ValueError for
    a date that can no longer be told about, or not yet.
    """
    standing = patient.treatments.filter(voided_at__isnull=True)
    course = course_of(standing.get(pk=treatment_id), clock)
    return page_of(patient, course, for_date, again)


def page_of(
    patient: Patient,
    course: ShownCourse,
    for_date: date | None = None,
    again: int = 0,
) -> LogPage:
    """The same for a course that was read already."""
    clock = course.clock
    wanted = for_date or clock.today
    if not 0 <= (clock.today - wanted).days <= LATE_DAYS:
        raise ValueError("This date cannot be told about.")
    hours = patient.clinic.opening_hours()
    follow = followed(patient, closed_after=clock.now - RECENT)
    open_flags = lead(follow, patient.clinic, clock, hours)
    messages = messages_of(follow, clock)
    return LogPage(course, wanted, open_flags, hours, messages, again)

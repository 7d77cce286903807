"""What stands beside the questions of a correction: the log as it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from aftercare.models import DailyLog

from .answers import Said, answers_of, sent_words
from .course import LATE_DAYS
from .log_page import LogPage
from .moments import Clock
from .turns import key_of_correction


@dataclass(frozen=True, slots=True)
class Correction:
    """A log that can still be corrected. `sent` are its words by form field."""

    log: DailyLog
    page: LogPage
    sent: Mapping[str, str]
    answers: tuple[Said, ...]

    @property
    def key(self) -> UUID:
        return key_of_correction(self.log)


def correction_of(page: LogPage, log_id: UUID) -> Correction:
    """Of a log of the page's course, whichever day the page is for.

    Raises DoesNotExist for any other log; ValueError when it is too late.
    """
    log = next((one for one in page.course.logs if one.pk == log_id), None)
    if log is None:
        raise DailyLog.DoesNotExist
    if not can_correct(log, page.course.clock):
        raise ValueError("This log can no longer be corrected.")
    page = LogPage(page.course, log.for_date, page.lead, page.hours)
    return Correction(log, page, sent_words(log), answers_of(log))


def can_correct(log: DailyLog, clock: Clock) -> bool:
    """Whether a log still counts and its date can still be told about."""
    return log.counts and 0 <= (clock.today - log.for_date).days <= LATE_DAYS

"""A treatment with its logs, read once for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from aftercare.models import DailyLog, Patient, Treatment
from aftercare.reminders import PROMPT_DAYS
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.vocabulary import Phase

from .moments import Clock

LAST_LOG_DAY = DEFAULTS.max_log_day
LATE_DAYS = DEFAULTS.max_backdate_days


@dataclass(frozen=True)
class ShownCourse:
    """A treatment and its logs in the order received, each with its fate and advice."""

    treatment: Treatment
    logs: tuple[DailyLog, ...]
    clock: Clock

    @property
    def today(self) -> int:
        """The day of the course; below 0 before the treatment."""
        return self.treatment.day_of(self.clock.today)

    @property
    def kind(self) -> str:
        """What was done, within a sentence: "microneedling", "RF microneedling"."""
        return kind_of(self.treatment)

    @cached_property
    def counting(self) -> tuple[DailyLog, ...]:
        """The logs that are neither corrected nor taken back."""
        return tuple(log for log in self.logs if log.counts)

    @cached_property
    def logged_days(self) -> frozenset[int]:
        """The days after the treatment that have a log."""
        return frozenset(log.day for log in post(self.counting))

    @property
    def newest_of_today(self) -> DailyLog | None:
        """The log sent last for today's date."""
        today = [log for log in self.counting if log.for_date == self.clock.today]
        return today[-1] if today else None

    @property
    def missed_days(self) -> list[int]:
        """Days that can still be logged and are not, newest first."""
        days = range(self.today - 1, self.today - LATE_DAYS - 1, -1)
        return [day for day in days if day >= 0 and day not in self.logged_days]

    @property
    def asks_today(self) -> bool:
        """Whether a log is asked for on this day of the course."""
        return self.today < PROMPT_DAYS[0] or self.today in PROMPT_DAYS

    @property
    def next_day(self) -> int | None:
        """The next day on which a log is asked for."""
        return next((day for day in PROMPT_DAYS if day > self.today), None)

    @property
    def is_over(self) -> bool:
        return self.today > LAST_LOG_DAY


def course_of(treatment: Treatment, clock: Clock) -> ShownCourse:
    """A treatment with its logs; one query."""
    logs = treatment.logs.select_related("advice").of_courses()
    return ShownCourse(treatment, tuple(logs), clock)


def kind_of(treatment: Treatment) -> str:
    words = treatment.get_type_display()
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def post(logs: Iterable[DailyLog]) -> list[DailyLog]:
    """The logs from after the treatment."""
    return [log for log in logs if log.phase == Phase.POST]


def treatments_of(patient: Patient) -> list[Treatment]:
    """A patient's treatments that stand, the newest first; one query."""
    standing = patient.treatments.filter(voided_at__isnull=True)
    return list(standing.order_by("-performed_at"))


def chosen(treatments: list[Treatment], clock: Clock, wanted: str = "") -> Treatment:
    """The treatment asked for, or the newest that has begun, or the next to come.

    Raises `Treatment.DoesNotExist` where there is none, or none of that key.
    """
    if wanted:
        found = [one for one in treatments if str(one.pk) == wanted]
    else:
        found = [one for one in treatments if one.day_of(clock.today) >= 0]
        found = found or treatments[::-1]
    if not found:
        raise Treatment.DoesNotExist
    return found[0]


def logs_of(patient: Patient) -> QuerySet[DailyLog]:
    """The logs of a patient's treatments that stand."""
    return DailyLog.objects.filter(
        clinic=patient.clinic_id,
        treatment__patient=patient,
        treatment__voided_at__isnull=True,
    ).select_related("treatment", "advice", "retraction", "corrected_by")


def log_of(patient: Patient, log_id: UUID) -> DailyLog:
    """One log of a patient; `DailyLog.DoesNotExist` for any other."""
    return logs_of(patient).get(pk=log_id)

"""No silence goes unnoticed: what is due at noon, and when to look next.

`next_due_at` on the treatment is the next noon at which anything could be due; one
indexed look finds every treatment whose moment has come. A check that runs late judges
each noon by what had happened before it.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta

from django.db import transaction

from aftercare.models import DailyLog, Finding, Treatment
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.schedule import Produced, missed_due, no_logs_due
from aftercare.warning_signs.vocabulary import Level, Outcome, Phase

from . import audit
from .evaluating import WITHOUT_LOGS, Evaluation, is_new
from .locked_course import LockedCourse, lock_course
from .raising import Fresh, raise_flags

logger = logging.getLogger(__name__)


def noon_of(treatment: Treatment, day: date) -> datetime:
    """The hour of the check at the clinic, on a date."""
    clock = time(DEFAULTS.scheduled_hour)
    return datetime.combine(day, clock, treatment.clinic.zoneinfo)


def first_noon(treatment: Treatment) -> datetime:
    """Noon of the day by which a first log must have come."""
    day = treatment.performed_on + timedelta(days=DEFAULTS.no_logs_day)
    return noon_of(treatment, day)


def first_check(treatment: Treatment, at: datetime) -> datetime | None:
    """The first noon to look; None when it had passed before there was a record."""
    noon = first_noon(treatment)
    return noon if noon > at else None


def watch_for_silence(
    course: LockedCourse, evaluation: Evaluation, at: datetime
) -> None:
    """After a flagged log: look two days later whether the patient has logged again.

    Not for somebody who has asked us to stop checking on them.
    """
    flagged = any(
        item.result.is_flag and item.result.key not in WITHOUT_LOGS
        for item in evaluation.fresh
    )
    treatment = course.treatment
    if not flagged or treatment.left_at is not None:
        return
    today = at.astimezone(treatment.clinic.zoneinfo).date()
    noon = noon_of(treatment, today + timedelta(days=DEFAULTS.missed_days))
    if treatment.next_due_at is None or noon < treatment.next_due_at:
        treatment.next_due_at = noon
        treatment.save(update_fields=["next_due_at"])


def check_silence(at: datetime) -> int:
    """Run every noon check that is due by `at`; how many flags or notes it raised.

    One treatment that cannot be checked is reported and does not hold up the others.
    """
    raised = 0
    due = Treatment.objects.filter(next_due_at__lte=at, voided_at__isnull=True)
    for treatment in due.select_related("clinic").order_by("next_due_at"):
        try:
            raised += check_treatment(treatment, at)
        except Exception:
            logger.exception("The noon check of treatment %s failed.", treatment.pk)
    return raised


def check_treatment(treatment: Treatment, at: datetime) -> int:
    """Every noon of one treatment up to `at`, in one transaction."""
    raised = 0
    with transaction.atomic():
        course = lock_course(treatment.clinic, treatment.pk)
        treatment = course.treatment
        found = produced(course)
        while treatment.next_due_at is not None and treatment.next_due_at <= at:
            raised += check_noon(course, treatment.next_due_at, found)
            treatment.next_due_at = next_noon(course, treatment.next_due_at, found)
        treatment.save(update_fields=["next_due_at"])
        if raised:
            audit.record(
                "silence.noticed",
                by=None,
                clinic=treatment.clinic,
                at=at,
                patient_id=treatment.patient_id,
                object_id=treatment.pk,
            )
    return raised


def check_noon(course: LockedCourse, noon_at: datetime, found: list[Produced]) -> int:
    """One noon: MISSED and NO-LOGS, judged by what had been sent before it."""
    noon, before = day_at(course, noon_at), logs_before(course, noon_at)
    results = (
        missed_due(noon, found, [day_at(course, log.submitted_at) for log in before]),
        no_logs_due(
            noon,
            course.treatment.procedure(),
            day_at(course, course.treatment.created_at),
            has_post_log=any(
                log.phase == Phase.POST and stood_at(log, noon_at) for log in before
            ),
        ),
    )
    found_now = [Fresh(result, noon) for result in results if result is not None]
    fresh = [item for item in found_now if is_new(course, item)]
    raise_flags(course, fresh, noon_at)
    return len(fresh)


def next_noon(
    course: LockedCourse, after: datetime, found: list[Produced]
) -> datetime | None:
    """The next noon at which something could be due."""
    days = {item.submitted_on_day + DEFAULTS.missed_days for item in found}
    days.add(DEFAULTS.no_logs_day)
    start = course.treatment.performed_on
    noons = [noon_of(course.treatment, start + timedelta(days=day)) for day in days]
    return min((noon for noon in noons if noon > after), default=None)


def produced(course: LockedCourse) -> list[Produced]:
    """What each log brought that was new or higher for its (day, rule).

    A call that was asked for beside a log is no log, and does not make it old news.
    """
    found, highest = [], dict[tuple[int, str], int]()
    findings = course.treatment.findings
    for item in findings.select_related("log", "flag__review").order_by("at", "id"):
        key = (item.day, item.rule)
        sent = item.log is not None and item.log.submitted_at == item.at
        if not sent or item.level <= highest.get(key, Level.NONE):
            continue
        highest[key] = item.level
        if not by_mistake(item):
            day = day_at(course, item.log.submitted_at)
            found.append(Produced(day, Level(item.level)))
    return found


def by_mistake(finding: Finding) -> bool:
    """Whether its flag was closed as sent by mistake."""
    review = finding.flag.review if finding.flag else None
    return review is not None and review.outcome == Outcome.SENT_BY_MISTAKE


def logs_before(course: LockedCourse, noon_at: datetime) -> list[DailyLog]:
    """The logs that had been sent before a moment, taken back later or not."""
    return [log for log in course.logs if log.submitted_at < noon_at]


def stood_at(log: DailyLog, noon_at: datetime) -> bool:
    """Whether a log had not been taken back by a moment."""
    return not (hasattr(log, "retraction") and log.retraction.at < noon_at)


def day_at(course: LockedCourse, moment: datetime) -> int:
    """The day of treatment at the clinic at a moment."""
    zone = course.treatment.clinic.zoneinfo
    return course.treatment.day_of(moment.astimezone(zone).date())

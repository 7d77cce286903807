"""No silence goes unnoticed: what is due at noon, and when to look next.

`next_due_at` on the treatment is the next noon at which anything could be due; one
indexed look finds every treatment whose moment has come. They are checked by the
handful, each handful in one transaction. A check that runs late judges each noon by what
had happened before it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from aftercare.models import Treatment
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.schedule import missed_due, no_logs_due
from aftercare.warning_signs.vocabulary import Phase

from . import audit
from .evaluating import WITHOUT_LOGS, Evaluation, is_new
from .locked_course import LockedCourse
from .raising import Fresh, Raised, raised_by, wake_by, write
from .silent_course import Sent, SilentCourse, lock_due

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 2_000
HANDFUL = 50
"""So many in one transaction: whoever wants one of them waits no longer than that takes."""


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
    """Run the noon checks that are due by `at`; how many treatments were looked at."""
    due = Treatment.objects.filter(next_due_at__lte=at, voided_at__isnull=True)
    found = due.order_by("next_due_at", "clinic", "pk").values_list("pk", flat=True)
    keys = list(found[:MOST_AT_ONCE])
    return sum(
        check_handful(keys[first : first + HANDFUL], at)
        for first in range(0, len(keys), HANDFUL)
    )


def check_handful(keys: Sequence[UUID], at: datetime) -> int:
    """Some treatments together; where that fails, each by itself.

    One treatment that cannot be checked is reported and does not hold up the others.
    """
    try:
        return check_treatments(keys, at)
    except Exception:
        if len(keys) == 1:
            logger.exception("The noon check of treatment %s failed.", keys[0])
            return 0
    return sum(check_handful([key], at) for key in keys)


def check_treatments(keys: Sequence[UUID], at: datetime) -> int:
    """Every noon of these up to `at`, in one transaction."""
    with transaction.atomic():
        courses = lock_due(keys, at)
        raised = [(course.treatment, check_noons(course, at)) for course in courses]
        write(one for _, some in raised for one in some)
        put_down_next(courses)
        note_noticed([treatment for treatment, some in raised if some], at)
    return len(courses)


def note_noticed(treatments: Iterable[Treatment], at: datetime) -> None:
    """Into the audit of each clinic, in the order of their keys, as everybody does it:
    so no two wait for each other."""
    ordered = sorted(treatments, key=lambda treatment: treatment.clinic_id)
    audit.record_all(
        audit.entry(
            "silence.noticed",
            by=None,
            clinic=treatment.clinic,
            at=at,
            patient_id=treatment.patient_id,
            object_id=treatment.pk,
        )
        for treatment in ordered
    )


def check_noons(course: SilentCourse, at: datetime) -> list[Raised]:
    """Each noon of a treatment that has come, and what it raised if it did."""
    raised, treatment = [], course.treatment
    while treatment.next_due_at is not None and treatment.next_due_at <= at:
        noon_at = treatment.next_due_at
        if fresh := due_at_noon(course, noon_at):
            raised.append(raised_by(course, fresh, noon_at))
            wake_by(course, raised[-1], noon_at)
        treatment.next_due_at = next_noon(course, noon_at)
    return raised


def due_at_noon(course: SilentCourse, noon_at: datetime) -> list[Fresh]:
    """MISSED and NO-LOGS, judged by what had been sent before a noon."""
    treatment = course.treatment
    noon = treatment.day_at(noon_at)
    before = [log for log in course.sent if log.submitted_at < noon_at]
    results = (
        missed_due(
            noon,
            course.brought,
            [treatment.day_at(log.submitted_at) for log in before],
        ),
        no_logs_due(
            noon,
            treatment.procedure(),
            treatment.day_at(treatment.created_at),
            has_post_log=any(
                log.phase == Phase.POST and stood_at(log, noon_at) for log in before
            ),
        ),
    )
    found = [Fresh(result, noon) for result in results if result is not None]
    return [item for item in found if is_new(course, item)]


def stood_at(log: Sent, noon_at: datetime) -> bool:
    """Whether a log had not been taken back by a moment."""
    return log.retracted_at is None or log.retracted_at >= noon_at


def next_noon(course: SilentCourse, after: datetime) -> datetime | None:
    """The next noon at which something could be due."""
    days = {item.submitted_on_day + DEFAULTS.missed_days for item in course.brought}
    days.add(DEFAULTS.no_logs_day)
    start = course.treatment.performed_on
    noons = [noon_of(course.treatment, start + timedelta(days=day)) for day in days]
    return min((noon for noon in noons if noon > after), default=None)


def put_down_next(courses: Iterable[SilentCourse]) -> None:
    """When to look next: a query for each moment, of which a clinic has few."""
    by_moment: defaultdict[datetime | None, list[UUID]] = defaultdict(list)
    for course in courses:
        by_moment[course.treatment.next_due_at].append(course.treatment.pk)
    for moment, keys in by_moment.items():
        Treatment.objects.filter(pk__in=keys).update(next_due_at=moment)

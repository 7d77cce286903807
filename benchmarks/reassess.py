"""A large clinic's history judged once more with other parameters, against reading it.

All read the same rows with the same queries. Comparing two sets judges a course twice
where a number that differs was looked at. How much memory is used is told at each
size: it must not grow with the history.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from aftercare.models import Clinic
from aftercare.services.reassess import courses, reassess
from aftercare.warning_signs.facts import Course
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.shadow import said_of
from benchmarks.filling import large_clinic
from benchmarks.measuring import Comparison, compare_once

GROWS = True
ENOUGH = 500
"""Courses that are timed: enough to tell, however many there are."""
MANY = 4_000
RARELY = replace(DEFAULTS, ln_persist=10, fever=Decimal("37.9"))
EVERY_DAY = replace(DEFAULTS, pain_linger_min=1, red_rise_day=4, swell_rise_day=2)


def measure() -> Iterator[Comparison]:
    clinic = large_clinic()
    yield compare_once(
        "W4 judged by the whole rule table",
        lambda: judge(clinic, newest(clinic)),
        "the same logs only read",
        lambda: drained(courses(clinic, newest(clinic))),
        1 / 0.3,
    )
    for words, parameters in (("rarely asked", RARELY), ("asked daily", EVERY_DAY)):
        yield compare_once(
            f"W4 by two sets compared, {words}",
            lambda parameters=parameters: drained(
                reassess(clinic, parameters, newest(clinic))
            ),
            "the same logs only read",
            lambda: drained(courses(clinic, newest(clinic))),
        )
    few = peak(reassess(clinic, RARELY, newest(clinic, courses_at_most=400)))
    all_of_it = peak(reassess(clinic, RARELY, newest(clinic, courses_at_most=MANY)))
    yield Comparison(
        "W4 memory, the history", "400 courses of it", all_of_it, few, 1.1, "MB"
    )


def judge(clinic: Clinic, since: date) -> None:
    """Every logged day since a date, by one set of parameters."""
    for treatment, logs in courses(clinic, since):
        said_of(
            Course(treatment.procedure(), tuple(log.facts() for log in logs)), RARELY
        )


def newest(clinic: Clinic, courses_at_most: int = ENOUGH) -> date:
    """Since when there were so many."""
    dates = clinic.treatments.order_by("-performed_on").values_list("performed_on")
    found = list(dates[:courses_at_most])
    return found[-1][0] if found else timezone.now().date() - timedelta(days=1)


def drained(rows: Iterator[object]) -> None:
    for _ in rows:
        """Nothing is kept."""


def peak(rows: Iterator[object]) -> float:
    """The most memory, in bytes, that was held at one time on the way through."""
    tracemalloc.start()
    try:
        drained(rows)
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()

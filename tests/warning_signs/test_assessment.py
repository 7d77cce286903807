"""What an arriving log calls to evaluate, and judging several days at once."""

from __future__ import annotations

from aftercare.warning_signs.assessment import affected_units, assess, assess_unit
from aftercare.warning_signs.facts import Course
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.timeline import timeline_of
from aftercare.warning_signs.vocabulary import Phase

from .builders import log, procedure

BEFORE, POST = Phase.BASELINE, Phase.POST


def test_a_log_calls_for_its_own_day_and_every_later_logged_day() -> None:
    late = log(3)
    logs = (log(-1), log(1), log(5), log(5), late, log(4))
    assert affected_units(Course(procedure(), logs), late) == (
        (3, POST),
        (4, POST),
        (5, POST),
    )


def test_a_log_before_the_treatment_calls_for_every_day_after_it() -> None:
    before = log(0, before=True)
    logs = (log(-1), log(0), log(2), before)
    assert affected_units(Course(procedure(), logs), before) == (
        (0, BEFORE),
        (0, POST),
        (2, POST),
    )


def test_days_judged_together_are_judged_as_one_by_one() -> None:
    course = Course(procedure(), (log(1, pain=0), log(2, pain=6), log(0, before=True)))
    units = [(2, POST), (1, POST), (0, BEFORE), (9, POST)]
    timeline = timeline_of(course, DEFAULTS)
    together = [assess_unit(timeline, unit) for unit in units]
    assert together == [assess(course, *unit) for unit in units]


def test_the_level_of_a_day_is_its_gravest_result() -> None:
    course = Course(procedure(), (log(2, pain=7, contact_request=True),))
    assessed = assess(course, 2)
    assert (assessed.day, assessed.phase, assessed.level.name) == (2, POST, "URGENT")
    assert [result.is_flag for result in assessed.results] == [True, True, False]

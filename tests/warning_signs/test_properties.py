"""What must hold for every course, whatever a patient logs.

The rules are not monotone in everything, and need not be. Within a day, a worse answer
never lowers the day's level (`WORSENINGS`), except:

- a worse *baseline* silences (10.8), and a worse *earlier day* makes today's rise
  smaller, or yesterday's raised temperature a fever and so no longer "low twice";
- a first temperature *reading* may show that someone who feels feverish has none, and a
  low reading that rises is no longer low: only readings above TEMP_LOW compare;
- *details* settle a ticked tile, which without them is read at its worst;
- *words* added to the free text may deny the ones after them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aftercare.warning_signs.assessment import Assessment, assess
from aftercare.warning_signs.facts import Answers, Course, Log, LymphNodes, Procedure
from aftercare.warning_signs.parameters import Parameters
from aftercare.warning_signs.treatment_words import RiskFactor
from aftercare.warning_signs.vocabulary import (
    AftercareLapse,
    Blisters,
    Bump,
    Choice,
    ColourChange,
    Discharge,
    FeverMedicine,
    Hives,
    Level,
    NodePain,
    NodeSite,
    NodeSize,
    OverallChange,
    Phase,
    Pustules,
    RedFlag,
    Scar,
    Severity,
    SwellingSite,
)

from . import strategies as some
from .strategies import BLANK, CALM, NO, VALUES, days_of

quick = settings(max_examples=100, deadline=None)
Pair = st.SearchStrategy[tuple[Any, Any]]


def levels(assessment: Assessment) -> dict[str, Level]:
    return {result.key: result.level for result in assessment.results}


def every_day(course: Course) -> list[Assessment]:
    return [assess(course, day, phase) for day, phase in days_of(course)]


@quick
@given(some.courses())
def test_no_course_is_too_strange_to_assess(course: Course) -> None:
    for assessment in every_day(course):
        assert all(result.reason for result in assessment.results)


@quick
@given(some.courses(), some.logs(), some.several_of(RedFlag).filter(bool))
def test_an_emergency_sign_of_today_is_an_emergency(
    course: Course, log: Log, red_flags: frozenset[RedFlag]
) -> None:
    answers = replace(log.answers, red_flags=red_flags)
    today = replace(log, answers=answers, sent_on_its_day=True)
    with_today = replace(course, logs=(*course.logs, today))

    assert assess(with_today, today.day, today.phase).level == Level.EMERGENCY


@quick
@given(some.courses())
def test_the_gravest_result_comes_first(course: Course) -> None:
    for assessment in every_day(course):
        order = [
            (-result.level, result.rule, result.key) for result in assessment.results
        ]
        assert order == sorted(order)


@quick
@given(some.procedures, some.full_answers(), st.sampled_from([-1, 0, 2, 16]))
def test_a_rule_is_met_at_most_once_a_day(
    procedure: Procedure, answers: Answers, day: int
) -> None:
    phase = Phase.BASELINE if day < 0 else Phase.POST
    assessment = assess(Course(procedure, (Log(day, answers, phase),)), day, phase)

    assert len(levels(assessment)) == len(assessment.results)


@quick
@given(some.courses(min_logs=2), st.randoms(use_true_random=False))
def test_the_order_of_logs_does_not_matter(course: Course, random: Any) -> None:
    baseline = [log for log in course.logs if log.phase is Phase.BASELINE]
    after = [log for log in course.logs if log.phase is Phase.POST]
    random.shuffle(after)
    shuffled = replace(course, logs=(*baseline, *after))

    assert [levels(day) for day in every_day(shuffled)] == [
        levels(day) for day in every_day(course)
    ]


@quick
@given(some.procedures, some.logs(), st.data())
def test_not_asked_reads_as_no_within_a_day(
    procedure: Any, log: Log, data: st.DataObject
) -> None:
    blank = [name for name in NO if getattr(log.answers, name) in (None, LymphNodes())]
    chosen = data.draw(st.sets(st.sampled_from(blank))) if blank else set()
    denying = replace(
        log, answers=replace(log.answers, **{name: NO[name] for name in chosen})
    )

    asked, unasked = (
        assess(Course(procedure, (either,)), log.day, log.phase)
        for either in (denying, log)
    )
    assert levels(asked) == levels(unasked)


HIGH_RISK = [RiskFactor.AUTOIMMUNE, RiskFactor.IMMUNOSUPPRESSED, RiskFactor.DIABETES]


@quick
@given(
    some.courses(min_logs=1),
    st.sampled_from([*HIGH_RISK, RiskFactor.KNOWN_PRODUCT_ALLERGY]),
)
def test_a_risk_factor_never_lowers_a_level(course: Course, risk: RiskFactor) -> None:
    risks = course.procedure.risk_factors | {risk.value}
    at_risk = replace(course, procedure=replace(course.procedure, risk_factors=risks))

    for before, after in zip(every_day(course), every_day(at_risk), strict=True):
        for key, level in levels(before).items():
            assert levels(after)[key] >= level


@quick
@given(some.courses(min_logs=1), some.tightened())
def test_a_tightened_parameter_never_lowers_a_level(
    course: Course, changed: tuple[str, Parameters]
) -> None:
    # One exception. A lower FEVER makes yesterday's raised temperature a fever, flagged
    # there, and so today's no longer the second in a row.
    name, parameters = changed
    assume(name != "fever")

    for day, phase in days_of(course):
        shipped = assess(course, day, phase).level
        assert assess(course, day, phase, parameters).level >= shipped


def worse_choice(choice: type[Choice]) -> Pair:
    return st.tuples(some.one_of(choice), some.one_of(choice)).map(
        lambda pair: (min(pair), max(pair))
    )


def more_of(choice: type[Choice]) -> Pair:
    return st.tuples(some.several_of(choice), some.several_of(choice)).map(
        lambda pair: (pair[0], pair[0] | pair[1])
    )


YES: Pair = st.sampled_from([(False, True), (None, True)])


@st.composite
def worse_nodes(draw: st.DrawFn) -> tuple[LymphNodes, LymphNodes]:
    """A gland and a worse one; perhaps the first is no gland at all."""
    sites, sizes, pains = (
        draw(more_of(NodeSite)),
        draw(worse_choice(NodeSize)),
        draw(worse_choice(NodePain)),
    )
    growing, hard, red = (
        draw(st.sampled_from([(False, False), (False, True), (True, True)]))
        for _ in range(3)
    )
    better, worse = (
        LymphNodes(True, sites[i], sizes[i], pains[i], growing[i], hard[i], red[i])
        for i in range(2)
    )
    return draw(st.sampled_from([better, LymphNodes(present=False)])), worse


WARM = st.integers(356, 430).map(lambda tenths: Decimal(tenths) / 10)

WORSENINGS: dict[str, Pair] = {
    "red_flags": more_of(RedFlag),
    "pain": st.tuples(st.integers(0, 10), st.integers(0, 10)).map(sorted).map(tuple),
    "redness": worse_choice(Severity),
    "redness_spreading": YES,
    "red_streaks": YES,
    "hot_skin": YES,
    "swelling": worse_choice(Severity),
    "swelling_sites": more_of(SwellingSite),
    "temperature_c": st.tuples(WARM, WARM).map(sorted).map(tuple),
    "feels_feverish": YES,
    "fever_medicine_8h": worse_choice(FeverMedicine),
    "fatigue": worse_choice(Severity),
    "lymph_nodes": worse_nodes(),
    "discharge": more_of(Discharge),
    "pustules": worse_choice(Pustules),
    "blisters": worse_choice(Blisters),
    "blisters_near_eye": YES,
    "itch": worse_choice(Severity),
    "hives": worse_choice(Hives),
    "bumps": more_of(Bump),
    "colour_change": more_of(ColourChange),
    "scar": more_of(Scar),
    "peeling": worse_choice(Severity),
    "bruising": worse_choice(Severity),
    "joint_pain": YES,
    "rash_elsewhere": YES,
    "numb_patch": YES,
    "numbing_symptoms": YES,
    "overall_change": worse_choice(OverallChange),
    "contact_request": YES,
    "aftercare_lapses": more_of(AftercareLapse),
    "still_present_now": YES,
}


@pytest.mark.parametrize("item", WORSENINGS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_worse_answer_never_lowers_the_level_of_its_day(
    item: str, data: st.DataObject
) -> None:
    course = data.draw(some.courses(max_logs=2, without=("signs",)))
    log = data.draw(some.logs(without=("signs",)))
    better, worse = data.draw(WORSENINGS[item])
    today = (log.day, log.phase)

    def level_with(value: Any) -> Level:
        changed = replace(log, answers=replace(log.answers, **{item: value}))
        return assess(replace(course, logs=(*course.logs, changed)), *today).level

    assert level_with(worse) >= level_with(better)


def test_every_answer_is_either_monotone_or_named_as_not() -> None:
    assert set(VALUES) - set(WORSENINGS) == {"signs", "free_text"}


@quick
@given(some.courses(min_logs=1), some.logs())
def test_one_more_log_never_lowers_the_level_of_its_day(
    course: Course, log: Log
) -> None:
    assume(log.phase is Phase.POST)
    more = replace(course, logs=(*course.logs, log))

    assert assess(more, log.day).level >= assess(course, log.day).level


@pytest.mark.parametrize("answers", [BLANK, CALM], ids=["blank", "calm"])
@pytest.mark.parametrize("day", [0, 3, 16, 180])
def test_a_log_that_says_nothing_raises_nothing(answers: Answers, day: int) -> None:
    course = Course(Procedure(), (Log(day, answers),))

    assert assess(course, day).results == ()

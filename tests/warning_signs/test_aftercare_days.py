"""Aftercare day by day."""

import pytest

from aftercare.warning_signs.aftercare_days import (
    DO,
    DO_NOT,
    SLIP_ADVICE,
    care_on,
    slip_advice,
)
from aftercare.warning_signs.vocabulary import AftercareLapse

MAKE_UP = "Do not put on make-up in the first 24 hours."
HEAT = "Do not get hot in the first 72 hours. No sauna, hot bath or hard exercise."
SPF = "Use SPF 30 or more when you go out."


def when_can_i(question, day, treated_at=""):
    return dict(care_on(day, treated_at).when_can_i)[question]


def test_the_clinics_own_advice_comes_first_every_day():
    for day in (-1, 0, 1, 14, 180):
        assert care_on(day).do[0] == "Follow the clinic's own written advice first."


@pytest.mark.parametrize(("line", "first", "last"), [(MAKE_UP, 0, 1), (HEAT, 0, 3)])
def test_what_is_forbidden_for_hours_ends_with_its_day(line, first, last):
    assert line in care_on(first).do_not
    assert line in care_on(last).do_not
    assert line not in care_on(last + 1).do_not


def test_sun_cream_starts_the_day_after():
    assert SPF not in care_on(0).do
    assert SPF in care_on(1).do
    assert SPF in care_on(60).do


def test_picking_and_sun_stay_forbidden():
    for day in (0, 7, 28):
        assert "Do not pick, scratch or peel. Keep your hands off your skin." in (
            care_on(day).do_not
        )
        assert "Do not sit in the sun." in care_on(day).do_not


def test_before_the_treatment_there_is_only_the_clinics_advice_and_the_log():
    care = care_on(-2)
    assert care.do == (
        "Follow the clinic's own written advice first.",
        "Log how you are.",
    )
    assert care.do_not == ()
    assert care.when_can_i == ()


@pytest.mark.parametrize(
    ("question", "day", "answer"),
    [
        ("Make-up", 0, "Not yet. Wait 24 hours, until day 1, at 2pm."),
        ("Make-up", 1, "Not yet. Wait until 24 hours have gone by, at 2pm."),
        ("Make-up", 2, "Yes. Use clean brushes and take it off gently."),
        (
            "Gym, sauna or a hot bath",
            2,
            "Not yet. Wait 72 hours, until day 3, at 2pm.",
        ),
        (
            "Gym, sauna or a hot bath",
            3,
            "Not yet. Wait until 72 hours have gone by, at 2pm.",
        ),
        ("Gym, sauna or a hot bath", 4, "Yes. Stop if your skin stings."),
        ("Swim", 0, "Ask us first."),
        ("Swim", 20, "Ask us first."),
    ],
)
def test_waits_end_at_the_hour_of_the_treatment(question, day, answer):
    assert when_can_i(question, day, "2pm") == answer


def test_waits_are_told_without_an_hour_too():
    assert when_can_i("Make-up", 0) == "Not yet. Wait 24 hours, until day 1."


def test_every_slip_has_its_line_and_its_advice():
    lines = frozenset().union(*(item.lapses for item in (*DO, *DO_NOT)))
    assert lines == set(AftercareLapse)
    assert set(SLIP_ADVICE) == set(AftercareLapse)


def test_slips_are_answered_in_the_order_of_the_list():
    slips = [AftercareLapse.PICKED_SKIN, AftercareLapse.DIRECT_SUN]
    assert slip_advice(slips) == (
        SLIP_ADVICE[AftercareLapse.DIRECT_SUN],
        SLIP_ADVICE[AftercareLapse.PICKED_SKIN],
    )
    assert slip_advice([]) == ()

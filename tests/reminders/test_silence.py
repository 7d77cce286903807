"""A silence after a worse day comes before a silence after calm days."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.reminders import (
    Delivery,
    Known,
    LastState,
    Silence,
    silence_of,
    silence_words,
)
from aftercare.warning_signs.vocabulary import Level


def logged(*days: int) -> frozenset[int]:
    return frozenset(days)


def known() -> st.SearchStrategy[Known]:
    return st.builds(
        Known,
        today=st.integers(-3, 190),
        logged=st.frozensets(st.integers(0, 180), max_size=8),
        last_level=st.sampled_from(Level),
        got_worse=st.booleans(),
        high_risk=st.booleans(),
        reminder=st.sampled_from(Delivery),
        left=st.booleans(),
    )


@pytest.mark.parametrize(
    ("today", "days", "missed"),
    [
        (0, (), None),
        (1, (), None),  # today's log may still come
        (2, (), 1),
        (5, (1, 2, 3, 4), None),
        (5, (1, 2, 3), 1),
        (5, (1, 2), 2),
        (5, (0,), 4),
        (5, (1, 3), 1),  # a day left out before the newest log is not a silence
        (20, (14,), None),  # nothing is asked between the 14th and the 21st day
        (22, (14,), 1),
        (43, (14,), 3),
    ],
)
def test_a_silence_counts_the_days_that_asked_since_the_last_log(
    today: int, days: tuple[int, ...], missed: int | None
) -> None:
    found = silence_of(Known(today, logged(*days)))
    assert (found.missed if found else None) == missed


def test_missing_after_worse_outranks_missing_after_three_calm_days() -> None:
    worse = silence_of(Known(5, logged(1, 2, 3), Level.WATCH, got_worse=True))
    calm = silence_of(Known(5, logged(1, 2, 3)))
    assert worse is not None
    assert calm is not None
    assert worse > calm


@given(known(), st.integers(1, 30))
def test_after_a_worse_log_no_number_of_calm_missed_days_counts_for_more(
    one: Known, longer: int
) -> None:
    worse = silence_of(replace(one, got_worse=True))
    calm = silence_of(
        replace(
            one,
            got_worse=False,
            last_level=Level.NONE,
            logged=one.logged | {0},
            today=one.today + longer,
        )
    )
    if worse is not None and calm is not None:
        assert worse > calm


@given(known())
def test_higher_risk_never_lowers_the_place(one: Known) -> None:
    low = silence_of(replace(one, high_risk=False))
    high = silence_of(replace(one, high_risk=True))
    assert low is None or (high is not None and high > low)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (Known(5, logged(1), Level.PROMPT), LastState.WORSE),
        (Known(5, logged(1), Level.WATCH), LastState.WATCHED),
        (Known(5, logged(1)), LastState.CALM),
        (Known(5), LastState.NEVER_HEARD),
    ],
)
def test_the_last_state_is_what_the_newest_log_said(
    one: Known, state: LastState
) -> None:
    found = silence_of(one)
    assert found is not None
    assert found.state is state


def test_who_asked_us_to_stop_is_not_silent() -> None:
    assert silence_of(Known(5, left=True)) is None


def test_the_words_say_why_it_matters() -> None:
    assert silence_words(Silence(LastState.WORSE, True, 2, True)) == (
        "The last log was worse or had a warning sign; higher risk; "
        "the last reminder did not arrive."
    )
    assert silence_words(Silence(LastState.CALM, False, 1, False)) == (
        "The last log was as expected."
    )

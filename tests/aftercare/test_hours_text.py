"""Opening hours as people write them, and one sentence for what cannot be read."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.promise import Interval, OpeningHours, hours_text, read_hours

MORNING, AFTERNOON = Interval(time(8, 30), time(13)), Interval(time(14), time(18))
LONDON = ZoneInfo("Europe/London")
WEEK = {day: (Interval(time(9), time(17)),) for day in range(5)}
MONDAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "8:30–13:00, 14:00–18:00",
        "08:30-13:00,14:00-18:00",
        " 8.30 - 13 ; 14 - 18 ",
        "8:30am to 1pm and 2pm to 6pm",
        "8h30–13h, 14h–18h",
        "14:00–18:00, 8:30–13:00",
        "8:30 until 1 pm & 2 pm till 6 pm",
    ],
)
def test_the_same_hours_are_read_however_they_are_written(typed: str) -> None:
    assert read_hours(typed) == (MORNING, AFTERNOON)


@pytest.mark.parametrize("typed", ["", "  ", "closed", "Closed", "–"])
def test_an_empty_day_is_closed(typed: str) -> None:
    assert read_hours(typed) == ()


@pytest.mark.parametrize(
    ("typed", "opens", "closes"),
    [
        ("0–24", time(0), time(23, 59)),
        ("8–midnight", time(8), time(23, 59)),
        ("midnight to noon", time(0), time(12)),
        ("12am–12pm", time(0), time(12)),
        ("midday–8pm", time(12), time(20)),
    ],
)
def test_the_ends_of_a_day(typed: str, opens: time, closes: time) -> None:
    assert read_hours(typed) == (Interval(opens, closes),)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("morning", "“morning” cannot be read. Write hours as"),
        ("8:30", "“8:30” cannot be read"),
        ("8-12-18", "“8-12-18” cannot be read"),
        ("8–13, later", "“later” cannot be read"),
        ("8–25", "“8–25” cannot be read"),
        ("8:75–18", "“8:75–18” cannot be read"),
        ("0am–6pm", "“0am–6pm” cannot be read"),
        ("8am–13pm", "“8am–13pm” cannot be read"),
        ("18:00–8:30", "Closing at 8:30 is not after opening at 18:00"),
        ("9–5", "Closing at 5:00 is not after opening at 9:00"),
        ("8–12, 11–18", "Two openings of one day overlap."),
    ],
)
def test_what_cannot_be_is_answered_by_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match="^" + said):
        read_hours(typed)


clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
days = st.sets(clocks, min_size=2, max_size=6).map(
    lambda marks: tuple(
        Interval(opens, closes)
        for opens, closes in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False)
    )
)


@given(days)
def test_hours_are_read_as_they_are_shown(intervals) -> None:
    assert read_hours(hours_text(intervals)) == intervals


@given(st.text(max_size=30))
def test_any_text_gives_hours_or_a_sentence(typed: str) -> None:
    try:
        read_hours(typed)
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017


# --- Too long without an opening ------------------------------------------------------


def closed(first: int, count: int) -> OpeningHours:
    dates = [MONDAY + timedelta(days=first + n) for n in range(count)]
    return OpeningHours(LONDON, WEEK, dict.fromkeys(dates, ()))


def test_an_ordinary_year_has_no_gap() -> None:
    assert OpeningHours(LONDON, WEEK).first_gap(MONDAY) is None
    assert closed(7, 9).first_gap(MONDAY) is None


def test_two_weeks_without_an_opening_are_a_gap_from_the_day_before() -> None:
    # From Monday 15 June; the weekend before is closed too, so Friday is the last day.
    assert closed(14, 12).first_gap(MONDAY) == date(2026, 6, 12)
    assert closed(14, 11).first_gap(MONDAY) is None


def test_a_gap_that_is_over_is_none() -> None:
    assert closed(14, 12).first_gap(date(2026, 7, 1)) is None

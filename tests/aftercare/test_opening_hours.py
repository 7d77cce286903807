"""When the clinic is open: weeks, holidays, lunch breaks and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.promise import HORIZON_DAYS, Interval, OpeningHours, Span

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")

ALL_DAY = Interval(time(8), time(20))
MORNING = Interval(time(9), time(12, 30))
AFTERNOON = Interval(time(13, 30), time(18))
NIGHT = Interval(time(0), time(23, 59))

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2025, 6, day) for day in range(2, 9))


def weekdays(*intervals, zone=LONDON, exceptions=None):
    return OpeningHours(zone, dict.fromkeys(range(5), intervals), exceptions or {})


def every_day(*intervals, zone=LONDON, exceptions=None):
    return OpeningHours(zone, dict.fromkeys(range(7), intervals), exceptions or {})


def at(day, hour, minute=0, zone=LONDON):
    return datetime.combine(day, time(hour, minute), zone)


# Opening hours that make no sense


@pytest.mark.parametrize("closes", [time(8), time(7, 59), time(0)])
def test_an_interval_must_close_after_it_opens(closes):
    with pytest.raises(ValueError, match="close after it opens"):
        Interval(time(8), closes)


@pytest.mark.parametrize(
    "clocks", [(time(8, tzinfo=UTC), time(9)), (time(8), time(9, tzinfo=UTC))]
)
def test_an_interval_has_no_zone_of_its_own(clocks):
    with pytest.raises(ValueError, match="clinic's zone"):
        Interval(*clocks)


@pytest.mark.parametrize("weekly", [{}, {0: ()}, dict.fromkeys(range(7), ())])
def test_a_clinic_opens_at_least_once_a_week(weekly):
    with pytest.raises(ValueError, match="at least once a week"):
        OpeningHours(LONDON, weekly)


def test_one_exception_does_not_make_a_clinic_that_opens_every_week():
    with pytest.raises(ValueError, match="at least once a week"):
        OpeningHours(LONDON, {}, {MON: (ALL_DAY,)})


def test_there_is_no_eighth_weekday():
    with pytest.raises(ValueError, match="numbered 0"):
        OpeningHours(LONDON, {7: (ALL_DAY,)})


def test_openings_of_one_day_may_not_overlap():
    with pytest.raises(ValueError, match="overlap"):
        weekdays(Interval(time(12), time(14)), MORNING)
    with pytest.raises(ValueError, match="overlap"):
        weekdays(ALL_DAY, exceptions={MON: (MORNING, MORNING)})


def test_a_moment_without_a_zone_is_refused():
    hours = weekdays(ALL_DAY)
    for question in (hours.is_open, hours.next_opening, hours.routine_deadline):
        with pytest.raises(ValueError, match="needs a time zone"):
            question(at(MON, 9, zone=None))


# An ordinary week


def test_the_clinic_is_open_from_the_first_moment_to_just_before_the_last():
    hours = weekdays(ALL_DAY)
    assert not hours.is_open(at(MON, 7, 59))
    assert hours.is_open(at(MON, 8))
    assert hours.is_open(at(MON, 19, 59))
    assert not hours.is_open(at(MON, 20))
    assert not hours.is_open(at(SAT, 10))


def test_closing_time_is_that_of_the_opening_which_is_on():
    hours = weekdays(MORNING, AFTERNOON)
    assert hours.closing_time(at(MON, 9)) == at(MON, 12, 30)
    assert hours.closing_time(at(MON, 13)) is None
    assert hours.closing_time(at(MON, 17, 59)) == at(MON, 18)


def test_openings_may_be_listed_in_any_order():
    assert weekdays(AFTERNOON, MORNING).spans_on(MON) == weekdays(
        MORNING, AFTERNOON
    ).spans_on(MON)


def test_openings_that_touch_are_one():
    hours = weekdays(Interval(time(8), time(12)), Interval(time(12), time(18)))
    assert hours.closing_time(at(MON, 9)) == at(MON, 18)
    assert len(hours.spans_on(MON)) == 1


def test_the_next_opening_skips_lunch_night_and_weekend():
    hours = weekdays(MORNING, AFTERNOON)
    assert hours.next_opening(at(MON, 7)) == at(MON, 9)
    assert hours.next_opening(at(MON, 9)) == at(MON, 13, 30)
    assert hours.next_opening(at(MON, 18)) == at(TUE, 9)
    assert hours.next_opening(at(FRI, 14)) == at(FRI + timedelta(days=3), 9)


def test_the_date_is_that_on_the_clinics_wall():
    hours = weekdays(ALL_DAY, zone=NEW_YORK)
    assert hours.local_date(datetime(2025, 6, 3, 3, 59, tzinfo=UTC)) == MON
    assert hours.local_date(datetime(2025, 6, 3, 4, 0, tzinfo=UTC)) == TUE


def test_moments_come_back_in_utc():
    opening = weekdays(ALL_DAY).next_opening(at(MON, 7))
    assert opening.tzinfo is UTC
    assert opening.isoformat() == "2025-06-02T07:00:00+00:00"


# Dated exceptions


def test_a_dated_exception_replaces_the_weekday():
    hours = weekdays(
        MORNING, AFTERNOON, exceptions={TUE: (Interval(time(10), time(11)),)}
    )
    assert hours.spans_on(TUE) == (Span(at(TUE, 10), at(TUE, 11)),)
    assert not hours.is_open(at(TUE, 9, 30))
    assert not hours.is_open(at(TUE, 14))


def test_an_empty_exception_is_a_day_closed():
    hours = weekdays(ALL_DAY, exceptions={TUE: ()})
    assert hours.spans_on(TUE) == ()
    assert hours.next_opening(at(MON, 20)) == at(WED, 8)


def test_an_exception_can_open_a_day_that_is_usually_closed():
    hours = weekdays(ALL_DAY, exceptions={SUN: (MORNING,)})
    assert hours.is_open(at(SUN, 9))
    assert hours.next_opening(at(SAT, 10)) == at(SUN, 9)


def test_the_next_opening_is_found_on_the_last_date_of_the_horizon_and_not_after():
    last = MON + timedelta(days=HORIZON_DAYS)
    closed = {MON + timedelta(days=n): () for n in range(40)}
    found = every_day(ALL_DAY, exceptions=closed | {last: (ALL_DAY,)})
    beyond = every_day(ALL_DAY, exceptions=closed | {last + timedelta(1): (ALL_DAY,)})
    assert found.next_opening(at(MON, 10)) == at(last, 8)
    assert beyond.next_opening(at(MON, 10)) is None


# Opening time


def test_only_opening_time_counts():
    hours = weekdays(MORNING, AFTERNOON)
    assert hours.open_time_between(at(MON, 12), at(MON, 14)) == timedelta(hours=1)
    assert hours.open_time_between(at(MON, 0), at(TUE, 0)) == timedelta(hours=8)
    assert hours.open_time_between(at(SAT, 0), at(SUN, 23)) == timedelta()
    assert hours.open_time_between(at(FRI, 17), at(FRI + timedelta(3), 10)) == (
        timedelta(hours=2)
    )


def test_no_time_passes_backwards():
    hours = weekdays(ALL_DAY)
    assert hours.open_time_between(at(TUE, 10), at(MON, 10)) == timedelta()
    assert hours.open_time_between(at(MON, 11), at(MON, 10)) == timedelta()


def test_minutes_left_at_closing_are_carried_over_night():
    hours = weekdays(ALL_DAY)
    two_hours = timedelta(hours=2)
    assert hours.add_open_time(at(MON, 19, 30), two_hours) == at(TUE, 9, 30)
    assert hours.add_open_time(at(FRI, 19, 30), two_hours) == at(
        FRI + timedelta(days=3), 9, 30
    )


def test_time_that_just_fits_ends_at_closing_time_and_not_at_the_next_opening():
    hours = weekdays(ALL_DAY)
    assert hours.add_open_time(at(MON, 18), timedelta(hours=2)) == at(MON, 20)


def test_time_added_while_closed_starts_at_the_next_opening():
    hours = weekdays(ALL_DAY)
    assert hours.add_open_time(at(SUN, 3), timedelta(minutes=15)) == at(
        SUN + timedelta(days=1), 8, 15
    )


def test_openings_that_are_too_short_for_the_time_give_no_moment():
    hours = OpeningHours(LONDON, {0: (Interval(time(9), time(9, 10)),)})
    assert hours.add_open_time(at(MON, 0), timedelta(minutes=30)) == at(
        MON + timedelta(days=14), 9, 10
    )
    assert hours.add_open_time(at(MON, 0), timedelta(minutes=31)) is None


# The routine deadline


@pytest.mark.parametrize(
    ("received", "deadline"),
    [
        (at(MON, 0), at(TUE, 18)),
        (at(MON, 10), at(TUE, 18)),
        (at(MON, 23, 59), at(TUE, 18)),
        (at(FRI, 7), at(FRI + timedelta(days=3), 18)),
        (at(FRI, 19), at(FRI + timedelta(days=3), 18)),
        (at(SAT, 12), at(SAT + timedelta(days=2), 18)),
        (at(SUN, 12), at(SUN + timedelta(days=1), 18)),
    ],
)
def test_routine_is_due_at_the_last_closing_time_of_the_next_open_date(
    received, deadline
):
    assert weekdays(MORNING, AFTERNOON).routine_deadline(received) == deadline


def test_routine_on_the_eve_of_a_holiday_is_due_after_it():
    hours = weekdays(ALL_DAY, exceptions={TUE: (), WED: (MORNING,)})
    assert hours.routine_deadline(at(MON, 10)) == at(WED, 12, 30)


def test_the_routine_deadline_follows_the_clinics_date_not_the_patients():
    hours = weekdays(ALL_DAY, zone=NEW_YORK)
    late_monday_there = datetime(2025, 6, 3, 3, 30, tzinfo=UTC)
    assert hours.routine_deadline(late_monday_there) == at(TUE, 20, zone=NEW_YORK)


def test_closed_for_weeks_there_is_no_routine_deadline():
    closed = {MON + timedelta(days=n): () for n in range(1, 40)}
    assert weekdays(ALL_DAY, exceptions=closed).routine_deadline(at(MON, 10)) is None


# Clock changes

SPRING_LONDON, AUTUMN_LONDON = date(2025, 3, 30), date(2025, 10, 26)
SPRING_NEW_YORK, AUTUMN_NEW_YORK = date(2025, 3, 9), date(2025, 11, 2)
SPRING_LORD_HOWE, AUTUMN_LORD_HOWE = date(2025, 10, 5), date(2025, 4, 6)


@pytest.mark.parametrize(
    ("zone", "day", "open_for"),
    [
        (LONDON, SPRING_LONDON, timedelta(hours=22, minutes=59)),
        (LONDON, AUTUMN_LONDON, timedelta(hours=24, minutes=59)),
        (NEW_YORK, SPRING_NEW_YORK, timedelta(hours=22, minutes=59)),
        (NEW_YORK, AUTUMN_NEW_YORK, timedelta(hours=24, minutes=59)),
        (LORD_HOWE, SPRING_LORD_HOWE, timedelta(hours=23, minutes=29)),
        (LORD_HOWE, AUTUMN_LORD_HOWE, timedelta(hours=24, minutes=29)),
    ],
)
def test_a_day_of_a_clock_change_is_as_long_as_it_is(zone, day, open_for):
    hours = every_day(NIGHT, zone=zone)
    ((opens, closes),) = hours.spans_on(day)
    assert closes - opens == open_for
    assert hours.open_time_between(opens, closes) == open_for


@pytest.mark.parametrize(
    ("zone", "eve", "hours_asleep"),
    [
        (LONDON, SPRING_LONDON - timedelta(days=1), 11),
        (LONDON, AUTUMN_LONDON - timedelta(days=1), 13),
        (NEW_YORK, SPRING_NEW_YORK - timedelta(days=1), 11),
        (NEW_YORK, AUTUMN_NEW_YORK - timedelta(days=1), 13),
    ],
)
def test_minutes_are_carried_over_the_night_of_a_clock_change(zone, eve, hours_asleep):
    hours = every_day(ALL_DAY, zone=zone)
    received = at(eve, 19, 30, zone=zone)
    due = hours.add_open_time(received, timedelta(hours=2))
    assert due == at(eve + timedelta(days=1), 9, 30, zone=zone)
    assert due - received.astimezone(UTC) == timedelta(hours=hours_asleep + 2)


def test_an_opening_in_the_hour_that_spring_skips_does_not_exist():
    gone = every_day(Interval(time(1, 15), time(1, 45)), ALL_DAY)
    assert gone.spans_on(SPRING_LONDON) == (
        Span(at(SPRING_LONDON, 8), at(SPRING_LONDON, 20)),
    )


def test_openings_on_both_sides_of_the_skipped_hour_do_not_overlap():
    hours = every_day(
        Interval(time(0), time(1, 30)), Interval(time(1, 45), time(4)), zone=LONDON
    )
    ((opens, closes),) = hours.spans_on(SPRING_LONDON)
    assert opens == datetime(2025, 3, 30, 0, 0, tzinfo=UTC)
    assert closes == datetime(2025, 3, 30, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("clock", [time(1), time(1, 1), time(1, 30), time(1, 59)])
def test_a_skipped_opening_time_is_the_moment_of_the_change(clock):
    hours = every_day(Interval(clock, time(6)))
    change = datetime(2025, 3, 30, 1, 0, tzinfo=UTC)
    assert hours.spans_on(SPRING_LONDON)[0].opens == change


def test_a_half_hour_change_is_found_to_the_minute():
    hours = every_day(Interval(time(2, 20), time(6)), zone=LORD_HOWE)
    opens = hours.spans_on(SPRING_LORD_HOWE)[0].opens
    assert opens.astimezone(LORD_HOWE).time() == time(2, 30)


def test_of_two_equal_clock_times_in_autumn_the_first_counts():
    hours = every_day(Interval(time(1, 15), time(1, 45)))
    first = datetime(2025, 10, 26, 0, 15, tzinfo=UTC)
    assert hours.spans_on(AUTUMN_LONDON) == (
        Span(first, first + timedelta(minutes=30)),
    )
    assert not hours.is_open(first + timedelta(hours=1))


def test_a_date_that_a_country_skipped_has_no_openings():
    skipped = date(2011, 12, 30)
    hours = every_day(ALL_DAY, zone=APIA)
    assert hours.spans_on(skipped) == ()
    received = at(skipped - timedelta(days=1), 10, zone=APIA)
    assert hours.routine_deadline(received) == at(date(2011, 12, 31), 20, zone=APIA)


# Properties

clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@st.composite
def openings(draw):
    marks = sorted(draw(st.sets(clocks, min_size=2, max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(Interval(opens, closes) for opens, closes in pairs)


zones = st.sampled_from([LONDON, NEW_YORK, LORD_HOWE, ZoneInfo("Asia/Kathmandu")])
moments = st.datetimes(
    at(date(2025, 1, 1), 0, zone=None),
    at(date(2025, 12, 31), 0, zone=None),
    timezones=st.just(UTC),
)
any_hours = st.builds(
    OpeningHours,
    zones,
    st.dictionaries(st.integers(0, 6), openings(), min_size=1, max_size=7),
    st.dictionaries(
        st.dates(date(2025, 1, 1), date(2025, 12, 31)),
        st.one_of(st.just(()), openings()),
        max_size=5,
    ),
)


@given(any_hours, moments, st.integers(1, 600))
def test_adding_opening_time_and_counting_it_agree(hours, start, minutes):
    amount = timedelta(minutes=minutes)
    end = hours.add_open_time(start, amount)
    if end is not None:
        assert hours.open_time_between(start, end) == amount
        assert end > start


@given(any_hours, moments)
def test_the_clinic_opens_exactly_when_it_is_said_to_open(hours, moment):
    opening = hours.next_opening(moment)
    if opening is not None:
        assert opening > moment
        assert hours.is_open(opening)
        assert not hours.is_open(opening - timedelta(microseconds=1))


@given(any_hours, moments, moments, moments)
def test_opening_time_adds_up(hours, one, two, three):
    one, two, three = sorted([one, two, three])
    assert hours.open_time_between(one, two) + hours.open_time_between(two, three) == (
        hours.open_time_between(one, three)
    )


@given(any_hours, st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_openings_of_a_date_are_in_order_and_apart(hours, day):
    flat = [moment for span in hours.spans_on(day) for moment in span]
    assert flat == sorted(set(flat))

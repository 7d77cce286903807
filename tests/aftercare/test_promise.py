"""By when a person will have looked, and how it is said."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.promise import (
    Interval,
    OpeningHours,
    OpeningState,
    Targets,
    When,
    clock_words,
    day_words,
    moment_words,
    promise,
    time_left,
    when,
    zone_words,
)
from aftercare.warning_signs.vocabulary import Level

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
DUBLIN = ZoneInfo("Europe/Dublin")

ALL_DAY = Interval(time(8), time(20))
MORNING = Interval(time(9), time(12, 30))
AFTERNOON = Interval(time(13, 30), time(18))

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2025, 6, day) for day in range(2, 9))
NEXT_MON = date(2025, 6, 9)

WEEKDAYS = OpeningHours(LONDON, dict.fromkeys(range(5), (ALL_DAY,)))
WITH_LUNCH = OpeningHours(LONDON, dict.fromkeys(range(5), (MORNING, AFTERNOON)))


def closed_after(day, weeks):
    dates = [day + timedelta(days=n) for n in range(1, weeks * 7 + 1)]
    return OpeningHours(LONDON, WEEKDAYS.weekly, dict.fromkeys(dates, ()))


def at(day, hour, minute=0, zone=LONDON):
    return datetime.combine(day, time(hour, minute), zone)


# Targets


def test_the_specified_targets_are_fifteen_minutes_and_two_hours():
    assert (Targets().emergency_minutes, Targets().urgent_minutes) == (15, 120)


@pytest.mark.parametrize("minutes", [0, -1, 16])
def test_the_emergency_target_can_only_be_tightened(minutes):
    with pytest.raises(ValueError, match="emergency target"):
        Targets(emergency_minutes=minutes)


@pytest.mark.parametrize("minutes", [0, 121])
def test_the_urgent_target_can_only_be_tightened(minutes):
    with pytest.raises(ValueError, match="urgent target"):
        Targets(urgent_minutes=minutes)


def test_a_tighter_target_makes_an_earlier_promise():
    targets = Targets(emergency_minutes=5, urgent_minutes=45)
    made = promise(Level.URGENT, at(MON, 10), WEEKDAYS, targets)
    assert made.due_at == at(MON, 10, 45)
    made = promise(Level.EMERGENCY, at(MON, 10), WEEKDAYS, targets)
    assert made.due_at == at(MON, 10, 5)


def test_a_promise_is_not_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        promise(Level.URGENT, at(MON, 10), WEEKDAYS).due_at = None


# Urgent and emergency


def test_urgent_in_the_morning_is_looked_at_within_two_hours():
    made = promise(Level.URGENT, at(MON, 8, 14), WEEKDAYS)
    assert made.state is OpeningState.OPEN
    assert made.due_at == at(MON, 10, 14)
    assert made.quarter_at == at(MON, 8, 44)
    assert made.open_now
    assert not made.crosses_closing
    assert made.closes_at == at(MON, 20)
    assert made.opens_at == at(TUE, 8)


def test_urgent_half_an_hour_before_closing_is_already_out_of_hours():
    made = promise(Level.URGENT, at(MON, 19, 30), WEEKDAYS)
    assert made.state is OpeningState.CLOSING
    assert made.crosses_closing
    assert made.open_now
    assert made.due_at == at(TUE, 9, 30)
    assert made.quarter_at == at(MON, 20)


def test_a_target_that_ends_at_closing_time_does_not_cross_it():
    made = promise(Level.URGENT, at(MON, 18), WEEKDAYS)
    assert made.state is OpeningState.OPEN
    assert made.due_at == at(MON, 20)
    late = promise(Level.URGENT, at(MON, 18, 1), WEEKDAYS)
    assert late.state is OpeningState.CLOSING
    assert late.due_at == at(TUE, 8, 1)


def test_lunch_is_a_closing_time_too():
    made = promise(Level.URGENT, at(MON, 12), WITH_LUNCH)
    assert made.state is OpeningState.CLOSING
    assert made.due_at == at(MON, 15)
    assert made.opens_at == at(MON, 13, 30)


def test_urgent_at_lunch_time_counts_from_the_afternoon():
    made = promise(Level.URGENT, at(MON, 13), WITH_LUNCH)
    assert made.state is OpeningState.CLOSED
    assert made.due_at == at(MON, 15, 30)
    assert made.quarter_at == at(MON, 14)
    assert not made.crosses_closing


@pytest.mark.parametrize("received", [at(FRI, 20), at(SAT, 3), at(SUN, 23)])
def test_urgent_at_the_weekend_counts_from_monday(received):
    made = promise(Level.URGENT, received, WEEKDAYS)
    assert made.state is OpeningState.CLOSED
    assert made.due_at == at(NEXT_MON, 10)
    assert made.opens_at == at(NEXT_MON, 8)
    assert made.closes_at is None


def test_an_emergency_when_closed_is_due_fifteen_minutes_after_opening():
    made = promise(Level.EMERGENCY, at(SUN, 3), WEEKDAYS)
    assert made.due_at == at(NEXT_MON, 8, 15)
    assert made.state is OpeningState.CLOSED


def test_an_emergency_ten_minutes_before_closing_crosses_it():
    made = promise(Level.EMERGENCY, at(MON, 19, 50), WEEKDAYS)
    assert made.crosses_closing
    assert made.due_at == at(TUE, 8, 5)


def test_two_hours_over_the_night_of_a_clock_change():
    every_day = OpeningHours(NEW_YORK, dict.fromkeys(range(7), (ALL_DAY,)))
    for eve in (date(2025, 3, 8), date(2025, 11, 1)):
        made = promise(Level.URGENT, at(eve, 19, 30, zone=NEW_YORK), every_day)
        assert made.due_at == at(eve + timedelta(days=1), 9, 30, zone=NEW_YORK)


def test_targets_run_through_short_openings_until_they_are_used_up():
    short = OpeningHours(
        LONDON, dict.fromkeys(range(5), (Interval(time(9), time(9, 50)),))
    )
    made = promise(Level.URGENT, at(MON, 9), short)
    assert made.due_at == at(WED, 9, 20)


# Routine


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (at(MON, 7), at(TUE, 20)),
        (at(MON, 10), at(TUE, 20)),
        (at(FRI, 10), at(NEXT_MON, 20)),
        (at(SUN, 10), at(NEXT_MON, 20)),
    ],
)
def test_routine_is_due_by_the_end_of_the_next_working_day(received, due):
    assert promise(Level.PROMPT, received, WEEKDAYS).due_at == due


def test_routine_before_a_holiday_is_due_after_it():
    hours = OpeningHours(LONDON, WEEKDAYS.weekly, {TUE: ()})
    assert promise(Level.PROMPT, at(MON, 10), hours).due_at == at(WED, 20)


def test_routine_never_crosses_closing():
    made = promise(Level.PROMPT, at(MON, 19, 59), WEEKDAYS)
    assert not made.crosses_closing
    assert made.state is OpeningState.OPEN


def test_routine_at_night_says_that_the_clinic_is_closed():
    assert promise(Level.PROMPT, at(MON, 22), WEEKDAYS).state is OpeningState.CLOSED


def test_a_quarter_of_a_routine_target_is_a_quarter_of_its_opening_time():
    made = promise(Level.PROMPT, at(MON, 12), WEEKDAYS)
    assert made.quarter_at == at(MON, 17)


# Nothing to promise


@pytest.mark.parametrize("level", [Level.NONE, Level.WATCH])
def test_levels_without_a_flag_promise_nothing(level):
    made = promise(level, at(MON, 19, 59), WEEKDAYS)
    assert made.due_at is None
    assert made.quarter_at is None
    assert not made.crosses_closing
    assert made.state is OpeningState.OPEN


@pytest.mark.parametrize("level", [Level.PROMPT, Level.URGENT, Level.EMERGENCY])
def test_closed_for_weeks_nothing_is_promised(level):
    made = promise(level, at(TUE, 10), closed_after(MON, weeks=4))
    assert made.state is OpeningState.NO_HOURS
    assert made.due_at is None
    assert made.quarter_at is None
    assert made.opens_at is None


def test_the_last_half_hour_before_weeks_closed_is_out_of_hours_without_a_promise():
    made = promise(Level.URGENT, at(MON, 19, 30), closed_after(MON, weeks=4))
    assert made.state is OpeningState.CLOSING
    assert made.due_at is None


def test_routine_on_the_last_day_before_weeks_closed_promises_nothing():
    made = promise(Level.PROMPT, at(MON, 10), closed_after(MON, weeks=4))
    assert made.state is OpeningState.NO_HOURS
    assert made.open_now


def test_closed_for_a_week_the_promise_waits_for_the_opening():
    made = promise(Level.URGENT, at(TUE, 10), closed_after(MON, weeks=1))
    assert made.due_at == at(date(2025, 6, 10), 10)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs a time zone"):
        promise(Level.URGENT, at(MON, 9, zone=None), WEEKDAYS)


# Properties

moments = st.datetimes(
    at(date(2025, 1, 1), 0, zone=None),
    at(date(2025, 12, 31), 0, zone=None),
    timezones=st.just(UTC),
)
levels = st.sampled_from([Level.PROMPT, Level.URGENT, Level.EMERGENCY])
clinics = st.sampled_from(
    [
        WEEKDAYS,
        WITH_LUNCH,
        OpeningHours(NEW_YORK, {1: (MORNING,), 4: (AFTERNOON,)}),
        OpeningHours(
            ZoneInfo("Australia/Lord_Howe"), dict.fromkeys(range(7), (ALL_DAY,))
        ),
        closed_after(date(2025, 7, 31), weeks=1),
    ]
)


@given(levels, moments, clinics)
def test_a_quarter_is_never_before_receipt_and_never_after_the_deadline(
    level, moment, hours
):
    made = promise(level, moment, hours)
    assert moment <= made.quarter_at <= made.due_at


@given(levels, moments, moments, clinics)
def test_who_comes_later_is_never_promised_an_earlier_time(level, one, two, hours):
    first, second = sorted([one, two])
    assert promise(level, first, hours).due_at <= promise(level, second, hours).due_at


@given(moments, clinics)
def test_a_higher_level_is_never_looked_at_later(moment, hours):
    prompt, urgent, emergency = (
        promise(level, moment, hours).due_at
        for level in (Level.PROMPT, Level.URGENT, Level.EMERGENCY)
    )
    assert emergency <= urgent <= prompt


@given(levels, moments, clinics)
def test_the_state_says_what_the_clock_says(level, moment, hours):
    made = promise(level, moment, hours)
    assert made.open_now == hours.is_open(moment)
    assert made.open_now == (made.state in {OpeningState.OPEN, OpeningState.CLOSING})
    assert made.crosses_closing == (made.state is OpeningState.CLOSING)


# Words

NOW = at(MON, 8, 14)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(MON, 10, 14), "10:14am"),
        (at(MON, 18), "6pm"),
        (at(TUE, 18), "tomorrow, 6pm"),
        (at(WED, 18), "Wednesday, 6pm"),
        (at(SUN, 9, 5), "Sunday, 9:05am"),
        (at(NEXT_MON, 18), "Monday 9 June, 6pm"),
        (at(MON - timedelta(days=1), 8), "yesterday, 8am"),
        (at(MON - timedelta(days=2), 8), "Saturday 31 May, 8am"),
        (at(date(2027, 6, 3), 18), "Thursday 3 June 2027, 6pm"),
        (at(date(2024, 6, 3), 18), "Monday 3 June 2024, 6pm"),
    ],
)
def test_times_are_said_as_people_say_them(moment, words):
    assert moment_words(moment, NOW, LONDON) == words


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(0), "midnight"),
        (time(0, 30), "12:30am"),
        (time(8), "8am"),
        (time(11, 59), "11:59am"),
        (time(12), "midday"),
        (time(12, 5), "12:05pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_clock_times_are_said_in_twelve_hours(clock, words):
    assert clock_words(datetime.combine(MON, clock)) == words


def test_the_day_is_the_clinics_day():
    moment = datetime(2025, 6, 3, 2, 0, tzinfo=UTC)
    assert day_words(moment, at(MON, 12, zone=NEW_YORK), NEW_YORK) == "today"
    assert day_words(moment, at(MON, 12, zone=NEW_YORK), LONDON) == "tomorrow"


def test_the_zone_is_named_where_the_patients_clock_shows_another_time():
    words = moment_words(at(MON, 10, 14), NOW, LONDON, patient_zone=NEW_YORK)
    assert words == "10:14am (London time)"


@pytest.mark.parametrize("patient_zone", [None, LONDON, DUBLIN])
def test_the_zone_is_not_named_where_both_clocks_agree(patient_zone):
    words = moment_words(at(MON, 10, 14), NOW, LONDON, patient_zone=patient_zone)
    assert words == "10:14am"


def test_zones_are_named_by_their_city():
    assert zone_words(NEW_YORK) == "New York time"
    assert zone_words(ZoneInfo("America/Argentina/Buenos_Aires")) == "Buenos Aires time"


def test_a_promise_is_put_into_words_for_the_advice():
    made = promise(Level.URGENT, at(MON, 19, 30), WEEKDAYS)
    assert when(made, LONDON) == When(
        OpeningState.CLOSING,
        due="tomorrow, 9:30am",
        opens="tomorrow, 8am",
        closes="8pm",
    )


def test_read_the_next_day_the_same_promise_is_for_today():
    made = promise(Level.URGENT, at(MON, 19, 30), WEEKDAYS)
    assert when(made, LONDON, now=at(TUE, 7)).due == "9:30am"


def test_words_for_a_patient_abroad_name_the_zone():
    made = promise(Level.URGENT, at(MON, 8, 14), WEEKDAYS)
    assert when(made, LONDON, patient_zone=NEW_YORK).due == "10:14am (London time)"


def test_no_promise_has_no_words():
    made = promise(Level.URGENT, at(TUE, 10), closed_after(MON, weeks=4))
    assert when(made, LONDON) == When(OpeningState.NO_HOURS)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (102, "1 h 42 min left"),
        (9, "9 min left"),
        (60, "1 h left"),
        (1, "1 min left"),
        (0, "due now"),
        (-1, "1 min late"),
        (-18, "18 min late"),
        (-75, "1 h 15 min late"),
        (24 * 60, "1 day left"),
        (26 * 60 + 5, "1 day 2 h left"),
        (-49 * 60, "2 days 1 h late"),
    ],
)
def test_staff_read_a_deadline_as_time_left(minutes, words):
    assert time_left(NOW + timedelta(minutes=minutes), NOW) == words


def test_seconds_do_not_make_a_deadline_late():
    assert time_left(NOW - timedelta(seconds=59), NOW) == "due now"
    assert time_left(NOW + timedelta(seconds=119), NOW) == "1 min left"


def test_time_left_is_right_across_a_clock_change():
    before, after = at(date(2025, 3, 30), 0, 30), at(date(2025, 3, 30), 3, 30)
    assert time_left(after, before) == "2 h left"

"""Reminders come once on each day that asks for one, at the chosen time, never at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.reminders import (
    LATEST,
    NUDGE_AFTER,
    PROMPT_DAYS,
    QUIET_UNTIL,
    SPREAD,
    Prompt,
    awake,
    is_quiet,
    next_prompt,
    nudge_moment,
    reminder_moment,
    still_of_use,
)

LONDON = ZoneInfo("Europe/London")
KEY = UUID(int=7)
YEAR = 400  # days: every zone's two clock changes and a month of overlap

# From +14 to -11, with half hours, odd changes and no changes at all.
SOME_ZONES = (
    "Africa/Cairo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)


def local(moment: datetime | None, zone: ZoneInfo) -> datetime:
    assert moment is not None
    return moment.astimezone(zone)


def days_from(start: date, count: int = YEAR) -> list[date]:
    return [start + timedelta(days=number) for number in range(count)]


def test_the_chosen_time_is_kept_within_twenty_minutes() -> None:
    for day in days_from(date(2026, 1, 1)):
        sent = local(reminder_moment(day, time(13), LONDON, KEY), LONDON)
        wanted = datetime.combine(day, time(13), LONDON)
        assert abs(sent.replace(tzinfo=None) - wanted.replace(tzinfo=None)) <= SPREAD


def test_not_every_patient_is_reminded_in_the_same_minute() -> None:
    day = date(2026, 6, 1)
    minutes = {
        reminder_moment(day, time(13), LONDON, UUID(int=number))
        for number in range(500)
    }
    assert len(minutes) == 41


def test_the_same_patient_and_date_give_the_same_moment() -> None:
    moments = {reminder_moment(date(2026, 6, 1), time(13), LONDON, KEY) for _ in "abc"}
    assert len(moments) == 1


@pytest.mark.parametrize(
    ("wanted", "earliest", "latest"),
    [
        (time(3), time(8), time(8)),
        (time(8), time(8), time(8, 20)),
        (time(20, 50), time(20, 30), LATEST),
        (time(23), LATEST, LATEST),
    ],
)
def test_a_time_at_night_becomes_the_nearest_time_by_day(
    wanted: time, earliest: time, latest: time
) -> None:
    for day in days_from(date(2026, 1, 1), 60):
        sent = local(reminder_moment(day, wanted, LONDON, KEY), LONDON)
        assert earliest <= sent.time() <= latest
        assert sent.date() == day


@pytest.mark.parametrize("name", SOME_ZONES)
def test_a_year_of_dates_in_one_zone_misses_none_doubles_none_and_wakes_nobody(
    name: str,
) -> None:
    assert faults(ZoneInfo(name), date(2026, 1, 1)) == []


def faults(zone: ZoneInfo, start: date, wanted: time = time(8)) -> list[str]:
    """What is wrong with a year of reminders in one zone."""
    moments = [reminder_moment(day, wanted, zone, KEY) for day in days_from(start)]
    sent = [moment for moment in moments if moment is not None]
    wrong = [f"{len(moments) - len(sent)} missed"] if len(sent) < len(moments) else []
    wrong += [f"{one} at night" for one in sent if is_quiet(one, zone)]
    wrong += [f"{two} not after {one}" for one, two in pairwise(sent) if two <= one]
    dates = {moment.astimezone(zone).date() for moment in sent}
    return wrong + ([] if len(dates) == len(sent) else ["two on one date"])


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    start=st.dates(date(2024, 1, 1), date(2035, 1, 1)),
    wanted=st.times(),
)
def test_any_zone_any_year_any_time(zone: str, start: date, wanted: time) -> None:
    assert faults(ZoneInfo(zone), start, wanted) == []


def test_a_date_that_a_zone_leaves_out_has_no_reminder() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert reminder_moment(date(2011, 12, 30), time(13), apia, KEY) is None
    assert reminder_moment(date(2011, 12, 31), time(13), apia, KEY) is not None


def test_a_time_that_the_spring_change_skips_is_moved_on() -> None:
    sent = awake(time(8, 30), date(2026, 3, 29), ZoneInfo("Europe/London"))
    assert local(sent, LONDON).time() == time(8, 30)
    troll = ZoneInfo("Antarctica/Troll")
    assert awake(time(1, 30), date(2026, 3, 29), troll) is None  # still night


def test_a_nudge_comes_five_hours_after_the_reminder_left() -> None:
    reminded = datetime(2026, 6, 1, 12, tzinfo=UTC)  # 1pm in London
    assert nudge_moment(reminded, LONDON) == reminded + NUDGE_AFTER


@pytest.mark.parametrize("hour", [15, 16, 17, 19])
def test_a_nudge_that_would_come_at_night_does_not_come(hour: int) -> None:
    reminded = datetime(2026, 6, 1, hour, tzinfo=UTC)
    assert nudge_moment(reminded, LONDON) is None


def test_quiet_hours_end_at_eight() -> None:
    eight = datetime.combine(date(2026, 1, 5), QUIET_UNTIL, LONDON)
    assert not is_quiet(eight, LONDON)
    assert is_quiet(eight - timedelta(minutes=1), LONDON)


def asked_after(after: date, zone: ZoneInfo = LONDON) -> Prompt | None:
    return next_prompt(
        performed_on=date(2026, 6, 1), after=after, wanted=time(13), zone=zone, key=KEY
    )


def test_a_course_asks_on_twenty_days() -> None:
    asked, after = [], date(2026, 6, 1)
    while found := asked_after(after):
        asked.append(found.day)
        assert found.date == date(2026, 6, 1) + timedelta(days=found.day)
        after = found.date
    assert tuple(asked) == PROMPT_DAYS
    assert len(asked) == 20


def test_a_patient_who_flies_over_the_date_line_misses_and_doubles_no_date() -> None:
    for before, behind in (
        ("Pacific/Kiritimati", "Pacific/Pago_Pago"),
        ("Pacific/Pago_Pago", "Pacific/Kiritimati"),
    ):
        last = asked_after(date(2026, 6, 4), ZoneInfo(before))
        assert last is not None
        following = asked_after(last.date, ZoneInfo(behind))
        assert following is not None
        assert following.date == date(2026, 6, 6)
        # Eastwards its time has passed on landing, and it is still sent that day.
        assert still_of_use(following, max(following.at, last.at), ZoneInfo(behind))


def test_a_reminder_is_of_no_use_the_next_day_or_at_night() -> None:
    prompt = asked_after(date(2026, 6, 4))
    assert prompt is not None
    assert still_of_use(prompt, prompt.at, LONDON)
    assert still_of_use(prompt, prompt.at + timedelta(hours=6), LONDON)
    assert not still_of_use(prompt, prompt.at + timedelta(hours=9), LONDON)
    assert not still_of_use(prompt, prompt.at + timedelta(days=1), LONDON)

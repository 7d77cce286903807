"""Who is on duty, when nobody is, and who is told of a flag that waits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.promise import Interval, OpeningHours, Span, Targets, promise
from aftercare.promise.cover import Shift, backups, gaps, on_duty
from aftercare.promise.ladder import (
    Rung,
    Waiting,
    first_rung_at,
    next_rung_at,
    rung_times,
    rungs_due,
)
from aftercare.warning_signs.vocabulary import Level

LONDON = ZoneInfo("Europe/London")
DAY = Interval(time(8), time(18))
HOURS = OpeningHours(LONDON, dict.fromkeys(range(5), (DAY,)))
TARGETS = Targets()
PRIYA, SAM = UUID(int=1), UUID(int=2)
MONDAY = date(2026, 1, 5)
FLAGGED = (Level.PROMPT, Level.URGENT, Level.EMERGENCY)


def at(hour: float, day: int = 0) -> datetime:
    """An hour of the Monday, or of a later day; in winter London's clock is UTC."""
    start = datetime.combine(MONDAY, time(0), UTC)
    return start + timedelta(days=day, hours=hour)


def shift(starts: float, ends: float, backup: UUID | None = SAM) -> Shift:
    return Shift(PRIYA, backup, at(starts), at(ends))


# --- Duty -----------------------------------------------------------------------------


def test_who_is_on_duty_answers_until_the_shift_ends() -> None:
    shifts = [shift(8, 13)]
    assert on_duty(shifts, at(8)) == {PRIYA}
    assert backups(shifts, at(12.9)) == {SAM}
    assert on_duty(shifts, at(13)) == backups(shifts, at(13)) == frozenset()
    assert backups([shift(8, 13, backup=None)], at(9)) == frozenset()


@pytest.mark.parametrize(
    ("shifts", "open_gaps"),
    [
        ([], [(8, 18)]),
        ([(8, 18)], []),
        ([(0, 24)], []),
        ([(8, 13)], [(13, 18)]),
        ([(9, 13), (14, 18)], [(8, 9), (13, 14)]),
        ([(9, 15), (10, 12)], [(8, 9), (15, 18)]),
        ([(10, 12), (9, 15)], [(8, 9), (15, 18)]),
        ([(8, 12), (12, 18)], []),
        ([(20, 22)], [(8, 18)]),
    ],
)
def test_gaps_are_the_opening_times_without_anybody(
    shifts: list[tuple[float, float]], open_gaps: list[tuple[float, float]]
) -> None:
    found = gaps([shift(*one) for one in shifts], HOURS, at(0), at(24))
    assert found == tuple(Span(at(one), at(two)) for one, two in open_gaps)


def test_gaps_are_looked_for_within_the_time_asked_about_and_on_open_days() -> None:
    assert gaps([], HOURS, at(10), at(12)) == (Span(at(10), at(12)),)
    assert gaps([], HOURS, at(0, day=5), at(24, day=6)) == ()
    assert len(gaps([], HOURS, at(0), at(24, day=6))) == 5


@given(
    st.lists(st.tuples(st.integers(0, 23), st.integers(1, 10)), max_size=6),
    st.integers(0, 24 * 60 - 1),
)
def test_at_any_minute_either_somebody_is_on_duty_or_it_is_a_gap_or_we_are_closed(
    spans: list[tuple[int, int]], minute: int
) -> None:
    shifts = [shift(start, start + length) for start, length in spans]
    now = at(minute / 60)
    in_gap = any(
        one.opens <= now < one.closes for one in gaps(shifts, HOURS, at(0), at(24))
    )
    assert in_gap == (HOURS.is_open(now) and not on_duty(shifts, now))


@pytest.mark.parametrize(
    ("starts", "ends", "backup", "words"),
    [
        (at(9), at(9), SAM, "end after"),
        (at(9), at(8), SAM, "end after"),
        (at(8), at(9), PRIYA, "own backup"),
        (datetime(2026, 1, 5, 8), at(9), SAM, "time zone"),
        (at(8), datetime(2026, 1, 5, 9), SAM, "time zone"),
    ],
)
def test_an_impossible_shift_is_refused(
    starts: datetime, ends: datetime, backup: UUID, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Shift(PRIYA, backup, starts, ends)


# --- The ladder -----------------------------------------------------------------------


def waiting(level: Level, raised: datetime, *told: Rung) -> Waiting:
    due = promise(level, raised, HOURS, TARGETS).due_at
    return Waiting(level, raised, due, frozenset(told))


def due(flag: Waiting, now: datetime) -> tuple[Rung, ...]:
    return rungs_due(flag, now, HOURS, TARGETS)


def test_an_urgent_flag_tells_at_once_the_backup_after_half_an_hour_the_lead_after_two() -> (
    None
):
    flag = waiting(Level.URGENT, at(9))
    assert due(flag, at(9)) == (Rung.RAISED,)
    assert due(flag, at(9.49)) == (Rung.RAISED,)
    assert due(flag, at(9.5)) == (Rung.RAISED, Rung.QUARTER)
    assert due(flag, at(11)) == (Rung.RAISED, Rung.QUARTER, Rung.LATE)
    told = waiting(Level.URGENT, at(9), Rung.RAISED)
    assert due(told, at(9.49)) == ()
    assert next_rung_at(told, HOURS, TARGETS) == at(9.5)
    climbed = waiting(Level.URGENT, at(9), Rung.RAISED, Rung.QUARTER)
    assert due(climbed, at(11)) == (Rung.LATE,)


def test_an_emergency_tells_everyone_at_once_even_when_closed() -> None:
    assert due(waiting(Level.EMERGENCY, at(9)), at(9)) == (Rung.RAISED,)
    night = waiting(Level.EMERGENCY, at(2))
    assert due(night, at(2)) == (Rung.RAISED,)
    assert due(night, at(8 + 4 / 60)) == (Rung.RAISED, Rung.QUARTER)
    assert due(night, at(8.25)) == (Rung.RAISED, Rung.QUARTER, Rung.LATE)


@pytest.mark.parametrize(
    ("level", "first"),
    [(Level.EMERGENCY, 0), (Level.URGENT, 0), (Level.PROMPT, 5)],
)
def test_what_is_urgent_is_looked_at_when_it_rises_and_what_is_routine_later(
    level: Level, first: float
) -> None:
    for hour in (8, 12, 20):
        made = promise(level, at(hour), HOURS, TARGETS)
        looked_at = first_rung_at(made)
        assert looked_at == (made.quarter_at if first else at(hour))
        assert (due(waiting(level, at(hour)), at(hour)) == ()) == bool(first)


def test_a_routine_flag_waits_a_quarter_of_the_opening_time() -> None:
    flag = waiting(Level.PROMPT, at(8))  # due Tuesday at 6pm: twenty opening hours
    assert rung_times(flag, HOURS, TARGETS) == {
        Rung.RAISED: None,
        Rung.QUARTER: at(13),
        Rung.LATE: at(18, day=1),
    }
    assert next_rung_at(flag, HOURS, TARGETS) == at(13)


def test_a_ladder_that_was_climbed_has_no_next_rung() -> None:
    flag = waiting(Level.URGENT, at(9), *Rung)
    assert next_rung_at(flag, HOURS, TARGETS) is None
    assert due(flag, at(23)) == ()


@given(
    st.sampled_from(FLAGGED), st.integers(0, 7 * 24 * 60), st.integers(0, 20 * 24 * 60)
)
def test_nothing_waits_past_its_deadline_without_every_rung_told(
    level: Level, raised: int, later: int
) -> None:
    flag = waiting(level, at(raised / 60))
    now = flag.raised_at + timedelta(minutes=later)
    told = due(flag, now)
    assert flag.due_at is not None
    if now >= flag.due_at:
        assert {Rung.QUARTER, Rung.LATE} <= set(told)
    # Rungs come in order: nobody above is told before those below.
    assert list(told) == sorted(told, key=list(Rung).index)

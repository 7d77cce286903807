"""Made-up clinics for a week: no flag unread, no silence unnoticed; and it would be seen.

The long run is `script/bench simulation`; what it found stands in docs/simulation.md.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aftercare.promise import Interval, OpeningHours, promise
from aftercare.warning_signs.vocabulary import Level
from benchmarks.simulation.agenda import Agenda
from benchmarks.simulation.calendars import Calendar
from benchmarks.simulation.clinics import short_run
from benchmarks.simulation.house import House, simulate
from benchmarks.simulation.measure import lines, quantile, ratios
from benchmarks.simulation.paper import paper

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def promises(house: House) -> set[str]:
    """What was not kept."""
    return {one.promise for one in house.book.broken}


@pytest.mark.django_db
@pytest.mark.pulse
def test_in_a_week_of_three_clinics_every_promise_is_kept() -> None:
    house = simulate(short_run())
    assert [str(one) for one in house.book.broken] == []
    assert house.book.counts["logs"] > 30
    assert house.book.counts["silences NO-LOGS"] > 0
    assert house.book.counts["silences MISSED"] > 0
    assert {rise.level for rise in house.book.rises.values()} >= {2, 3}
    assert any(rise.is_late and rise.has_moved for rise in house.book.rises.values())
    assert sum(line.unviewed for line in lines(house)) == 0
    assert all(one.is_kept for one in ratios(house))
    page = paper(house, "script/bench simulation --short", "a day")
    assert "- No promise was broken." in page
    assert "| Pressed | URGENT |" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("without", "clinic", "broken"),
    [
        (
            "ladder",
            "Single",
            {
                "an urgent flag alerts those on duty",
                "the backup is told when a quarter is gone",
            },
        ),
        ("order", "Pressed", {"red is viewed in a quarter of amber's time"}),
    ],
)
def test_what_is_left_out_is_missed(
    without: str, clinic: str, broken: set[str]
) -> None:
    assert broken <= promises(simulate(short_run("short", without, 5, clinic)))


# --- Its own instruments ----------------------------------------------------------------


def test_events_happen_in_the_order_of_their_moments() -> None:
    agenda, seen = Agenda(MONDAY), []
    agenda.after(timedelta(hours=2), lambda: seen.append("late"))
    agenda.after(
        timedelta(hours=1), lambda: agenda.at(MONDAY, lambda: seen.append("now"))
    )
    agenda.after(timedelta(hours=9), lambda: seen.append("never"))
    agenda.run(MONDAY + timedelta(hours=3), lambda _: None)
    assert seen == ["now", "late"]
    assert agenda.now == MONDAY + timedelta(hours=3)


def test_its_opening_hours_agree_with_the_products_through_a_change_of_the_clocks() -> (
    None
):
    zone = ZoneInfo("Europe/London")
    weekly = dict.fromkeys(range(5), (("08:30", "12:00"), ("13:00", "18:00")))
    closed = frozenset({date(2026, 3, 30)})
    mine = Calendar(zone, weekly, closed)
    spans = tuple(
        Interval(*(datetime.strptime(clock, "%H:%M").time() for clock in one))
        for one in weekly[0]
    )
    theirs = OpeningHours(
        zone, dict.fromkeys(range(5), spans), dict.fromkeys(closed, ())
    )
    for number in range(300):
        at = MONDAY + timedelta(days=20, minutes=53 * number)
        for level in (Level.PROMPT, Level.URGENT, Level.EMERGENCY):
            made = promise(level, at, theirs)
            assert mine.deadline(level, at) == made.due_at
            assert made.due_at is not None
            assert mine.quarter(at, made.due_at) == made.quarter_at


def test_half_and_the_slowest_of_some_times() -> None:
    assert quantile([], 0.5) == 0
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile(list(range(100)), 0.95) == 95

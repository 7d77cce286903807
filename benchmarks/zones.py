"""Every time zone there is, four hundred days each: reminders, noons and days of a course.

Four hundred days hold both clock changes of every zone that has any. Nothing may be
missed, doubled, sent at night or put on another date. `tests/reminders` asks the same of
some zones in every run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import perf_counter
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from aftercare.reminders import (
    PROMPT_DAYS,
    awake,
    is_quiet,
    next_prompt,
    nudge_moment,
    reminder_moment,
)

KEY = UUID(int=7)
START, DAYS = date(2026, 1, 1), 400
WANTED = (time(0), time(8), time(13), time(20, 50), time(23, 59))
EVERY_WEEK = 7
HOURS = 24


def main(_: list[str]) -> int:
    """Exit code 1 when anything is wrong in any zone."""
    began, looked, wrong = perf_counter(), 0, 0
    names = sorted(available_timezones())
    for name in names:
        for found in faults(ZoneInfo(name)):
            looked += 1
            if found:
                wrong += 1
                print(f"{name}: {found}")
    print(
        f"{len(names)} zones, {DAYS} days from {START}: {looked:,} moments looked at in "
        f"{perf_counter() - began:.0f} s, {wrong} of them missed, doubled, at night or on "
        "another date."
    )
    return int(wrong > 0)


def faults(zone: ZoneInfo) -> Iterator[str]:
    """What is wrong with each moment of a zone; empty where nothing is."""
    for wanted in WANTED:
        yield from reminders(zone, wanted)
    yield from courses(zone)
    yield from noons(zone)
    yield from days(zone)


def reminders(zone: ZoneInfo, wanted: time) -> Iterator[str]:
    """One a day on its own date, by day, later than the last; a nudge not at night."""
    last = datetime.min.replace(tzinfo=UTC)
    for day in dates():
        sent = reminder_moment(day, wanted, zone, KEY)
        if sent is None:
            yield f"no reminder on {day}"
            continue
        nudge = nudge_moment(sent, zone)
        faulty = (
            is_quiet(sent, zone)
            or sent.astimezone(zone).date() != day
            or sent <= last
            or (nudge is not None and is_quiet(nudge, zone))
        )
        yield f"the reminder of {day} at {sent}" if faulty else ""
        last = sent


def courses(zone: ZoneInfo) -> Iterator[str]:
    """A course that begins in each week is asked about on its days, each once."""
    for start in dates()[::EVERY_WEEK]:
        asked, after = [], start
        while prompt := next_prompt(
            performed_on=start, after=after, wanted=time(13), zone=zone, key=KEY
        ):
            asked.append(prompt.day)
            after = prompt.date
        whole = tuple(asked) == PROMPT_DAYS
        yield "" if whole else f"a course from {start} is asked about on {asked}"


def noons(zone: ZoneInfo) -> Iterator[str]:
    """The check for silence: noon of each date, about a day after the last."""
    found = [awake(time(12), day, zone) for day in dates()]
    for day, (one, two) in zip(dates()[1:], pairwise(found), strict=False):
        apart = two - one if one and two else None
        regular = apart is not None and timedelta(hours=22) < apart < timedelta(
            hours=26
        )
        yield "" if regular else f"the noon of {day} comes {apart} after the last"


def days(zone: ZoneInfo) -> Iterator[str]:
    """Hour after hour: no local date is left out, none comes back."""
    first = datetime.combine(START, time(), zone).astimezone(UTC)
    hours = (first + timedelta(hours=number) for number in range(DAYS * HOURS))
    dated = [moment.astimezone(zone).date() for moment in hours]
    for one, two in pairwise(dated):
        gone_on = two - one in {timedelta(), timedelta(days=1)}
        yield "" if gone_on else f"{two} follows {one}"


def dates() -> list[date]:
    return [START + timedelta(days=number) for number in range(DAYS)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

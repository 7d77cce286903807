"""One week of the rota: who is on duty each day, and the opening times without anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from aftercare.models import Clinic, Duty, StaffMember
from aftercare.promise import OpeningHours, Span, times_words
from aftercare.promise.cover import gaps
from aftercare.promise.wall_clock import moment_of

from .colleagues import Names, carers, working

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn of duty as it stands on its day. `gone`: who has it no longer counts."""

    starts_at: datetime
    id: UUID
    when: str
    name: str
    backup: str
    gone: bool
    is_now: bool
    is_over: bool
    is_gap: ClassVar = False


@dataclass(frozen=True, slots=True)
class GapLine:
    """An opening time without anybody; the rest is what the form is filled with."""

    starts_at: datetime
    when: str
    day: date
    starts: str
    ends: str
    is_gap: ClassVar = True


@dataclass(frozen=True, slots=True)
class RotaDay:
    """One date. `hours` is empty when the clinic is closed."""

    date: date
    label: str
    is_today: bool
    is_past: bool
    hours: str
    lines: tuple[TurnLine | GapLine, ...]


@dataclass(frozen=True, slots=True)
class RotaPage:
    """A week from Monday to Sunday; `monday` is its first date."""

    monday: date
    label: str
    days: tuple[RotaDay, ...]
    carers: Names
    keeps_rota: bool

    @property
    def before(self) -> date:
        return self.monday - WEEK

    @property
    def after(self) -> date:
        return self.monday + WEEK

    @property
    def is_this_week(self) -> bool:
        return any(day.is_today for day in self.days)


def read_rota(
    staff: StaffMember, week: date, at: datetime, *, keeps_rota: bool
) -> RotaPage:
    """The week of a date; three queries."""
    clinic, hours = staff.clinic, staff.clinic.opening_hours()
    monday = week - timedelta(days=week.weekday())
    start, end = _midnight(monday, clinic), _midnight(monday + WEEK, clinic)
    found = clinic.dutys.filter(starts_at__lt=end, ends_at__gt=start)
    duties = list(
        found.select_related("staff", "backup").order_by("starts_at", "staff__name")
    )
    people = working(clinic)
    here = {key for key, _ in carers(people)}
    week_of = _Week(clinic, hours, duties, here, monday, at)
    return RotaPage(
        monday=monday,
        label=_week_words(monday),
        days=tuple(
            week_of.day(monday + number * DAY, keeps_rota) for number in range(7)
        ),
        carers=carers(people),
        keeps_rota=keeps_rota,
    )


@dataclass(frozen=True, slots=True)
class _Week:
    """What the days of a week are read from. `here` are those whose turns count."""

    clinic: Clinic
    hours: OpeningHours
    duties: Sequence[Duty]
    here: set[UUID]
    monday: date
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        return self.clinic.zoneinfo

    def day(self, day: date, keeps_rota: bool) -> RotaDay:
        today = self.hours.local_date(self.at)
        spans = self.hours.spans_on(day)
        return RotaDay(
            date=day,
            label=f"{day:%A} {day.day} {day:%B}",
            is_today=day == today,
            is_past=day < today,
            hours=", ".join(times_words(span, self.zone) for span in spans),
            lines=tuple(self.lines(day, keeps_rota and day >= today)),
        )

    def lines(self, day: date, show_gaps: bool) -> list[TurnLine | GapLine]:
        """Turns, and the gaps between them, in the order of time."""
        found: list[TurnLine | GapLine] = [
            self.turn(duty) for duty in self.duties if self.is_on(duty, day)
        ]
        found += self.gaps(day) if show_gaps else ()
        return sorted(found, key=lambda line: line.starts_at)

    def is_on(self, duty: Duty, day: date) -> bool:
        """Whether a turn stands under a date: where it starts, or the week does."""
        starts = duty.starts_at.astimezone(self.zone).date()
        return starts == day or (starts < day == self.monday)

    def turn(self, duty: Duty) -> TurnLine:
        return TurnLine(
            starts_at=duty.starts_at,
            id=duty.pk,
            when=times_words(Span(duty.starts_at, duty.ends_at), self.zone),
            name=duty.staff.name,
            backup=duty.backup.name if duty.backup else "",
            gone=duty.staff_id not in self.here,
            is_now=duty.starts_at <= self.at < duty.ends_at,
            is_over=duty.ends_at <= self.at,
        )

    def gaps(self, day: date) -> Iterable[GapLine]:
        """What nobody covers of a date, from now on."""
        start, end = _midnight(day, self.clinic), _midnight(day + DAY, self.clinic)
        counting = (one.shift() for one in self.duties if one.staff_id in self.here)
        for gap in gaps(counting, self.hours, max(start, self.at), end):
            opens, closes = (moment.astimezone(self.zone) for moment in gap)
            yield GapLine(
                starts_at=gap.opens,
                when=times_words(gap, self.zone),
                day=day,
                starts=f"{opens:%H:%M}",
                ends=f"{closes:%H:%M}",
            )


def _midnight(day: date, clinic: Clinic) -> datetime:
    return moment_of(day, time(0), clinic.zoneinfo).astimezone(UTC)


def _week_words(monday: date) -> str:
    """ "1 to 7 June 2026", "29 June to 5 July 2026"."""
    sunday = monday + timedelta(days=6)
    first = (
        f"{monday.day}" if monday.month == sunday.month else f"{monday.day} {monday:%B}"
    )
    return f"{first} to {sunday.day} {sunday:%B %Y}"

"""What a clinic of the simulation is like: its hours, its people, its patients."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from .calendars import Clocks


def every(days: range | tuple[int, ...], *clocks: str) -> dict[int, Clocks]:
    """The same hours on several weekdays: `every(range(5), "08:30-18:00")`."""
    hours = tuple(tuple(one.split("-")) for one in clocks)
    return dict.fromkeys(days, hours)  # type: ignore[arg-type]


@dataclass(frozen=True)
class World:
    """One clinic. Days in `closed`, `empty` and `leave` are counted from the start.

    `empty`: nobody is on the rota. `at_once`: how many nurses are on duty together.
    `absence`: how often somebody on duty does not come. `pause`: minutes between two
    looks at the queue. `rows`: how many they take on before they must go back to the
    treatment rooms. `contact`: minutes that a call and what belongs to it take.
    `entered`: how many patients of the days before are entered on the first morning.
    `abroad`: the share of patients who live by another zone's clock.
    """

    name: str
    about: str
    zone: str
    weekly: dict[int, Clocks]
    patients_a_week: float = 4.5
    entered: int = 0
    nurses: int = 2
    at_once: int = 1
    single: bool = False
    keeps_rota: bool = True
    has_backup: bool = True
    absence: float = 0.05
    pause: float = 20
    rows: int = 8
    contact: float = 12
    signs: float = 1.0
    abroad: float = 0.1
    closed: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    busy: bool = False


@dataclass(frozen=True)
class Outage:
    """What was out, from when until when."""

    starts: datetime
    ends: datetime

    def holds(self, at: datetime) -> bool:
        return self.starts <= at < self.ends


@dataclass(frozen=True)
class Outages:
    """One installation serves all clinics, so what is out is out for all of them."""

    worker: tuple[Outage, ...] = ()
    email: tuple[Outage, ...] = ()
    sms: tuple[Outage, ...] = ()

    def of(self, what: str, at: datetime) -> Outage | None:
        """What is out at a moment, if it is."""
        outages: tuple[Outage, ...] = getattr(self, what)
        return next((one for one in outages if one.holds(at)), None)

    def worker_back(self, at: datetime) -> datetime:
        """The first moment, from `at` on, at which a worker runs."""
        outage = self.of("worker", at)
        return outage.ends if outage else at

    def touch(self, what: str, start: datetime, end: datetime) -> bool:
        """Whether something was out at any time in between."""
        outages: tuple[Outage, ...] = getattr(self, what)
        return any(one.starts < end and start < one.ends for one in outages)


@dataclass(frozen=True)
class Plan:
    """One run: which clinics, from when, for how many days, and what goes wrong."""

    worlds: tuple[World, ...]
    start: datetime
    days: int
    seed: str
    outages: Outages = Outages()
    without: str = ""
    after: int = 7
    first_day: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first_day", self.start.date())

    @property
    def judged_until(self) -> datetime:
        """Flags that rise later are too young to be judged at the end."""
        return self.start + timedelta(days=self.days)

    @property
    def end(self) -> datetime:
        return self.judged_until + timedelta(days=self.after)

    def dates(self, numbers: tuple[int, ...]) -> frozenset[date]:
        return frozenset(self.first_day + timedelta(days=number) for number in numbers)

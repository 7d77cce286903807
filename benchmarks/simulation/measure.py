"""From what happened to numbers: shares, medians, and how much faster red was than amber."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from .at_the_end import judged
from .book import AMBER, Rise

if TYPE_CHECKING:
    from .building import Place
    from .house import House

NAMES = {4: "EMERGENCY", 3: "URGENT", 2: "PROMPT"}
AT_MOST = 0.25
"""Red is viewed in at most a quarter of amber's time while a clinic is overloaded."""
OVERLOADED = 0.3
"""Of the opening time, the least part in which some flag waits where there is too much.

Red hardly adds to it, as those on duty are told of it at once; what waits is amber.
"""

Waited = Callable[[Rise], timedelta]


@dataclass(frozen=True)
class Line:
    """The rises of one clinic at one level. Times in hours; shares of one."""

    place: str
    level: str
    flags: int
    unviewed: int
    wall_50: float
    wall_95: float
    open_50: float
    open_95: float
    late: int
    moved: int


@dataclass(frozen=True)
class Ratio:
    """Red's time to first view over amber's in one overloaded clinic, by opening hours.

    A PROMPT flag in a row that is red by another one is viewed with it, and left out; so
    is what waited while no worker ran.
    """

    place: str
    median: float
    mean: float
    high: float
    load: float
    """The part of the opening time in which some flag waited for its first view."""

    @property
    def is_kept(self) -> bool:
        """By the median; mean and slowest are told, and not judged."""
        return self.median <= AT_MOST


def wall(rise: Rise) -> timedelta:
    """On the clock on the wall."""
    if rise.viewed_at is None:
        raise ValueError("Never viewed.")
    return rise.viewed_at - rise.raised_at


def opening(rise: Rise) -> timedelta:
    """While the clinic was open."""
    if rise.viewed_at is None:
        raise ValueError("Never viewed.")
    return rise.place.calendar.open_between(rise.raised_at, rise.viewed_at)


def quantile(values: Sequence[float], part: float) -> float:
    """The nearest one at or above a part of them; 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def hours(rises: Iterable[Rise], waited: Waited) -> list[float]:
    seen = [rise for rise in rises if rise.viewed_at is not None]
    return [waited(rise) / timedelta(hours=1) for rise in seen]


def line(place: str, level: str, rises: list[Rise]) -> Line:
    walls, opens = hours(rises, wall), hours(rises, opening)
    late = [rise for rise in rises if rise.is_late]
    return Line(
        place,
        level,
        len(rises),
        sum(rise.viewed_at is None for rise in rises),
        quantile(walls, 0.5),
        quantile(walls, 0.95),
        quantile(opens, 0.5),
        quantile(opens, 0.95),
        len(late),
        sum(rise.has_moved for rise in late),
    )


def lines(house: House) -> list[Line]:
    """For each clinic and level, and for all clinics together."""
    found, everything = [], []
    for place in house.places:
        mine = list(judged(house, place))
        everything += mine
        found += by_level(place.name, mine)
    return found + by_level("All clinics", everything)


def by_level(name: str, rises: list[Rise]) -> list[Line]:
    chosen = {level: [rise for rise in rises if rise.level == level] for level in NAMES}
    return [line(name, NAMES[level], some) for level, some in chosen.items() if some]


def ratios(house: House) -> list[Ratio]:
    """Of each clinic that is meant to be overloaded."""
    return [ratio(house, place) for place in house.places if place.world.busy]


def ratio(house: House, place: Place) -> Ratio:
    rises = [rise for rise in judged(house, place) if not was_unwatched(house, rise)]
    red = hours((rise for rise in rises if rise.level > AMBER), opening)
    amber = hours((rise for rise in rises if not rise.beside_red), opening)
    return Ratio(
        place.name,
        part_of(quantile(red, 0.5), quantile(amber, 0.5)),
        part_of(mean(red), mean(amber)),
        part_of(quantile(red, 0.95), quantile(amber, 0.95)),
        load(house, place),
    )


def load(house: House, place: Place) -> float:
    """In which part of the opening time some flag waited; both as the clock has it."""
    calendar, plan = place.calendar, house.plan
    until, waited = plan.start, timedelta()
    for rise in sorted(judged(house, place), key=lambda rise: rise.raised_at):
        begins, ends = max(rise.raised_at, until), rise.viewed_at or plan.end
        if begins < ends:
            waited += calendar.open_between(begins, ends)
            until = ends
    return waited / calendar.open_between(plan.start, plan.judged_until)


def was_unwatched(house: House, rise: Rise) -> bool:
    """Whether no worker ran at some time while it waited."""
    until = rise.viewed_at or house.plan.end
    return house.plan.outages.touch("worker", rise.raised_at, until)


def mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0


def part_of(one: float, other: float) -> float:
    return one / other if other else float("inf")


def judge_order(house: House) -> None:
    """Under load the worst comes first, or the queue has no order."""
    for found in ratios(house):
        if found.load < OVERLOADED:
            words = f"something waits for {found.load:.0%} of the opening time"
            house.book.breaks(
                "a clinic meant to be overloaded is", found.place, house.plan.end, words
            )
        if not found.is_kept:
            words = f"{found.median:.2f} of the median, {found.mean:.2f} of the mean"
            house.book.breaks(
                "red is viewed in a quarter of amber's time",
                found.place,
                house.plan.end,
                words,
            )

"""What happened, written down beside the product's own record and compared with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from aftercare.models import Flag

    from .building import Place

KEEPS = {2: {"contacted"}, 3: {"acknowledged", "contacted"}, 4: {"acknowledged"}}
"""What keeps the promise of a level: a call, a look or a call, a look."""

AMBER = 2


@dataclass(eq=False)
class Rise:
    """One time that a flag opened, got worse, or came back after a call.

    Each asks for a person anew, so each is counted: viewed at some moment, or never.
    `beside_red`: when it was viewed, its row was red by another flag or by itself.
    """

    place: Place
    flag: UUID
    treatment: UUID
    rule: str
    level: int
    raised_at: datetime
    due_at: datetime | None
    viewed_at: datetime | None = None
    beside_red: bool = False
    is_late: bool = False
    has_moved: bool = False


@dataclass(frozen=True)
class Broken:
    """A promise of the house that was not kept in the simulation."""

    promise: str
    place: str
    at: datetime
    words: str

    def __str__(self) -> str:
        return (
            f"{self.promise}: {self.place}, {self.at:%a %d %b %H:%M} UTC: {self.words}"
        )


@dataclass(frozen=True)
class Delivery:
    """A message that reached a phone."""

    kind: str
    channel: str
    to: UUID
    at: datetime


@dataclass
class Book:
    """Everything that is judged at the end. `follow` hears of every new rise."""

    rises: dict[tuple[UUID, datetime], Rise] = field(default_factory=dict)
    by_flag: dict[UUID, list[Rise]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[UUID, list[tuple[datetime, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    closed: dict[UUID, datetime] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    open: dict[Place, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    follow: Callable[[Rise], None] = lambda _: None

    def notice(self, place: Place, flags: Iterable[Flag]) -> None:
        """Open flags as they stand; those that are new are followed from now on."""
        for flag in flags:
            key = (flag.pk, flag.raised_at)
            if key in self.rises:
                continue
            rise = Rise(
                place,
                flag.pk,
                flag.treatment_id,
                flag.rule,
                flag.level,
                flag.raised_at,
                flag.due_at,
            )
            self.rises[key] = rise
            self.by_flag[flag.pk].append(rise)
            self.open[place].add(flag.pk)
            self.follow(rise)

    def viewed(self, flags: Iterable[UUID], at: datetime) -> None:
        """A member of staff was shown these flags."""
        of_row = [rise for flag in flags for rise in self.by_flag[flag]]
        now = {rise.flag: rise.level for rise in of_row if rise.raised_at <= at}
        for rise in of_row:
            if rise.viewed_at is None and rise.raised_at <= at:
                rise.viewed_at = at
                rise.beside_red = max(now.values()) > AMBER

    def open_at(self, place: Place) -> bool:
        """Whether any flag of a place is open."""
        return bool(self.open[place])

    def close(self, place: Place, flags: Iterable[UUID], at: datetime) -> None:
        for flag in flags:
            self.closed[flag] = at
            self.open[place].discard(flag)

    def stepped(self, flags: Iterable[UUID], kind: str, at: datetime) -> None:
        for flag in flags:
            self.steps[flag].append((at, kind))

    def is_kept(self, rise: Rise, by: datetime) -> bool:
        """Whether something kept the promise of a rise by a moment."""
        if rise.flag in self.closed and self.closed[rise.flag] <= by:
            return True
        return any(
            rise.raised_at <= at <= by and kind in KEEPS[rise.level]
            for at, kind in self.steps[rise.flag]
        )

    def is_touched(self, rise: Rise, by: datetime) -> bool:
        """Whether anybody has taken any step on it, or closed it, by a moment."""
        steps = self.steps[rise.flag]
        closed = self.closed.get(rise.flag)
        return (closed is not None and closed <= by) or any(
            rise.raised_at <= at <= by for at, _ in steps
        )

    def breaks(self, promise: str, place: str, at: datetime, words: str) -> None:
        self.broken.append(Broken(promise, place, at, words))

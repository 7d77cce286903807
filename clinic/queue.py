"""The queue: one row for each treatment with open flags, worst and earliest first.

Read in five queries however many rows there are. No filter hides an emergency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Max
from django.urls import reverse

from aftercare.flag_life import RowState, State
from aftercare.models import Clinic, StaffMember
from aftercare.permissions import May, may
from aftercare.promise import OpeningHours, clock_words, time_left
from aftercare.warning_signs.findings import said_once
from aftercare.warning_signs.vocabulary import Level, Phase

from .deadlines import due_state, due_words, promises, short_moment
from .standing import Standing, read_standings, state_words

SPARK_DAYS = 14
REASONS_LENGTH = 200
NOT_FOR_YOU = "A check needs review"
NEVER = datetime.max.replace(tzinfo=UTC)


class Tab(StrEnum):
    """What part of the queue is shown; an emergency is in every part."""

    TODO = "todo"
    MINE = "mine"
    WAITING = "waiting"
    SNOOZED = "snoozed"

    @property
    def label(self) -> str:
        return {"todo": "To do"}.get(self.value, self.value.capitalize())


@dataclass(frozen=True, slots=True)
class Row:
    """One treatment as the queue shows it; see the component `flag_row`.

    For those who may not read it, `why` and `levels` have no clinical content, and `url`
    leads to logging a contact instead of the flag. `told`: who heard that nobody looked.
    """

    key: UUID
    url: str
    level: Level
    name: str
    phone: str
    why: str
    due: str
    due_state: str
    state: str
    is_new: bool
    day: int
    levels: tuple[int, ...]
    owner: str
    flags: tuple[UUID, ...]
    standing: RowState
    told: str = ""
    must_escalate: bool = False

    def is_in(self, tab: Tab, me: UUID) -> bool:
        """Whether the row belongs to a part of the queue, emergencies aside."""
        if tab is Tab.MINE:
            return self.standing.owner_id == me
        state = self.standing.state
        if tab is Tab.SNOOZED:
            return state is State.SNOOZED
        waits = state is State.CONTACTED and not self.must_escalate
        if tab is Tab.WAITING:
            return waits
        return state is not State.SNOOZED and not waits


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one level and what is promised for it."""

    level: Level
    promise: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TabLink:
    tab: Tab
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of one clinic as one staff member sees it at a moment."""

    groups: tuple[Group, ...]
    tabs: tuple[TabLink, ...]
    tab: Tab
    checked: str
    open_until: str
    opens: str
    oldest_new: str

    @property
    def to_do(self) -> int:
        return next(link.count for link in self.tabs if link.tab is Tab.TODO)

    @property
    def elsewhere(self) -> str:
        """What is open but not in this tab, in words."""
        counts = {link.tab: link.count for link in self.tabs if not link.is_current}
        said = [
            f"{counts[tab]} {tab.label.lower()}"
            for tab in (Tab.TODO, Tab.WAITING, Tab.SNOOZED)
            if counts.get(tab)
        ]
        return ", ".join(said)


def read_queue(staff: StaffMember, at: datetime, tab: Tab) -> Queue:
    """The queue for a staff member: rows in order, the chosen tab's groups, counts."""
    clinic, hours = staff.clinic, staff.clinic.opening_hours()
    standings = read_standings(clinic, at, hours)
    rows = rows_of(staff, standings, at)
    shown = arranged(rows, tab, staff.pk)
    closes = hours.closing_time(at)
    return Queue(
        groups=_groups(shown, clinic),
        tabs=tuple(
            TabLink(one, sum(row.is_in(one, staff.pk) for row in rows), one is tab)
            for one in Tab
        ),
        tab=tab,
        checked=clock_words(at.astimezone(clinic.zoneinfo)),
        open_until=clock_words(closes.astimezone(clinic.zoneinfo)) if closes else "",
        opens=_opens(hours, at, clinic) if not closes else "",
        oldest_new=_oldest_new(standings, at),
    )


def rows_of(
    staff: StaffMember, standings: Sequence[Standing], at: datetime
) -> list[Row]:
    """What a staff member sees of each treatment, in no order; two queries."""
    clinical = may(staff, May.READ_CLINICAL)
    keys = [standing.treatment.pk for standing in standings] if clinical else []
    levels = read_levels(staff.clinic, keys)
    return [
        _row(standing, levels, staff.clinic, at, clinical) for standing in standings
    ]


def arranged(rows: Iterable[Row], tab: Tab, me: UUID) -> list[Row]:
    """The rows of a part of the queue in order, every emergency among them."""
    shown = [row for row in rows if row.level is Level.EMERGENCY or row.is_in(tab, me)]
    return sorted(shown, key=in_order)


def _row(
    standing: Standing,
    levels: dict[UUID, tuple[int, ...]],
    clinic: Clinic,
    at: datetime,
    clinical: bool,
) -> Row:
    treatment, state = standing.treatment, standing.state
    today = at.astimezone(clinic.zoneinfo).date()
    return Row(
        key=treatment.pk,
        url=reverse("flag_detail" if clinical else "log_contact", args=[treatment.pk]),
        level=state.level,
        name=str(treatment.patient),
        phone=treatment.patient.phone,
        why=_why(standing) if clinical else NOT_FOR_YOU,
        due=due_words(state, at, clinic),
        due_state=due_state(state, at),
        state=state_words(standing),
        is_new=state.state.waits or standing.must_escalate,
        day=treatment.day_of(today),
        levels=levels.get(treatment.pk, ()),
        owner=state.owner,
        flags=tuple(flag.pk for flag in standing.flags),
        standing=state,
        told=standing.told,
        must_escalate=standing.must_escalate,
    )


def in_order(row: Row) -> tuple[int, datetime, UUID]:
    """Worst level first, then what is due first; what is owed nothing comes last."""
    return -row.level, row.standing.due_at or NEVER, row.key


def _why(standing: Standing) -> str:
    """The reasons at the row's own level, as many as fit; further ones are counted."""
    worst = [flag for flag in standing.flags if flag.urgency is standing.state.level]
    reasons = [flag.reason for flag in said_once(worst)]
    shown = reasons[:1]
    for reason in reasons[1:]:
        if len(" ".join([*shown, reason])) > REASONS_LENGTH:
            break
        shown.append(reason)
    more = len(reasons) - len(shown)
    return " ".join(shown) + (f" And {more} more." if more else "")


def _groups(rows: Sequence[Row], clinic: Clinic) -> tuple[Group, ...]:
    return tuple(
        Group(level, promise, listed)
        for level, promise in promises(clinic).items()
        if (listed := tuple(row for row in rows if row.level is level))
    )


def _opens(hours: OpeningHours, at: datetime, clinic: Clinic) -> str:
    opens = hours.next_opening(at)
    return short_moment(opens, at, clinic) if opens else ""


def _oldest_new(standings: Sequence[Standing], at: datetime) -> str:
    """How long the oldest flag that nobody owns has been waiting."""
    opened = [
        flag.opened_at
        for standing in standings
        if standing.state.state is State.NEW
        for flag in standing.flags
    ]
    return time_left(min(opened), at).removesuffix(" late") if opened else ""


def read_levels(
    clinic: Clinic, treatments: Sequence[UUID]
) -> dict[UUID, tuple[int, ...]]:
    """The worst level of each of the last logged days of a treatment, oldest first."""
    if not treatments:
        return {}
    logged = clinic.dailylogs.filter(
        treatment__in=treatments,
        phase=Phase.POST,
        retraction__isnull=True,
        corrected_by__isnull=True,
    )
    worst = clinic.findings.filter(
        treatment__in=treatments,
        phase=Phase.POST,
        log__retraction__isnull=True,
        log__corrected_by__isnull=True,
    ).values("treatment", "day")
    found = {
        (row["treatment"], row["day"]): row["level"]
        for row in worst.annotate(level=Max("level")).order_by()
    }
    days: dict[UUID, list[int]] = defaultdict(list)
    pairs = logged.values_list("treatment", "day").distinct().order_by("day")
    for treatment, day in pairs:
        days[treatment].append(found.get((treatment, day), 0))
    return {key: tuple(levels[-SPARK_DAYS:]) for key, levels in days.items()}

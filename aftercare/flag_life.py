"""The life of a row in the queue: what its state is, who owns it, by when to act.

Nothing here is stored. State is read from steps with an author and a moment, so no
status column can disagree with what people did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from aftercare.promise import OpeningHours, Targets, promise
from aftercare.warning_signs.vocabulary import Level


class State(StrEnum):
    """Where a row with open flags stands."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    CONTACTED = "contacted"
    ESCALATED = "escalated"
    SNOOZED = "snoozed"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def waits(self) -> bool:
        """Whether somebody must look who has not."""
        return self in {State.NEW, State.ESCALATED}


UNANSWERED = frozenset({"no_answer", "left_message"})
"""Contacts by which nobody was reached."""


@dataclass(frozen=True, slots=True)
class FlagFacts:
    """An open flag: its level, when it opened or last rose, and its promise."""

    id: UUID
    level: Level
    raised_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of follow-up; `until` and `woken` are of a snooze.

    `channel` and `result` are of a contact.
    """

    kind: str
    at: datetime
    by: str
    flags: frozenset[UUID]
    owner: str = ""
    owner_id: UUID | None = None
    until: datetime | None = None
    woken: bool = False
    channel: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class RowState:
    """What the queue shows of one treatment. `due_at` is its earliest running deadline."""

    level: Level
    state: State
    owner: str
    owner_id: UUID | None
    due_at: datetime | None
    snoozed_until: datetime | None
    contacted: bool

    def is_late(self, at: datetime) -> bool:
        return self.due_at is not None and self.due_at < at


def row_state(
    flags: Sequence[FlagFacts],
    steps: Iterable[Step],
    at: datetime,
    hours: OpeningHours,
    targets: Targets,
) -> RowState:
    """The state of one treatment's open flags at a moment."""
    ordered = sorted(steps, key=lambda step: step.at)
    until = _snoozed_until(flags, ordered, at)
    state = State.SNOOZED if until else _state(flags, ordered, at, hours, targets)
    owner, owner_id = owner_of(ordered)
    return RowState(
        level=max(flag.level for flag in flags),
        state=state,
        owner=owner,
        owner_id=owner_id,
        due_at=until or _deadline(flags, ordered, hours, targets),
        snoozed_until=until,
        contacted=all(has_contact(flag, ordered) for flag in flags),
    )


def stops_clock(flag: FlagFacts, step: Step) -> bool:
    """Whether a step keeps what was promised for a flag."""
    if flag.id not in step.flags or step.at < flag.raised_at:
        return False
    if flag.level is Level.PROMPT:
        return step.kind == "contacted"
    if flag.level is Level.URGENT:
        return step.kind in {"acknowledged", "contacted"}
    return step.kind == "acknowledged"


def has_contact(flag: FlagFacts, steps: Sequence[Step]) -> bool:
    """Whether somebody tried to reach the patient about the flag as it stands."""
    return _has(flag, steps, "contacted")


def is_reached(flag: FlagFacts, steps: Sequence[Step]) -> bool:
    """Whether somebody spoke with the patient about the flag as it stands."""
    contacts = (s for s in _that_count(flag, steps) if s.kind == "contacted")
    return any(step.result not in UNANSWERED for step in contacts)


def _has(flag: FlagFacts, steps: Sequence[Step], *kinds: str) -> bool:
    return any(step.kind in kinds for step in _that_count(flag, steps))


def _that_count(flag: FlagFacts, steps: Sequence[Step]) -> list[Step]:
    """The steps on a flag since it opened or rose; what is escalated begins anew."""
    on = [step for step in steps if flag.id in step.flags and step.at >= flag.raised_at]
    escalated_at = _escalated_at(flag, steps)
    return [step for step in on if escalated_at is None or step.at > escalated_at]


def _escalated_at(flag: FlagFacts, steps: Sequence[Step]) -> datetime | None:
    """When a flag as it stands was last given to a clinical lead."""
    return max(
        (
            step.at
            for step in steps
            if step.kind == "escalated"
            and flag.id in step.flags
            and step.at >= flag.raised_at
        ),
        default=None,
    )


def _state(
    flags: Sequence[FlagFacts],
    steps: Sequence[Step],
    at: datetime,
    hours: OpeningHours,
    targets: Targets,
) -> State:
    if all(is_reached(flag, steps) for flag in flags):
        return State.CONTACTED
    unseen = [
        flag for flag in flags if not _has(flag, steps, "acknowledged", "contacted")
    ]
    if _is_given_back(steps):
        return State.NEW
    if unseen:
        escalated = all(_escalated_at(flag, steps) for flag in unseen)
        return State.ESCALATED if escalated else State.NEW
    overdue = any(
        again is not None and again < at
        for again in (_contact_due(flag, steps, hours, targets) for flag in flags)
    )
    if overdue:
        return State.NEW
    tried = all(has_contact(flag, steps) for flag in flags)
    return State.CONTACTED if tried else State.ACKNOWLEDGED


def _contact_due(
    flag: FlagFacts, steps: Sequence[Step], hours: OpeningHours, targets: Targets
) -> datetime | None:
    """Acknowledged and not reached, a flag is New again after another full target.

    Each attempt without an answer gives that time anew; a clinical lead to whom it was
    given has it from that moment.
    """
    if is_reached(flag, steps):
        return None
    done = _that_count(flag, steps)
    tried = [step.at for step in done if step.kind == "contacted"]
    taken = [step.at for step in done if step.kind == "acknowledged"]
    since = max(tried) if tried else min(taken, default=_escalated_at(flag, steps))
    return promise(flag.level, since, hours, targets).due_at if since else None


def _deadline(
    flags: Sequence[FlagFacts],
    steps: Sequence[Step],
    hours: OpeningHours,
    targets: Targets,
) -> datetime | None:
    """The earliest moment by which something is still owed; None when nothing is."""
    running = []
    for flag in flags:
        if not any(stops_clock(flag, step) for step in steps):
            running.append(flag.due_at)
        else:
            running.append(_contact_due(flag, steps, hours, targets))
    return min((due for due in running if due is not None), default=None)


def owner_of(steps: Iterable[Step]) -> tuple[str, UUID | None]:
    """Whoever was last assigned, or acknowledged it first when nobody was.

    What was given back is nobody's until somebody takes it again.
    """
    owner: tuple[str, UUID | None] = ("", None)
    for step in steps:
        given = step.kind in {"assigned", "escalated"}
        if given or (step.kind == "acknowledged" and not owner[0]):
            owner = (step.owner or step.by, step.owner_id)
        elif step.kind == "released":
            owner = ("", None)
    return owner


def _is_given_back(steps: Sequence[Step]) -> bool:
    """Whether its owner left, and nobody has taken it since."""
    owning = [step.kind for step in steps if step.kind in OWNING]
    return bool(owning) and owning[-1] == "released"


def _snoozed_until(
    flags: Sequence[FlagFacts], steps: Sequence[Step], at: datetime
) -> datetime | None:
    """When the row's snooze ends; None once it is over, woken, or any flag is newer."""
    last = next((step for step in reversed(steps) if step.kind == "snoozed"), None)
    if last is None or last.woken or last.until is None or last.until <= at:
        return None
    seen = all(flag.id in last.flags and flag.raised_at <= last.at for flag in flags)
    return last.until if seen else None


OWNING = frozenset({"acknowledged", "assigned", "escalated", "released"})
LONGEST_SNOOZE = timedelta(hours=24)
UNDO_REVIEW = timedelta(minutes=10)
UNDO_ACKNOWLEDGEMENT = timedelta(seconds=10)

"""Where treatments with open flags stand: state, owner and deadline, read together.

Nothing of it is stored; see `aftercare.flag_life`. Three queries, however many rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from aftercare.flag_life import FlagFacts, RowState, Step, row_state
from aftercare.models import Clinic, Flag, FollowUp, FollowUpKind, Treatment
from aftercare.permissions import May, may
from aftercare.promise import OpeningHours
from aftercare.warning_signs.catalogue import RULES

PLACE = {rule.id: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Standing:
    """One treatment with its open flags, worst first, and where they stand."""

    treatment: Treatment
    flags: tuple[Flag, ...]
    steps: tuple[Step, ...]
    state: RowState

    @property
    def is_back_again(self) -> bool:
        """Whether a sign was flagged again after a review had closed it."""
        return any(flag.follows_id for flag in self.flags)


def read_standings(
    clinic: Clinic, at: datetime, hours: OpeningHours, treatment: UUID | None = None
) -> list[Standing]:
    """Every treatment of the clinic with open flags, or only the one asked for."""
    flags = clinic.flags.open().select_related("treatment__patient")
    if treatment is not None:
        flags = flags.filter(treatment=treatment)
    by_treatment: dict[UUID, list[Flag]] = defaultdict(list)
    for flag in sorted(flags, key=_gravest_first):
        by_treatment[flag.treatment_id].append(flag)
    links = FollowUp.flags.through.objects.filter(
        flag__clinic=clinic,
        flag__treatment__in=list(by_treatment),
        followup__undone_at__isnull=True,
    ).select_related("flag__review", "followup__by", "followup__assigned_to")
    steps = _steps(link for link in links if _is_of_row(link, by_treatment))
    return [
        _standing(listed, steps[key], at, hours, clinic)
        for key, listed in by_treatment.items()
    ]


def _is_of_row(link: Any, rows: Mapping[UUID, list[Flag]]) -> bool:
    """Whether a step's flag is open, or was until after the row's oldest had opened.

    A row keeps its owner when a part of it is closed.
    """
    if link.flag.review is None:
        return True
    oldest = min(flag.opened_at for flag in rows[link.flag.treatment_id])
    return bool(link.flag.review.at >= oldest)


def _gravest_first(flag: Flag) -> tuple[int, int, str]:
    """Worst level first, then in the order of the rules."""
    return -flag.level, PLACE[flag.rule.partition(":")[0]], flag.rule


def _standing(
    flags: list[Flag],
    steps: Sequence[Step],
    at: datetime,
    hours: OpeningHours,
    clinic: Clinic,
) -> Standing:
    facts = [
        FlagFacts(
            id=flag.pk,
            level=flag.urgency,
            raised_at=flag.raised_at,
            due_at=flag.due_at,
        )
        for flag in flags
    ]
    state = row_state(facts, steps, at, hours, clinic.targets)
    return Standing(flags[0].treatment, tuple(flags), tuple(steps), state)


def _steps(links: Iterable[object]) -> dict[UUID, list[Step]]:
    """Steps by treatment, each with the open flags that its author was shown."""
    flags: dict[UUID, set[UUID]] = defaultdict(set)
    follow_ups: dict[UUID, FollowUp] = {}
    for link in links:
        follow_ups[link.followup_id] = link.followup
        flags[link.followup_id].add(link.flag_id)
    by_treatment: dict[UUID, list[Step]] = defaultdict(list)
    for key, follow_up in follow_ups.items():
        step = step_of(follow_up, frozenset(flags[key]))
        by_treatment[follow_up.treatment_id].append(step)
    return by_treatment


def step_of(follow_up: FollowUp, flags: frozenset[UUID]) -> Step:
    """A stored step as `row_state` reads it."""
    acknowledged = follow_up.kind == FollowUpKind.ACKNOWLEDGED
    assigned = follow_up.assigned_to
    return Step(
        kind=follow_up.kind,
        at=follow_up.at,
        by=follow_up.by.name,
        flags=flags,
        owner=assigned.name if assigned else "",
        owner_id=follow_up.by_id if acknowledged else follow_up.assigned_to_id,
        until=follow_up.snoozed_until,
        woken=follow_up.woken_at is not None,
    )


def colleagues(clinic: Clinic) -> list[tuple[UUID, str]]:
    """Who can look after a row: key and name."""
    working = clinic.staffmembers.filter(
        joined_at__isnull=False, deactivated_at__isnull=True
    )
    return [
        (one.pk, one.name)
        for one in working.order_by("name")
        if may(one, May.ACKNOWLEDGE)
    ]

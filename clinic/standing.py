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

from django.db.models import OuterRef, QuerySet, Subquery

from aftercare.escalation import must_escalate
from aftercare.flag_life import RowState, State, Step, row_state
from aftercare.models import Clinic, Flag, FollowUp, Telling, Treatment
from aftercare.models.prepared import Given, Prepared
from aftercare.promise import OpeningHours
from aftercare.promise.ladder import Rung
from aftercare.services.row_steps import facts_of, step_of
from aftercare.warning_signs.catalogue import RULES

from .ladder_words import told_shortly

PLACE = {rule.id: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Standing:
    """One treatment with its open flags, worst first, and where they stand.

    `must_escalate`: nobody reaches the patient, and only a clinical lead goes on.
    `told`: who heard that it waits, while it does: "Backup told".
    """

    treatment: Treatment
    flags: tuple[Flag, ...]
    steps: tuple[Step, ...]
    state: RowState
    must_escalate: bool
    told: str

    @property
    def is_back_again(self) -> bool:
        """Whether a sign was flagged again after a review had closed it."""
        return any(flag.follows_id for flag in self.flags)


def read_standings(
    clinic: Clinic, at: datetime, hours: OpeningHours, treatment: UUID | None = None
) -> list[Standing]:
    """Every treatment of the clinic with open flags, or only the one asked for."""
    if treatment is None:
        flags = _open_flags(clinic=clinic.pk)
    else:
        flags = _open_flags_of_one(clinic=clinic.pk, treatment=treatment)
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


@Prepared
def _open_flags() -> QuerySet[Flag]:
    flags = Flag.objects.filter(clinic=Given("clinic"), review__isnull=True)
    return with_told(flags.select_related("treatment__patient"))


@Prepared
def _open_flags_of_one() -> QuerySet[Flag]:
    return _open_flags.queryset.filter(treatment=Given("treatment"))


def with_told(flags: QuerySet[Flag]) -> QuerySet[Flag]:
    """Each flag with the newest rung of its ladder, when it was told, and a name if any."""
    tellings = Telling.objects.filter(
        flag=OuterRef("pk"), raised_at__gte=OuterRef("raised_at")
    ).order_by("-at", "rung", "staff__name")
    return flags.annotate(
        told_rung=Subquery(tellings.values("rung")[:1]),
        told_name=Subquery(tellings.values("staff__name")[:1]),
        told_at=Subquery(tellings.values("at")[:1]),
    )


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
    facts = [facts_of(flag) for flag in flags]
    state = row_state(facts, steps, at, hours, clinic.targets)
    return Standing(
        treatment=flags[0].treatment,
        flags=tuple(flags),
        steps=tuple(steps),
        state=state,
        must_escalate=must_escalate(facts, steps),
        told=_told_of_waiting(flags, hours) if state.state.waits else "",
    )


def _told_of_waiting(flags: Iterable[Flag], hours: OpeningHours) -> str:
    """The highest rung that the flags of a row have climbed, in a word or two."""
    told = [flag for flag in flags if flag.told_rung]
    highest = max(told, key=_rung_and_somebody, default=None)
    if highest is None:
        return ""
    return told_shortly(
        highest.told_rung,
        anybody=bool(highest.told_name),
        open_then=hours.is_open(highest.told_at),
    )


def _rung_and_somebody(flag: Flag) -> tuple[int, bool]:
    return Rung(flag.told_rung).height, bool(flag.told_name)


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


def state_words(standing: Standing) -> str:
    """The state of a row in a word or two, as its pill says it."""
    state = standing.state.state
    if standing.must_escalate and state is not State.SNOOZED:
        return "Out of reach"
    back = state is State.NEW and standing.is_back_again
    return "Back again" if back else state.label

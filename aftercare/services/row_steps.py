"""Open flags and the steps taken on them, as `flag_life` and `escalation` read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from aftercare.flag_life import FlagFacts, Step
from aftercare.models import Flag, FollowUp, FollowUpKind, Treatment


def facts_of(flag: Flag) -> FlagFacts:
    """A stored flag as the pure rules read it."""
    return FlagFacts(
        id=flag.pk,
        level=flag.urgency,
        raised_at=flag.raised_at,
        due_at=flag.due_at,
    )


def step_of(follow_up: FollowUp, flags: frozenset[UUID]) -> Step:
    """A stored step with the flags that its author was shown."""
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
        channel=follow_up.channel or "",
        result=follow_up.result or "",
    )


def steps_on(treatment: Treatment, flags: Iterable[Flag]) -> list[Step]:
    """What was done about some flags of a treatment, in the order of time; two queries."""
    links = FollowUp.flags.through.objects.filter(
        flag__clinic=treatment.clinic_id, flag__in=list(flags)
    )
    shown: dict[UUID, set[UUID]] = defaultdict(set)
    for step, flag in links.values_list("followup", "flag"):
        shown[step].add(flag)
    taken = treatment.follow_ups.filter(pk__in=list(shown), undone_at__isnull=True)
    found = taken.select_related("by", "assigned_to").order_by("at", "pk")
    return [step_of(one, frozenset(shown[one.pk])) for one in found]

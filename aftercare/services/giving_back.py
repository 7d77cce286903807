"""Somebody leaves: the rows that they looked after are nobody's, and say so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from aftercare.flag_life import OWNING, Step, owner_of
from aftercare.models import Flag, FollowUp, FollowUpKind, StaffMember, Treatment

from . import audit


def give_back(member: StaffMember, *, by: StaffMember, at: datetime) -> int:
    """Write a step on every row of theirs; how many there were.

    Inside the caller's transaction, which holds the member's row: nobody can give them
    another one meanwhile.
    """
    owned = [
        (treatment, flags)
        for treatment in _ever_taken_by(member)
        if (flags := list(treatment.flags.open()))
        and _owner(treatment, flags) == member.pk
    ]
    for treatment, flags in owned:
        step = FollowUp.objects.create(
            clinic=member.clinic,
            treatment=treatment,
            kind=FollowUpKind.RELEASED,
            by=by,
            at=at,
            said=f"{member} no longer works here.",
        )
        step.flags.set(flags)
        audit.record(
            "flag.released",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=treatment.patient_id,
            object_id=step.pk,
        )
    return len(owned)


def _ever_taken_by(member: StaffMember) -> list[Treatment]:
    """The treatments with open flags that they took on at some time, all locked."""
    taken = member.clinic.followups.filter(
        Q(assigned_to=member) | Q(by=member, kind=FollowUpKind.ACKNOWLEDGED)
    )
    flagged = member.clinic.flags.open().values("treatment")
    found = member.clinic.treatments.filter(pk__in=taken.values("treatment"))
    return list(found.filter(pk__in=flagged).order_by("pk").select_for_update())


def _owner(treatment: Treatment, flags: list[Flag]) -> UUID | None:
    """Who looks after the row of these open flags.

    A step counts as long as one of its flags is open, or was when the row began: a row
    keeps its owner when a part of it is closed.
    """
    began = min(flag.opened_at for flag in flags)
    steps = treatment.follow_ups.filter(
        Q(flags__review__isnull=True) | Q(flags__review__at__gte=began),
        kind__in=OWNING,
        undone_at__isnull=True,
    )
    return owner_of(_step_of(one) for one in steps.order_by("at", "pk").distinct())[1]


def _step_of(taken: FollowUp) -> Step:
    owner = taken.assigned_to_id or taken.by_id
    return Step(taken.kind, taken.at, "", frozenset(), owner=str(owner), owner_id=owner)

"""Who works here and with which roles: roles change, somebody leaves, somebody is back.

Every verb locks the clinic's row first, so that of two owners who leave at once one is
the last and stays. Whoever is changed is signed out everywhere.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from aftercare.models import Clinic, StaffMember
from aftercare.permissions import ROLE_MAY
from aftercare.sessions import end_all_sessions

from . import audit
from .follow_up import NotPossible
from .giving_back import give_back
from .invite_staff import require_role, take_back_mail
from .tokens import take_back

LAST_OWNER = "A clinic needs an owner. Make somebody else an owner first."
CHANGED = "Somebody changed this person meanwhile. Please look again."


def change_roles(
    *,
    staff_id: UUID,
    by: StaffMember,
    roles: Collection[str],
    seen: int,
    at: datetime,
) -> StaffMember:
    """Give somebody other roles; `roles` are role columns, `seen` the version shown."""
    require_role(roles)
    with transaction.atomic():
        member = locked_member(by, staff_id, seen)
        if set(roles) == roles_of(member):
            return member
        if "is_owner" not in roles:
            _require_other_owner(member)
        for role in ROLE_MAY:
            setattr(member, role, role in roles)
        _save(member, "staff.roles_changed", by, at, tuple(ROLE_MAY))
    return member


def deactivate(*, staff_id: UUID, by: StaffMember, seen: int, at: datetime) -> int:
    """Somebody no longer works here; how many rows they looked after are now nobody's.

    Their name stays in everything that they did. A link that still waits is dead.
    """
    if staff_id == by.pk:
        raise NotPossible("You cannot end your own access. Ask another owner.")
    with transaction.atomic():
        member = locked_member(by, staff_id, seen)
        if member.deactivated_at is not None:
            raise NotPossible(f"{member} had left already.")
        _require_other_owner(member)
        member.deactivated_at = at
        take_back_mail(member, at)
        take_back(member, at)
        given_back = give_back(member, by=by, at=at)
        _save(member, "staff.deactivated", by, at, ("deactivated_at",))
    return given_back


def reactivate(
    *, staff_id: UUID, by: StaffMember, seen: int, at: datetime
) -> StaffMember:
    """Somebody who left works here again, with the roles that they had."""
    with transaction.atomic():
        member = locked_member(by, staff_id, seen)
        if member.deactivated_at is None:
            raise NotPossible(f"{member} works here already.")
        if member.joined_at is None:
            raise NotPossible(f"{member} never came in. Send a new link instead.")
        member.deactivated_at = None
        _save(member, "staff.reactivated", by, at, ("deactivated_at",))
    return member


def roles_of(member: StaffMember) -> set[str]:
    """The role columns that are set."""
    return {role for role in ROLE_MAY if getattr(member, role)}


def locked_member(by: StaffMember, staff_id: UUID, seen: int) -> StaffMember:
    """A member of the same clinic, as the author saw them, held until the end."""
    Clinic.objects.select_for_update(no_key=True).get(pk=by.clinic_id)
    people = by.clinic.staffmembers.select_related("login", "clinic")
    member = people.select_for_update(of=("self",), no_key=True).get(pk=staff_id)
    if member.version != seen:
        raise NotPossible(CHANGED)
    return member


def _require_other_owner(member: StaffMember) -> None:
    """Refuse to take the last owner who can sign in."""
    owners: QuerySet[StaffMember] = member.clinic.staffmembers.filter(
        is_owner=True, joined_at__isnull=False, deactivated_at__isnull=True
    )
    if member.is_owner and not owners.exclude(pk=member.pk).exists():
        raise NotPossible(LAST_OWNER)


def _save(
    member: StaffMember,
    verb: str,
    by: StaffMember,
    at: datetime,
    fields: tuple[str, ...],
) -> None:
    """Write the change and who made it; whoever is changed signs in again."""
    member.version += 1
    member.save(update_fields=[*fields, "version"])
    end_all_sessions(member.login)
    audit.record(verb, by=by, clinic=by.clinic, at=at, object_id=member.pk)

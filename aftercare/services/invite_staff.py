"""A colleague is invited by e-mail: a link is sent, sent again, or taken back.

Whoever is invited has a row and a login at once, and neither lets them in: the link
does, once, when it is pressed. See `join.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from aftercare.messages import words
from aftercare.messages.outbox import cancel, enqueue
from aftercare.models import (
    Clinic,
    Invitation,
    Login,
    MessageChannel,
    StaffMember,
)
from aftercare.permissions import ROLE_MAY
from aftercare.second_wall.standing import step_out

from . import audit
from .follow_up import NotPossible
from .tokens import hold, issue, take_back, waiting

MAIL = MessageChannel.EMAIL


@dataclass(frozen=True, slots=True)
class Invitee:
    """Who is invited; `roles` are role columns."""

    name: str
    email: str
    roles: frozenset[str]


def invite_staff(
    *,
    by: StaffMember,
    invitee: Invitee,
    at: datetime,
    link_to: Callable[[str], str],
) -> StaffMember:
    """Somebody new for the clinic, with a link on its way to them.

    `link_to` makes the whole address out of the token.
    """
    try:
        with transaction.atomic():
            member = add_member(by.clinic, invitee, at)
            audit.record(
                "staff.invited", by=by, clinic=by.clinic, at=at, object_id=member.pk
            )
            send_link(member, by=by, at=at, link_to=link_to)
    except IntegrityError as error:
        raise NotPossible("They were invited a moment ago.") from error
    return member


def resend_link(
    *, staff_id: UUID, by: StaffMember, at: datetime, link_to: Callable[[str], str]
) -> StaffMember:
    """A new link for somebody who has not come in yet. The one before is dead."""
    with transaction.atomic():
        member = _not_yet_in(by, staff_id)
        if member.deactivated_at is not None:
            member.deactivated_at = None
            _save(member, "deactivated_at")
        audit.record(
            "staff.link_sent", by=by, clinic=by.clinic, at=at, object_id=member.pk
        )
        send_link(member, by=by, at=at, link_to=link_to)
    return member


def revoke_link(*, staff_id: UUID, by: StaffMember, at: datetime) -> StaffMember:
    """Somebody is not to come in after all. A new link can be sent at any time."""
    with transaction.atomic():
        member = _not_yet_in(by, staff_id)
        take_back_mail(member, at)
        take_back(member, at)
        if member.deactivated_at is None:
            member.deactivated_at = at
            _save(member, "deactivated_at")
            audit.record(
                "staff.link_revoked",
                by=by,
                clinic=by.clinic,
                at=at,
                object_id=member.pk,
            )
    return member


def add_member(clinic: Clinic, invitee: Invitee, at: datetime) -> StaffMember:
    """A row for them, not yet let in; the one they had, if their link was taken back."""
    require_role(invitee.roles)
    login = login_for(invitee.email)
    member = clinic.staffmembers.filter(login=login).first()
    if member is None:
        member = StaffMember(clinic=clinic, login=login, created_at=at)
    elif member.deactivated_at is None:
        raise NotPossible(_already_here(member))
    elif member.joined_at is not None:
        raise NotPossible(f"{member} worked here before. Let them in again instead.")
    else:
        member.deactivated_at = None
        member.version += 1
    member.name = invitee.name
    for role in ROLE_MAY:
        setattr(member, role, role in invitee.roles)
    member.save()
    return member


def require_role(roles: Collection[str]) -> None:
    """Nobody works here as nothing."""
    if not roles:
        raise NotPossible("Tick at least one role.")


def login_for(email: str) -> Login:
    """The login of an address; a new one, which nobody can use yet, where there is none.

    One that is there is written as it was, so that the clock does not tell an owner who
    works at another clinic.
    """
    address = email.strip().lower()
    with step_out():
        found = Login.objects.filter(email=address).first()
        if found is None:
            return Login.objects.create_login(address)
        Login.objects.filter(pk=found.pk).update(email=address)
        return found


def send_link(
    member: StaffMember,
    *,
    by: StaffMember | None,
    at: datetime,
    link_to: Callable[[str], str],
) -> str:
    """A new link, put into the outbox. Inside the caller's transaction."""
    take_back_mail(member, at)
    invitation, token = issue(member, by=by, at=at)
    link = link_to(token)
    text = words.STAFF_INVITATION.filled(
        MAIL, clinic=member.clinic.name, name=member.name, link=link
    )
    enqueue(
        kind=words.STAFF_INVITATION.kind,
        channel=MAIL,
        to=member.login.email or "",
        subject=text.subject,
        body=text.body,
        once=_reason(invitation),
        at=at,
        expires_at=invitation.expires_at,
        clinic=member.clinic,
        staff=member,
    )
    return link


def take_back_mail(member: StaffMember, at: datetime) -> None:
    """No mail leaves with a link that is about to be dead."""
    hold(member)
    for invitation in waiting(member):
        cancel(once=_reason(invitation), at=at)


def _not_yet_in(by: StaffMember, staff_id: UUID) -> StaffMember:
    """Somebody of the clinic who was invited and has not come in."""
    people = by.clinic.staffmembers.select_related("login", "clinic")
    member = people.select_for_update(of=("self",), no_key=True).get(pk=staff_id)
    if member.joined_at is not None:
        raise NotPossible(f"{member} has come in already.")
    return member


def _already_here(member: StaffMember) -> str:
    if member.joined_at is None:
        return f"{member} is invited already. You can send a new link."
    return f"{member} works here already, with this e-mail address."


def _reason(invitation: Invitation) -> str:
    """Why a mail leaves: once for each link."""
    return f"invitation:{invitation.pk}:{MAIL}"


def _save(member: StaffMember, field: str) -> None:
    member.version += 1
    member.save(update_fields=[field, "version"])

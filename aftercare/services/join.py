"""A colleague comes in by their link: with a first password, or with the login they have.

Opening a link changes nothing, so that a mail scanner cannot spend it. Whoever has a
login at another clinic proves that it is theirs, and keeps password and second factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet

from aftercare.models import Invitation, Login, StaffMember

from . import audit
from .follow_up import NotPossible
from .tokens import Standing, digest_of, spend, standing_of

WORDS = {
    Standing.USED: "This link was used already. Sign in instead.",
    Standing.EXPIRED: "This link is too old. Ask your clinic for a new one.",
    Standing.REVOKED: "This link no longer works. Ask your clinic for a new one.",
    Standing.LOCKED: "This link no longer works. Ask your clinic for a new one.",
}


@dataclass(frozen=True, slots=True)
class StaffLink:
    """A link as its page shows it. `has_login`: they sign in before they join."""

    member: StaffMember
    standing: Standing
    has_login: bool


def open_link(token: str, at: datetime) -> StaffLink | None:
    """What a colleague's link is good for; None where there is none. Reads only."""
    found = _links().filter(digest=digest_of(token)).first()
    if found is None:
        return None
    member = _whose(found)
    has_login = member.login.has_usable_password()
    return StaffLink(member, standing_of(found, at), has_login)


def join_with_password(*, token: str, password: str, at: datetime) -> StaffMember:
    """Come in for the first time; the password has been checked against the rules."""
    with transaction.atomic():
        found = _taken(token, at)
        login = Login.objects.select_for_update(no_key=True).get(pk=found.login_id)
        if login.has_usable_password():
            raise NotPossible("You have a password already. Sign in with it first.")
        login.set_password(password)
        login.save(update_fields=["password"])
        found.login = login
        _let_in(found, at)
    return found


def join_with_login(*, token: str, login: Login, at: datetime) -> StaffMember:
    """Join one more clinic with the login that is signed in."""
    with transaction.atomic():
        found = _taken(token, at)
        if found.login_id != login.pk:
            raise NotPossible("This link is for another e-mail address.")
        _let_in(found, at)
    return found


def _links() -> QuerySet[Invitation]:
    """Every link for staff. Nobody is signed in who could be asked for theirs."""
    rows = Invitation.objects.filter(staff__isnull=False)
    return rows.select_related("staff__clinic", "staff__login")


def _taken(token: str, at: datetime) -> StaffMember:
    """Whose link it is; it is spent, unless what follows refuses."""
    found = _links().filter(digest=digest_of(token)).first()
    if found is None:
        raise NotPossible(WORDS[Standing.REVOKED])
    if not spend(found, at):
        raise NotPossible(WORDS.get(standing_of(found, at), WORDS[Standing.USED]))
    Invitation.objects.filter(pk=found.pk).update(accepted_at=at)
    return _whose(found)


def _whose(link: Invitation) -> StaffMember:
    """Whom a link of `_links` is for."""
    return cast(StaffMember, link.staff)


def _let_in(member: StaffMember, at: datetime) -> None:
    """From now on they work here, and their address is known to be theirs."""
    member.joined_at = at
    member.version += 1
    member.save(update_fields=["joined_at", "version"])
    EmailAddress.objects.get_or_create(
        user=member.login,
        email=member.login.email,
        defaults={"verified": True, "primary": True},
    )
    audit.record(
        "staff.joined", by=member, clinic=member.clinic, at=at, object_id=member.pk
    )

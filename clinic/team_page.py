"""Who works here, with which roles, and whether they can come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from allauth.mfa.models import Authenticator

from aftercare.models import Clinic, MessageChannel, StaffMember
from aftercare.models.undelivered import refused_staff
from aftercare.services.tokens import Standing, standing_of
from aftercare.sessions import FACTORS

from .deadlines import short_moment
from .role_words import role_names


class Presence(StrEnum):
    """Whether somebody can come in."""

    INVITED = "Invited"
    EXPIRED = "Link expired"
    NO_FACTOR = "No second factor yet"
    ACTIVE = "Active"
    LEFT = "Left"
    REVOKED = "Link taken back"


REFUSED = {
    MessageChannel.EMAIL: "The last e-mail to this address was refused.",
    MessageChannel.SMS: "The last text message to their phone was refused.",
}
"""Alerts do not reach whoever has such an address."""

GONE = (Presence.LEFT, Presence.REVOKED)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of the team."""

    id: UUID
    name: str
    email: str
    roles: str
    presence: Presence
    detail: str
    version: int
    is_self: bool
    refused: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether they have never come in."""
        return self.presence in {
            Presence.INVITED,
            Presence.EXPIRED,
            Presence.REVOKED,
        }

    @property
    def is_gone(self) -> bool:
        return self.presence in GONE


@dataclass(frozen=True, slots=True)
class Team:
    """Who works here, and who did."""

    here: tuple[Colleague, ...]
    gone: tuple[Colleague, ...]


def read_team(staff: StaffMember, at: datetime) -> Team:
    """Everybody of the clinic; four queries."""
    people = staff.clinic.staffmembers.select_related("login").order_by("name", "pk")
    everybody = _colleagues(people, staff, at)
    return Team(
        tuple(one for one in everybody if not one.is_gone),
        tuple(one for one in everybody if one.is_gone),
    )


def read_colleague(member: StaffMember, staff: StaffMember, at: datetime) -> Colleague:
    """One of them, for a page of their own."""
    return _colleagues([member], staff, at)[0]


def _colleagues(
    people: Iterable[StaffMember], staff: StaffMember, at: datetime
) -> list[Colleague]:
    listed = list(people)
    links = staff.clinic.invitations.filter(
        staff__in=[one.pk for one in listed], revoked_at__isnull=True
    )
    newest = {link.staff_id: link for link in links.order_by("created_at")}
    proven = set(
        Authenticator.objects.filter(
            user__in=[one.login_id for one in listed], type__in=FACTORS
        ).values_list("user_id", flat=True)
    )

    refused = set(
        refused_staff(staff.clinic)
        .filter(staff__in=[one.pk for one in listed])
        .values_list("staff_id", "channel")
    )

    def colleague(member: StaffMember) -> Colleague:
        link = newest.get(member.pk)
        waits = link is not None and standing_of(link, at) is Standing.OPEN
        presence = _presence(member, waits=waits, proven=member.login_id in proven)
        until = link.expires_at if link and waits else None
        return Colleague(
            id=member.pk,
            name=member.name,
            email=member.login.email or "",
            roles=role_names(member),
            presence=presence,
            detail=_detail(member, presence, until, at, staff.clinic),
            version=member.version,
            is_self=member.pk == staff.pk,
            refused=tuple(
                words for way, words in REFUSED.items() if (member.pk, way) in refused
            ),
        )

    return [colleague(one) for one in listed]


def _presence(member: StaffMember, *, waits: bool, proven: bool) -> Presence:
    if member.deactivated_at is not None:
        return Presence.REVOKED if member.joined_at is None else Presence.LEFT
    if member.joined_at is None:
        return Presence.INVITED if waits else Presence.EXPIRED
    return Presence.ACTIVE if proven else Presence.NO_FACTOR


def _detail(
    member: StaffMember,
    presence: Presence,
    until: datetime | None,
    at: datetime,
    clinic: Clinic,
) -> str:
    """When, in a few words; empty where there is nothing to say."""
    if until is not None:
        return f"The link works until {short_moment(until, at, clinic)}."
    if presence is Presence.EXPIRED:
        return "Send a new link."
    if presence in GONE and member.deactivated_at is not None:
        return f"Since {short_moment(member.deactivated_at, at, clinic)}."
    return ""

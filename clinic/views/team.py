"""The team (S10): who works here, with which roles; people come and people leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from aftercare.messages.links import link_to
from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from aftercare.services import team as verbs
from aftercare.services.follow_up import NotPossible
from aftercare.services.invite_staff import invite_staff, resend_link, revoke_link
from clinic.forms.seen import Seen
from clinic.forms.team import Invite, Roles, roles_now
from clinic.role_words import ROLES, rights_table
from clinic.team_page import read_colleague, read_team
from clinic.views.reading import see_other
from clinic.views.steps import problem_words

if TYPE_CHECKING:
    from aftercare.models import StaffMember


@staff_only(May.MANAGE_TEAM)
def team(request: StaffRequest) -> HttpResponse:
    """Everybody, and the form by which somebody new is invited."""
    form, at = Invite(request.POST or None), timezone.now()
    if form.is_valid():
        try:
            member = invite_staff(
                by=request.staff, invitee=form.invitee, at=at, link_to=join_address
            )
        except NotPossible as problem:
            form.add_error("email", problem_words(request, problem))
        else:
            messages.success(request, f"A link is on its way to {member.login.email}.")
            return see_other("team")
    facts = {
        "team": read_team(request.staff, at),
        "form": form,
        "roles": tuple(ROLES.values()),
        "rights": rights_table(),
    }
    return render(request, "clinic/team.html", facts, status=_status(form))


@staff_only(May.MANAGE_TEAM)
def colleague(request: StaffRequest, member: UUID) -> HttpResponse:
    """One person: their roles, and whether they can come in."""
    found, at = _find(request, member), timezone.now()
    form = Roles(request.POST or None, initial=roles_now(found))
    if form.is_valid():
        try:
            verbs.change_roles(
                staff_id=member,
                by=request.staff,
                roles=form.cleaned_data["roles"],
                seen=form.cleaned_data["version"],
                at=at,
            )
        except NotPossible as problem:
            form.add_error("roles", problem_words(request, problem))
        else:
            messages.success(request, f"The roles of {found} are saved.")
            return see_other("team")
    return _page(request, found, form, at)


@require_POST
@staff_only(May.MANAGE_TEAM)
def deactivate(request: StaffRequest, member: UUID) -> HttpResponse:
    """Somebody no longer works here."""

    def act(at: datetime, seen: int) -> str:
        count = verbs.deactivate(staff_id=member, by=request.staff, seen=seen, at=at)
        return f"can no longer come in. {_given_back(count)}"

    return _step(request, member, act)


@require_POST
@staff_only(May.MANAGE_TEAM)
def reactivate(request: StaffRequest, member: UUID) -> HttpResponse:
    """Somebody who left is back."""

    def act(at: datetime, seen: int) -> str:
        verbs.reactivate(staff_id=member, by=request.staff, seen=seen, at=at)
        return "can sign in again."

    return _step(request, member, act)


@require_POST
@staff_only(May.MANAGE_TEAM)
def send_link(request: StaffRequest, member: UUID) -> HttpResponse:
    """A new link for somebody who has not come in yet."""

    def act(at: datetime, _: int) -> str:
        resend_link(staff_id=member, by=request.staff, at=at, link_to=join_address)
        return "gets a new link by e-mail. The one before is dead."

    return _step(request, member, act)


@require_POST
@staff_only(May.MANAGE_TEAM)
def take_back_link(request: StaffRequest, member: UUID) -> HttpResponse:
    """Somebody is not to come in after all."""

    def act(at: datetime, _: int) -> str:
        revoke_link(staff_id=member, by=request.staff, at=at)
        return "can no longer come in by the link."

    return _step(request, member, act)


def join_address(token: str) -> str:
    """The whole address of the page by which somebody comes in."""
    return link_to(reverse("join", args=[token]))


def _step(
    request: StaffRequest, key: UUID, act: Callable[[datetime, int], str]
) -> HttpResponse:
    """Take one step on somebody, or say on their page why it cannot be."""
    member, at = _find(request, key), timezone.now()
    sent = Seen(request.POST)
    if sent.is_valid():
        try:
            said = act(at, sent.cleaned_data["version"])
        except NotPossible as problem:
            sent.add_error(None, problem_words(request, problem))
        else:
            messages.success(request, f"{member} {said}")
            return see_other("team")
    return _page(request, member, Roles(initial=roles_now(member)), at, sent)


def _page(
    request: StaffRequest,
    member: StaffMember,
    form: Roles,
    at: datetime,
    sent: Form | None = None,
) -> HttpResponse:
    """The page of one person; `sent` is the step that could not be taken."""
    form.shown_again(member.version)
    facts = {
        "person": read_colleague(member, request.staff, at),
        "roles": form,
        "step": sent,
        "form": sent or form,
    }
    status = _status(sent or form)
    return render(request, "clinic/colleague.html", facts, status=status)


def _find(request: StaffRequest, key: UUID) -> StaffMember:
    people = request.staff.clinic.staffmembers.select_related("login", "clinic")
    return get_object_or_404(people, pk=key)


def _given_back(count: int) -> str:
    if not count:
        return "They looked after no flags."
    who = "1 patient" if count == 1 else f"{count} patients"
    return f"The flags of {who} are back in the queue, without an owner."


def _status(form: Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK

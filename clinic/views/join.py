"""A colleague comes in by the link of their invitation."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from aftercare.people import PersonRequest
from aftercare.second_wall.standing import outside_the_wall
from aftercare.services import join as joining
from aftercare.services.follow_up import NotPossible
from aftercare.services.tokens import Standing
from aftercare.sessions import PERSON, start_first_session
from aftercare.turned_away import turn_away
from aftercare.views.see_other import SeeOther
from clinic.forms.join import FirstPassword


@outside_the_wall
@login_not_required
def join(request: PersonRequest, link: str) -> HttpResponse:
    """Opening it changes nothing; its button lets somebody in, once."""
    opened = joining.open_link(link, timezone.now())
    if opened is None:
        raise Http404
    if opened.standing is not Standing.OPEN:
        words = joining.WORDS[opened.standing]
        return _page(request, opened, {"words": words}, HTTPStatus.GONE)
    if opened.has_login:
        return _with_login(request, link, opened)
    return _with_password(request, link, opened)


def _with_password(
    request: PersonRequest, link: str, opened: joining.StaffLink
) -> HttpResponse:
    """Somebody new, who chooses a password; a second factor comes next."""
    at = timezone.now()
    form = FirstPassword(request.POST or None, login=opened.member.login)
    if form.is_valid():
        try:
            member = joining.join_with_password(
                token=link, password=form.cleaned_data["password"], at=at
            )
        except NotPossible as problem:
            return _page(request, opened, {"words": problem}, HTTPStatus.GONE)
        start_first_session(request, member, at)
        request.session[PERSON] = str(member.pk)
        return SeeOther("home")
    return _page(request, opened, {"form": form}, _status(form))


def _with_login(
    request: PersonRequest, link: str, opened: joining.StaffLink
) -> HttpResponse:
    """Somebody with a login already, who proves first that it is theirs."""
    if request.user.pk != opened.member.login_id:
        return _page(request, opened, {"sign_in": True})
    if request.held is not None:
        return turn_away(request, request.held.why)
    if request.method != "POST":
        return _page(request, opened, {"confirm": True})
    try:
        member = joining.join_with_login(
            token=link, login=request.user, at=timezone.now()
        )
    except NotPossible as problem:
        return _page(request, opened, {"words": problem}, HTTPStatus.GONE)
    request.session[PERSON] = str(member.pk)
    messages.success(request, f"You work at {member.clinic} now.")
    return SeeOther("home")


def _page(
    request: PersonRequest,
    opened: joining.StaffLink,
    facts: dict[str, Any],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown = facts | {"member": opened.member, "is_other": request.user.is_authenticated}
    return render(request, "clinic/join.html", shown, status=status)


def _status(form: FirstPassword) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK

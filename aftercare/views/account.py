"""Home, the way out, and what staff find about their own login."""

from __future__ import annotations

from typing import Any

from allauth.account.views import password_change
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from aftercare import sessions
from aftercare.noting import shows_no_record
from aftercare.people import PersonRequest, clinics_of
from aftercare.permissions import May, may
from aftercare.second_wall.standing import outside_the_wall
from aftercare.sessions import Hold

from .own_account import for_everybody, own_account
from .see_other import SeeOther


@login_not_required
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """The first page of whoever is signed in."""
    if staff := request.staff or (request.held and request.held.staff):
        return redirect("queue" if may(staff, May.SEE_QUEUE) else "audit")
    return redirect("today" if request.patient else "landing")


@require_POST
def leave(request: PersonRequest) -> HttpResponse:
    """End the session on this device, or a sign-in that was begun and not finished."""
    logout(request)
    answer = redirect("sign_in" if "again" in request.POST else "landing")
    # On a shared phone nothing of ours stays in the browser, whatever a page may keep.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@require_safe
def overview(request: PersonRequest) -> HttpResponse:
    """Password, second factor, recovery codes, devices: where each is changed."""
    if request.staff is None:
        raise Http404
    shared = sessions.is_demo(request.session)
    facts: dict[str, Any] = {"shared": shared}
    if not shared:
        mine = clinics_of(request.user)
        facts |= sessions.factor_counts(request.user)
        facts["elsewhere"] = [one for one in mine if one != request.staff]
    return render(request, "account/overview.html", facts)


@require_POST
def go_to_clinic(request: PersonRequest) -> HttpResponse:
    """From here on the desk is that of another clinic at which one works as well."""
    wanted = request.POST.get("member", "")
    if not wanted:
        return SeeOther("account")
    member = next((m for m in clinics_of(request.user) if str(m.pk) == wanted), None)
    if member is None:
        raise Http404
    sessions.be(request.session, member)
    return SeeOther("home")


@require_http_methods(["GET", "POST"])
def stay_awake(request: PersonRequest) -> HttpResponse:
    """Seconds until this session locks itself. A POST says that somebody is there."""
    left = 0
    if request.staff:
        left = sessions.seconds_left(request.session, timezone.now())
    return JsonResponse({"seconds": left})


sign_out = for_everybody(leave)
account = shows_no_record(outside_the_wall(overview))
clinic = own_account(go_to_clinic)
awake = own_account(stay_awake, *Hold)
password = own_account(password_change)

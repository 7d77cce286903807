"""A patient follows their link: a button, a birth date, and they are in (P1).

No page names anybody before the birth date is proven, and none passes the token on: it
leaves the address with the first press.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aftercare.forms.come_in import BirthDateForm
from aftercare.people import PersonRequest
from aftercare.second_wall.standing import outside_the_wall
from aftercare.services.come_in import (
    Opened,
    open_invitation,
    open_started,
    prove,
    start,
)
from aftercare.services.tokens import Standing

from .let_in import STARTED, let_in, let_in_again
from .pressed_twice import recall, remember
from .see_other import SeeOther

METHODS = ["GET", "HEAD", "POST"]


@outside_the_wall
@login_not_required
@require_http_methods(METHODS)
def follow_link(request: PersonRequest, invitation: str) -> HttpResponse:
    """What a link is for, and its button. Only the button changes anything."""
    at = timezone.now()
    opened = open_invitation(invitation, at)
    if opened and request.patient and request.patient.pk == opened.patient_id:
        return SeeOther("today")  # the link serves as a bookmark
    if opened and request.session.get(STARTED) == str(opened.id):
        return SeeOther("birth_date")
    if opened and request.method == "POST":
        return press(request, invitation, opened, at)
    return quiet(link_page(request, opened))


def link_page(request: PersonRequest, opened: Opened | None) -> HttpResponse:
    """The button, or why there is none."""
    if opened is None or opened.standing is not Standing.OPEN:
        return dead(request, opened)
    facts = {"clinic": opened.clinic, "somebody": request.user.is_authenticated}
    return render(request, "come_in/start.html", facts)


def press(
    request: PersonRequest, token: str, opened: Opened, at: datetime
) -> HttpResponse:
    """The button: the link is spent, and this browser alone goes on with it."""
    if request.user.is_authenticated and "switch" not in request.POST:
        return quiet(link_page(request, opened))
    what = f"start {opened.id}"
    started = start(token, at)
    if started is None and recall(request, what) is None:
        return quiet(dead(request, open_invitation(token, at)))
    remember(request, what, "yes")
    if request.user.is_authenticated:
        logout(request)
    request.session[STARTED] = str(opened.id)
    return SeeOther("birth_date")


@outside_the_wall
@login_not_required
@require_http_methods(METHODS)
def birth_date(request: PersonRequest) -> HttpResponse:
    """Is this you? Five tries, then the clinic has to be called."""
    at, key = timezone.now(), request.session.get(STARTED)
    opened = open_started(UUID(key), at) if key else None
    zone = opened.clinic.zoneinfo if opened else UTC
    form = BirthDateForm(request.POST or None, today=at.astimezone(zone).date())
    if opened is None:
        return nothing_started(request, form, at)
    if opened.standing is not Standing.OPEN:
        return let_in_again(request, form, at) or dead(request, opened)
    if form.is_valid() and form.born:
        proof = prove(invitation_id=opened.id, birth_date=form.born, at=at)
        if proof.patient:
            return let_in(request, proof.patient, at)
        if proof.standing is not Standing.OPEN:
            return dead(request, opened, proof.standing)
        form.wrong(proof.tries_left)
    return ask_birth_date(request, form, opened)


def ask_birth_date(
    request: PersonRequest, form: BirthDateForm, opened: Opened
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    facts = {"form": form, "clinic": opened.clinic}
    return render(request, "come_in/birth_date.html", facts, status=status)


def nothing_started(
    request: PersonRequest, form: BirthDateForm, at: datetime
) -> HttpResponse:
    """Nobody pressed a button here, or it was pressed twice and they are in by now."""
    if request.patient:
        return redirect("today")
    return let_in_again(request, form, at) or redirect("way_back")


def dead(
    request: PersonRequest, opened: Opened | None, standing: Standing | None = None
) -> HttpResponse:
    """Why a link is good for nothing, and what to do instead."""
    facts = {
        "clinic": opened.clinic if opened else None,
        "standing": standing or (opened.standing if opened else None),
    }
    status = HTTPStatus.GONE if opened else HTTPStatus.NOT_FOUND
    return render(request, "come_in/dead.html", facts, status=status)


def quiet(response: HttpResponse) -> HttpResponse:
    """A page with the token in its address tells the next page no more than its host.

    Without any referrer a browser would not say either from where a form was sent.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    return response

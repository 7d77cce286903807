"""The way back in for patients: an address, a code, a birth date (P15).

Every page looks the same whether or not anybody has the address that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from aftercare import problems, tries
from aftercare.forms.come_in import AddressForm, BirthDateForm, CodeForm, WhoForm
from aftercare.people import PersonRequest
from aftercare.second_wall.standing import outside_the_wall
from aftercare.services.way_back import (
    Tried,
    ask_for_code,
    check_birth_date,
    check_code,
    choices,
    choose,
)
from aftercare.services.way_back_state import (
    Step,
    asked_address,
    too_soon,
    where,
)

from .let_in import let_in, let_in_again
from .see_other import SeeOther

View = Callable[..., HttpResponse]

PAGES = {
    Step.ASK: "way_back",
    Step.CODE: "way_back_code",
    Step.BIRTH_DATE: "way_back_birth_date",
    Step.WHO: "way_back_who",
    Step.OVER: "way_back_over",
}
BIRTH_DATE = "birth_date"


def signed_out_only(view: View) -> View:
    """Nobody comes in while somebody else is signed in here: they sign out first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "patient", None) and request.method == "POST":
            return SeeOther("today")  # a button that was pressed twice
        if request.user.is_authenticated:
            return render(request, "come_in/somebody_else.html")
        return view(request, *args, **kwargs)

    opened = login_not_required(require_http_methods(["GET", "HEAD", "POST"])(guarded))
    return outside_the_wall(opened)


@signed_out_only
def ask(request: PersonRequest) -> HttpResponse:
    """Where shall the code go?"""
    at = timezone.now()
    form = AddressForm(request.POST or None)
    if not form.is_valid():
        return show(request, "come_in/ask.html", form)
    address = form.cleaned_data["email"]
    if too_soon(request.session, address, at):
        # Not as a message: kept in the session, it would be written back with old counts.
        answer = SeeOther("way_back_code")
        answer.headers["Location"] += "?soon"
        return answer
    if not ratelimit.consume(request, action="patient_code", key=address):
        return too_often(request)
    ask_for_code(request.session, address, at)
    return SeeOther("way_back_code")


@signed_out_only
def code(request: PersonRequest) -> HttpResponse:
    """The six numbers."""
    at = timezone.now()
    if elsewhere := other_step(request, Step.CODE, at):
        return elsewhere
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="patient_proof"):
            return too_often(request)
        tried = check_code(request.session, form.cleaned_data["code"], at)
        if tried.step is not Step.CODE:
            return SeeOther(PAGES[tried.step])
        form.add_error("code", f"This is not the code. You have {left(tried)} left.")
    address = asked_address(request.session)
    soon = "soon" in request.GET
    return show(request, "come_in/code.html", form, address=address, soon=soon)


@signed_out_only
def birth_date(request: PersonRequest) -> HttpResponse:
    """Is this you?"""
    at = timezone.now()
    form = BirthDateForm(request.POST or None, today=at.date())
    if elsewhere := other_step(request, Step.BIRTH_DATE, at):
        return let_in_again(request, form, at) or elsewhere
    address = asked_address(request.session)
    if tries.spent(BIRTH_DATE, address):
        return SeeOther(PAGES[Step.OVER])
    if form.is_valid() and form.born:
        if not ratelimit.consume(request, action="patient_proof"):
            return too_often(request)
        tried = check_birth_date(request.session, form.born, at)
        if tried.patient or tried.step is Step.WHO:
            tries.was_right(BIRTH_DATE, of=address)
        else:
            tries.was_wrong(BIRTH_DATE, address)
        if tried.patient:
            return let_in(request, tried.patient, at)
        if tried.step is not Step.BIRTH_DATE:
            return SeeOther(PAGES[tried.step])
        form.wrong(tried.tries_left)
    return show(request, "come_in/birth_date.html", form)


@signed_out_only
def who(request: PersonRequest) -> HttpResponse:
    """Several people have this address and this birth date."""
    at = timezone.now()
    if elsewhere := other_step(request, Step.WHO, at):
        return elsewhere
    form = WhoForm(request.POST or None)
    if form.is_valid():
        patient = choose(request.session, form.cleaned_data["who"], at)
        if patient:
            return let_in(request, patient, at)
        form.add_error("who", "Choose one.")
    people = choices(request.session, at)
    return show(request, "come_in/who.html", form, people=people)


@require_safe
@signed_out_only
def over(request: PersonRequest) -> HttpResponse:
    """Too many tries, or too late: a new code, or the clinic."""
    return render(request, "come_in/over.html")


def other_step(request: PersonRequest, here: Step, at: datetime) -> HttpResponse | None:
    """To the page that comes next, where it is another than this one."""
    step = where(request.session, at)
    return None if step is here else redirect(PAGES[step])


def left(tried: Tried) -> str:
    return "1 try" if tried.tries_left == 1 else f"{tried.tries_left} tries"


def show(
    request: PersonRequest, template: str, form: Form, **facts: Any
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, {"form": form, **facts}, status=status)


def too_often(request: PersonRequest) -> HttpResponse:
    """Too many tries; 503 where that only seems so, as nothing can be written."""
    if not tries.can_be_counted():
        return problems.unavailable(request)
    return render(
        request, "come_in/too_often.html", status=HTTPStatus.TOO_MANY_REQUESTS
    )

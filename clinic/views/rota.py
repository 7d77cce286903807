"""The rota: who is on duty, week by week. Everybody reads it, some change it."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time
from django.views.decorators.http import require_POST, require_safe

from aftercare.noting import shows_no_record
from aftercare.people import StaffRequest
from aftercare.permissions import May, may, staff_only
from aftercare.services.follow_up import NotPossible
from aftercare.services.rota import put_on_duty, take_off_duty
from clinic.colleagues import colleagues
from clinic.forms.rota import PutOn, TakeOff
from clinic.rota_page import read_rota
from clinic.views.reading import see_other


@shows_no_record
@require_safe
@staff_only(May.SEE_QUEUE)
def rota(request: StaffRequest) -> HttpResponse:
    """A week: `?week=` has a date of it; `?day=`, `?from=` and `?until=` fill the form."""
    at = timezone.now()
    week = asked_date(request.GET.get("week"), today(request, at))
    return _page(request, week, at)


@shows_no_record
@require_POST
@staff_only(May.ROTA)
def put_on(request: StaffRequest) -> HttpResponse:
    """Somebody is on duty, once or every week."""
    at = timezone.now()
    people = colleagues(request.staff.clinic)
    form = PutOn(request.POST, people=people, today=today(request, at))
    if form.is_valid():
        try:
            duties = put_on_duty(
                by=request.staff,
                turn=form.turn,
                weeks=form.cleaned_data["weeks"],
                at=at,
            )
        except NotPossible as problem:
            form.add_error(None, problem.message)
        else:
            name, count = dict(people)[form.turn.staff], len(duties)
            often = f" for {count} weeks" if count > 1 else ""
            messages.success(request, f"{name} is on the rota{often}.")
            return see_other("rota", then=f"?week={form.turn.day}")
    week = form.cleaned_data.get("day") or today(request, at)
    return _page(request, week, at, form)


@shows_no_record
@require_POST
@staff_only(May.ROTA)
def take_off(request: StaffRequest, duty: UUID) -> HttpResponse:
    """A turn is off the rota, and if so wished the same turn of the weeks after."""
    found = get_object_or_404(
        request.staff.clinic.dutys.select_related("staff"), pk=duty
    )
    form = TakeOff(request.POST)
    form.full_clean()
    try:
        count = take_off_duty(
            by=request.staff,
            duty_id=duty,
            following=form.cleaned_data["following"],
            at=timezone.now(),
        )
    except NotPossible as problem:
        messages.error(request, problem.message)
    else:
        often = f", {count} weeks" if count > 1 else ""
        messages.success(request, f"{found.staff} is off the rota{often}.")
    starts = found.starts_at.astimezone(request.staff.clinic.zoneinfo)
    return see_other("rota", then=f"?week={starts:%Y-%m-%d}")


def today(request: StaffRequest, at: datetime) -> date:
    """The date on the clinic's wall."""
    return at.astimezone(request.staff.clinic.zoneinfo).date()


def asked_date(text: str | None, usual: date) -> date:
    """A date in an address, if it is one that a calendar can be drawn around."""
    try:
        found = parse_date(text or "")
    except ValueError:
        found = None
    near = found is not None and abs(found.year - usual.year) <= 2  # noqa: PLR2004
    return found if found is not None and near else usual


def _page(
    request: StaffRequest, week: date, at: datetime, sent: PutOn | None = None
) -> HttpResponse:
    """The page; `sent` is the form that came back."""
    page = read_rota(request.staff, week, at, keeps_rota=request.cover.keeps_rota)
    now = today(request, at)
    facts = {
        "page": page,
        "put_on": sent
        or PutOn(people=page.carers, today=now, initial=_wished(request, week, now)),
        "form": sent,
        "changes": may(request.staff, May.ROTA),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return render(request, "clinic/rota.html", facts, status=status)


def _wished(request: StaffRequest, week: date, now: date) -> dict[str, Any]:
    """What the address says of a turn that is to be put on."""
    wished: dict[str, Any] = {
        "day": asked_date(request.GET.get("day"), max(week, now)),
        "weeks": 1,
    }
    for field, name in (("starts", "from"), ("ends", "until")):
        try:
            wished[field] = parse_time(request.GET.get(name, ""))
        except ValueError:
            continue
    return wished

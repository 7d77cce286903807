"""The clinic's settings (S12): each part is a form of its own with its own Save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from aftercare.promise import OpeningHours, Targets
from aftercare.services import clinic_settings as verbs
from aftercare.services.follow_up import NotPossible
from clinic.forms.clinic_settings import (
    Details,
    PhoneNumbers,
    Promises,
    Retention,
    SettingsForm,
)
from clinic.forms.opening_hours import OrdinaryAgain, OtherDays, Week
from clinic.settings_page import read_settings
from clinic.views.reading import see_other
from clinic.views.steps import problem_words

KEPT = "What you typed is still here. Look at it, then save again to keep it."

PLACES = {"restored": "days"}

Draft = tuple[OpeningHours, Targets]


@require_safe
@staff_only(May.CHANGE_SETTINGS)
def clinic_settings(request: StaffRequest) -> HttpResponse:
    """Every part as it stands, and what a patient would be told now."""
    return _page(request, timezone.now())


@require_POST
@staff_only(May.CHANGE_SETTINGS)
def change_details(request: StaffRequest) -> HttpResponse:
    """Name and address."""
    form, at = Details(request.POST), timezone.now()

    def act(data: dict[str, Any]) -> None:
        verbs.change_details(
            by=request.staff,
            name=data["name"],
            address=data["address"],
            seen=data["version"],
            at=at,
        )

    return _save(request, form, act, at)


@require_POST
@staff_only(May.CHANGE_SETTINGS)
def change_numbers(request: StaffRequest) -> HttpResponse:
    """The numbers that patients dial."""
    form, at = PhoneNumbers(request.POST), timezone.now()

    def act(data: dict[str, Any]) -> None:
        verbs.change_numbers(
            by=request.staff, numbers=form.numbers, seen=data["version"], at=at
        )

    return _save(request, form, act, at)


@require_POST
@staff_only(May.CHANGE_SETTINGS)
def change_hours(request: StaffRequest) -> HttpResponse:
    """The ordinary week."""
    clinic, at = request.staff.clinic, timezone.now()
    form = Week(request.POST, initial={"zone": clinic.zone})

    def act(data: dict[str, Any]) -> None:
        verbs.change_hours(
            by=request.staff,
            zone=data["zone"],
            weekly=form.weekly,
            seen=data["version"],
            at=at,
            accept_gap=data["accept"],
        )

    def draft() -> Draft:
        return form.hours_with(clinic.opening_hours()), clinic.targets

    return _save(request, form, act, at, draft)


@require_POST
@staff_only(May.CHANGE_SETTINGS)
def change_days(request: StaffRequest) -> HttpResponse:
    """Holidays, and dates with other hours."""
    clinic, at = request.staff.clinic, timezone.now()
    form = OtherDays(request.POST, today=at.astimezone(clinic.zoneinfo).date())

    def act(data: dict[str, Any]) -> None:
        verbs.change_days(
            by=request.staff,
            days=form.days,
            intervals=data["hours"],
            seen=data["version"],
            at=at,
            accept_gap=data["accept"],
        )

    def draft() -> Draft:
        return form.hours_with(clinic.opening_hours()), clinic.targets

    return _save(request, form, act, at, draft)


@require_POST
@staff_only(May.CHANGE_SETTINGS)
def restore_day(request: StaffRequest) -> HttpResponse:
    """A date has the hours of its weekday again."""
    form, at = OrdinaryAgain(request.POST), timezone.now()

    def act(data: dict[str, Any]) -> None:
        verbs.restore_day(
            by=request.staff, day=data["day"], seen=data["version"], at=at
        )

    return _save(request, form, act, at)


@require_POST
@staff_only(May.CHANGE_SETTINGS)
def change_promises(request: StaffRequest) -> HttpResponse:
    """By when a person looks."""
    form, at = Promises(request.POST), timezone.now()

    def act(data: dict[str, Any]) -> None:
        verbs.change_targets(
            by=request.staff, targets=form.targets, seen=data["version"], at=at
        )

    def draft() -> Draft:
        return request.staff.clinic.opening_hours(), form.targets

    return _save(request, form, act, at, draft)


@require_POST
@staff_only(May.CHANGE_SETTINGS)
def change_retention(request: StaffRequest) -> HttpResponse:
    """How long records are kept."""
    form, at = Retention(request.POST), timezone.now()

    def act(data: dict[str, Any]) -> None:
        verbs.change_retention(
            by=request.staff,
            months=data["retention_months"],
            seen=data["version"],
            at=at,
        )

    return _save(request, form, act, at)


def _save(
    request: StaffRequest,
    form: SettingsForm | OrdinaryAgain,
    act: Callable[[dict[str, Any]], None],
    at: datetime,
    draft: Callable[[], Draft] | None = None,
) -> HttpResponse:
    """Save one part, or only show what it would promise, or say what stands in the way."""
    if not form.is_valid():
        return _page(request, at, form)
    if draft and "preview" in request.POST:
        return _page(request, at, form, draft())
    try:
        act(form.cleaned_data)
    except verbs.NothingPromised as gap:
        form.tell_gap(gap.message)
    except NotPossible as problem:
        form.add_error(None, f"{problem_words(request, problem)} {KEPT}")
    else:
        messages.success(request, "Saved.")
        return see_other("clinic_settings", then=f"#{PLACES.get(form.part, form.part)}")
    return _page(request, at, form)


def _page(
    request: StaffRequest,
    at: datetime,
    sent: SettingsForm | OrdinaryAgain | None = None,
    draft: Draft | None = None,
) -> HttpResponse:
    """The page; `sent` is the form that came back, with everything that was typed."""
    clinic = request.staff.clinic
    hours = clinic.opening_hours()
    forms = _forms(request, at)
    if sent is not None:
        sent.shown_again(clinic.version)
        forms[sent.part] = sent
    facts = {
        "page": read_settings(clinic, hours, at, draft),
        "parts": forms,
        "form": sent,
        "drafted": sent.part if sent and draft else "",
    }
    refused = sent is not None and sent.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "clinic/clinic_settings.html", facts, status=status)


def _forms(request: StaffRequest, at: datetime) -> dict[str, Any]:
    """Every form with what stands."""
    clinic = request.staff.clinic
    today = at.astimezone(clinic.zoneinfo).date()
    kinds = (Details, PhoneNumbers, Week, Promises, Retention)
    forms: dict[str, Any] = {
        kind.part: kind(initial=kind.facts(clinic)) for kind in kinds
    }
    forms["days"] = OtherDays(initial=OtherDays.facts(clinic), today=today)
    return forms

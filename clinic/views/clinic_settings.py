"""The clinic's settings (S12): each part is a form of its own with its own Save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
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

SHOWN = (Details, PhoneNumbers, Week, OtherDays, Promises, Retention)
PLACES = {"restored": "days"}

Draft = tuple[OpeningHours, Targets]
View = Callable[..., HttpResponseBase]


@require_safe
@staff_only(May.CHANGE_SETTINGS)
def clinic_settings(request: StaffRequest) -> HttpResponse:
    """Every part as it stands, and what a patient would be told now."""
    return _page(request, timezone.now())


def part(form: type[SettingsForm], verb: Callable[..., None]) -> View:
    """A page that takes one part, and keeps it by this verb."""

    @require_POST
    @staff_only(May.CHANGE_SETTINGS)
    def change(request: StaffRequest) -> HttpResponse:
        at = timezone.now()
        return _save(request, _form(form, request, at, request.POST), verb, at)

    return change


change_details = part(Details, verbs.change_details)
change_numbers = part(PhoneNumbers, verbs.change_numbers)
change_hours = part(Week, verbs.change_hours)
change_days = part(OtherDays, verbs.change_days)
restore_day = part(OrdinaryAgain, verbs.restore_day)
change_promises = part(Promises, verbs.change_targets)
change_retention = part(Retention, verbs.change_retention)


def _save(
    request: StaffRequest, form: SettingsForm, verb: Callable[..., None], at: datetime
) -> HttpResponse:
    """Save one part, or only show what it would promise, or say what stands in the way."""
    if not form.is_valid():
        return _page(request, at, form)
    draft = form.draft() if "preview" in request.POST else None
    if draft:
        return _page(request, at, form, draft)
    seen = form.cleaned_data["version"]
    try:
        verb(by=request.staff, seen=seen, at=at, **form.changes)
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
    sent: SettingsForm | None = None,
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
    return {form.part: _form(form, request, at) for form in SHOWN}


def _form(
    form: type[SettingsForm], request: StaffRequest, at: datetime, data: Any = None
) -> SettingsForm:
    clinic = request.staff.clinic
    return form(data, clinic=clinic, today=at.astimezone(clinic.zoneinfo).date())

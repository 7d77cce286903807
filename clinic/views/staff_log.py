"""A log that a patient gives by telephone, entered by staff and marked so."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from aftercare.forms.log_form import LogForm
from aftercare.forms.log_layout import Occasion, questions_of
from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from aftercare.services.submit_log import Refused, Submitted, Unfinished, submit_log
from aftercare.warning_signs.vocabulary import Level
from clinic.phone_log import PhoneLog, phone_log, today_at
from clinic.views.reading import find_treatment, see_other

if TYPE_CHECKING:
    from aftercare.models import Treatment


@staff_only(May.ENTER_LOG)
def staff_log(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """The patient's own questions, for today or one of the last three days (`?for=`)."""
    at = timezone.now()
    if request.method == "POST":
        return receive(request, treatment, at)
    found = find_treatment(request, treatment)
    if found.voided_at is not None:
        raise Http404
    page = page_for(found, at, request.GET.get("for"))
    form = LogForm(today=page.today, initial={"for_date": page.for_date})
    return show(request, page, form)


def receive(request: StaffRequest, treatment: UUID, at: datetime) -> HttpResponse:
    """Store what says enough; else ask for the rest, with everything kept."""
    form = LogForm(request.POST, today=today_at(request.staff.clinic, at))
    entry, by = form.entry(), request.staff
    try:
        sent = submit_log(treatment_id=treatment, by=by, entry=entry, at=at)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Unfinished:
        form.ask_for_blanks()
    except Refused as refused:
        form.refuse(refused.reason)
    else:
        return read_out(request, sent)
    found = find_treatment(request, treatment)
    return show(request, phone_log(found, at, form.date_in_reach), form)


def read_out(request: StaffRequest, submitted: Submitted) -> HttpResponse:
    """On to what the patient is to be told, which nobody else shows them."""
    messages.success(request, "Log saved. Read the advice out to the patient.")
    log, advice = submitted.log, submitted.advice
    if advice.level >= Level.PROMPT:
        return see_other("flag_detail", log.treatment_id)
    return see_other("patient_detail", log.treatment.patient_id)


def show(request: StaffRequest, page: PhoneLog, form: LogForm) -> HttpResponse:
    occasion = Occasion(page.day, page.is_past, request.staff.clinic.emergency_number)
    facts = {
        "page": page,
        "form": form,
        "key": form.key_it_came_with or uuid4(),
        "questions": questions_of(form, occasion),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "clinic/staff_log.html", facts, status=status)


def page_for(treatment: Treatment, at: datetime, wanted: str | None) -> PhoneLog:
    """The page for a date; 404 for one that cannot be told about."""
    try:
        return phone_log(treatment, at, date.fromisoformat(wanted) if wanted else None)
    except ValueError as wrong:
        raise Http404 from wrong

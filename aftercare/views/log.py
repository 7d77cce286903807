"""The daily log: the form, its answer, and the correction of a log sent before."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aftercare.forms.log_form import LogForm
from aftercare.forms.log_layout import Occasion, blank_questions, questions_of
from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.services.submit_log import Refused, Unfinished, submit_log
from aftercare.showing.correction import Correction, correction_of
from aftercare.showing.log_page import LogPage, log_page
from aftercare.showing.moments import clock_of

from .see_other import SeeOther

METHODS = ["GET", "HEAD", "POST"]


@patient_only
@require_http_methods(METHODS)
def log(request: PatientRequest, treatment: UUID) -> HttpResponse:
    """A log of today, or of one of the last three days (`?for=`).

    `?again=1` is a second log of the date, and so on.
    """
    at = timezone.now()
    if request.method == "POST":
        return receive(request, treatment, at)
    page = page_for(request, treatment, at, date_in(request.GET.get("for")))
    if page.course.is_over:
        return redirect(f"{reverse('today')}?treatment={treatment}")
    return empty_form(request, page)


@patient_only
@require_http_methods(METHODS)
def correct_log(request: PatientRequest, treatment: UUID, log: UUID) -> HttpResponse:
    """The questions again, with what was sent beside them."""
    at = timezone.now()
    if request.method == "POST":
        return receive(request, treatment, at, corrects=log)
    correction = correction_for(page_for(request, treatment, at), log)
    form = LogForm(today=at.date(), sent=correction.sent)
    return show(request, correction.page, form, correction=correction)


def receive(
    request: PatientRequest, treatment: UUID, at: datetime, corrects: UUID | None = None
) -> HttpResponse:
    """Store a log that says enough and go on to its advice; else ask for the rest."""
    patient = request.patient
    form = LogForm(request.POST, today=clock_of(patient, at).today)
    entry = form.entry(corrects)
    try:
        sent = submit_log(treatment_id=treatment, by=patient, entry=entry, at=at)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Unfinished:
        form.ask_for_blanks()
    except Refused as refused:
        form.refuse(refused.reason)
    else:
        return SeeOther("advice", sent.log.pk)
    return ask_again(request, treatment, at, form, corrects)


def ask_again(
    request: PatientRequest,
    treatment: UUID,
    at: datetime,
    form: LogForm,
    corrects: UUID | None,
) -> HttpResponse:
    """The page with every answer kept and what is wrong beside it."""
    page = page_for(request, treatment, at, form.date_in_reach)
    correction = correction_still(page, corrects)
    if correction:
        form.show_sent(correction.sent)
        page = correction.page
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return show(request, page, form, correction=correction, status=status)


def empty_form(request: PatientRequest, page: LogPage) -> HttpResponse:
    """The page as it is opened: nothing answered, and the same key each time."""
    facts = {
        "page": page,
        "key": page.turn.key,
        "questions": blank_questions(occasion(request, page)),
    }
    return render(request, "patient/log.html", facts)


def show(
    request: PatientRequest,
    page: LogPage,
    form: LogForm,
    *,
    correction: Correction | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The page with a form that is not empty."""
    opened = correction or page.turn
    facts = {
        "page": page,
        "form": form,
        "key": form.key_it_came_with or opened.key,
        "questions": questions_of(form, occasion(request, page)),
        "correction": correction,
    }
    return render(request, "patient/log.html", facts, status=status)


def occasion(request: PatientRequest, page: LogPage) -> Occasion:
    return Occasion(page.day, page.is_past, request.patient.clinic.emergency_number)


def page_for(
    request: PatientRequest,
    treatment: UUID,
    at: datetime,
    wanted: date | None = None,
) -> LogPage:
    """The page for a date, by default today; 404 for a date it cannot be."""
    clock = clock_of(request.patient, at)
    try:
        again = number_in(request.GET.get("again"))
        return log_page(request.patient, treatment, clock, wanted, again)
    except (ObjectDoesNotExist, ValueError) as wrong:
        raise Http404 from wrong


def date_in(address: str | None) -> date | None:
    """The date that an address asks for, if it does."""
    try:
        return date.fromisoformat(address) if address else None
    except ValueError as wrong:
        raise Http404 from wrong


def number_in(address: str | None) -> int:
    """Which log of its date an address asks for; the first for one that makes no sense."""
    try:
        return max(int(address or 0), 0)
    except ValueError:
        return 0


def correction_still(page: LogPage, log: UUID | None) -> Correction | None:
    """The correction that a form came from; None once it can no longer be made.

    What was typed is then asked as a log of its own, never lost.
    """
    try:
        return correction_of(page, log) if log else None
    except ValueError:
        return None


def correction_for(page: LogPage, log: UUID) -> Correction:
    try:
        return correction_of(page, log)
    except (ObjectDoesNotExist, ValueError) as wrong:
        raise Http404 from wrong

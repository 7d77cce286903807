"""My data (P13): copies of the record, asking for deletion, leaving the course."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from aftercare.people import PatientRequest
from aftercare.permissions import patient_only
from aftercare.services import ask_erasure, leave_course
from aftercare.services.follow_up import NotPossible
from aftercare.services.take_out import note_download
from aftercare.showing.export.as_csv import logs_csv
from aftercare.showing.export.as_json import record_json as in_json
from aftercare.showing.export.as_page import record_head, record_parts
from aftercare.showing.export.kinds import Audience
from aftercare.showing.export.my_devices import devices_of
from aftercare.showing.lead import lead_of
from aftercare.showing.moments import clock_of
from aftercare.showing.my_data import my_data as my_data_of
from aftercare.showing.who_looked import who_looked

from .see_other import SeeOther
from .streaming import file_of, page_of

THEIRS = Audience.PATIENT
EARLIEST, LATEST = date(2000, 1, 1), date(9000, 1, 1)
PAGES = ["GET", "HEAD", "POST"]


@patient_only
@require_safe
def my_data(request: PatientRequest) -> HttpResponse:
    """What there is, who looked at it, and what the patient may ask for."""
    return _page(request, "patient/my_data.html")


@patient_only
@require_safe
def who_has_looked(request: PatientRequest) -> HttpResponse:
    """Everybody at the clinic who read the record or did something with it, by day."""
    patient, at = request.patient, timezone.now()
    facts = {
        "looked": who_looked(patient, _day(request.GET.get("before", ""))),
        "lead": lead_of(patient, at),
    }
    return render(request, "patient/who_looked.html", facts)


def _day(words: str) -> date | None:
    """A day in the address, if it is one on which there could be a record."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if EARLIEST < day < LATEST else None


def _page(request: PatientRequest, template: str) -> HttpResponse:
    clock = clock_of(request.patient, timezone.now())
    return render(request, template, {"page": my_data_of(request.patient, clock)})


# --- Copies -----------------------------------------------------------------------------


@patient_only
@require_safe
def record_page(request: PatientRequest) -> StreamingHttpResponse:
    """Everything, to be read or printed."""
    at, patient = timezone.now(), request.patient
    note_download(by=patient, page="my_record", at=at)
    head = record_head(patient, THEIRS, at)
    return page_of(request, "patient/record.html", head, record_parts(patient, THEIRS))


@patient_only
@require_safe
def record_json(request: PatientRequest) -> StreamingHttpResponse:
    """Everything, for another program."""
    at, patient = timezone.now(), request.patient
    note_download(by=patient, page="my_record_json", at=at)
    record = in_json(patient, THEIRS, at, devices_of(patient))
    return file_of(record, f"my-record-{at:%Y-%m-%d}.json", "application/json")


@patient_only
@require_safe
def record_csv(request: PatientRequest) -> StreamingHttpResponse:
    """The logs, for a spreadsheet."""
    at, patient = timezone.now(), request.patient
    note_download(by=patient, page="my_logs_csv", at=at)
    return file_of(
        logs_csv(patient), f"my-logs-{at:%Y-%m-%d}.csv", "text/csv; charset=utf-8"
    )


# --- Deletion ---------------------------------------------------------------------------


@patient_only
@require_http_methods(PAGES)
def ask_to_delete(request: PatientRequest) -> HttpResponse:
    """What would go and what would stay, and the button."""
    if request.method != "POST":
        return _page(request, "patient/my_data_delete.html")
    ask_erasure.ask_for_erasure(by=request.patient, at=timezone.now())
    messages.success(request, "We have your request. The clinic answers it.")
    return SeeOther("my_data")


@patient_only
@require_POST
def keep_my_record(request: PatientRequest) -> HttpResponse:
    """The patient would rather stay."""
    ask_erasure.take_back_request(by=request.patient, at=timezone.now())
    messages.success(request, "We keep your record. Nothing is deleted.")
    return SeeOther("my_data")


# --- The course -------------------------------------------------------------------------


@patient_only
@require_http_methods(PAGES)
def leave(request: PatientRequest) -> HttpResponse:
    """What stops and what does not, and the button."""
    if request.method != "POST":
        return _page(request, "patient/my_data_leave.html")
    try:
        leave_course.leave_course(by=request.patient, at=timezone.now())
    except NotPossible as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "We have stopped checking on you.")
    return SeeOther("my_data")


@patient_only
@require_POST
def come_back(request: PatientRequest) -> HttpResponse:
    """Checks and reminders start again."""
    leave_course.come_back(by=request.patient, at=timezone.now())
    messages.success(request, "Welcome back. We check on you again.")
    return SeeOther("today")

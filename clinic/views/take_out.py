"""Records leave the house: one of them, or all. With a reason, and written down."""

from __future__ import annotations

from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aftercare.noting import shows_no_record
from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from aftercare.second_wall.standing import piece_by_piece
from aftercare.services.take_out import export_clinic, export_record
from aftercare.showing.export.as_json import clinic_jsonl, line, record_json
from aftercare.showing.export.as_page import record_head, record_parts
from aftercare.showing.export.kinds import Audience
from aftercare.views.streaming import file_of, page_of
from clinic.forms.rights import PAGE, TakeOutAll, TakeOutRecord
from clinic.views.fresh_factor import fresh_factor
from clinic.views.reading import find_patient

if TYPE_CHECKING:
    from aftercare.models import Patient

FOR_STAFF = Audience.STAFF


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(May.EXPORT)
def take_out_record(request: StaffRequest, patient: UUID) -> HttpResponseBase:
    """One record, as a page or as a file."""
    return _take_out_record(request, find_patient(request, patient))


@fresh_factor
def _take_out_record(request: StaffRequest, patient: Patient) -> HttpResponseBase:
    form = TakeOutRecord(request.POST or None)
    if not form.is_valid():
        return _asking(request, "clinic/take_out_record.html", form, patient)
    at, reason = timezone.now(), form.cleaned_data["reason"]
    export_record(patient=patient, by=request.staff, reason=reason, at=at)
    if form.cleaned_data["format"] == PAGE:
        head = record_head(patient, FOR_STAFF, at)
        parts = record_parts(patient, FOR_STAFF)
        return page_of(request, "clinic/record.html", head, parts)
    name = f"record-{at:%Y-%m-%d}.json"
    return file_of(record_json(patient, FOR_STAFF, at), name, "application/json")


@shows_no_record
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(May.EXPORT_ALL)
@fresh_factor
def take_out_all(request: StaffRequest) -> HttpResponseBase:
    """Every record of the clinic, one a line."""
    form = TakeOutAll(request.POST or None)
    if not form.is_valid():
        return _asking(request, "clinic/take_out_all.html", form)
    at = timezone.now()
    export_clinic(by=request.staff, reason=form.cleaned_data["reason"], at=at)
    some = clinic_jsonl(request.staff.clinic, at)
    lines = map(line, chain.from_iterable(some))
    name = f"records-{at:%Y-%m-%d}.jsonl"
    return piece_by_piece(file_of(lines, name, "application/jsonl"))


def _asking(
    request: StaffRequest, template: str, form: Form, patient: Patient | None = None
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, {"form": form, "patient": patient}, status=status)

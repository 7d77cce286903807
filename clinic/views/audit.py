"""The audit (S9): read, filtered and taken out, never changed."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from aftercare.noting import shows_no_record
from aftercare.people import StaffRequest
from aftercare.permissions import May, may, staff_only
from aftercare.second_wall.standing import piece_by_piece
from aftercare.services.take_out import export_audit
from aftercare.views.streaming import file_of
from clinic.audit import entries, names_are_shown, read_audit, team_of
from clinic.audit_file import audit_file
from clinic.forms.audit import Filter, TakeOut
from clinic.views.fresh_factor import fresh_factor
from clinic.views.reading import key_in


@require_safe
@staff_only(May.READ_OWN_AUDIT)
def audit(request: StaffRequest) -> HttpResponse:
    """Who did or read what, newest first: of everybody, or what one did oneself."""
    asked = _filter(request)
    facts = {
        "page": read_audit(request.staff, asked.sought, key_in(request, "after")),
        "filter": asked,
        "query": _query(asked),
        "everybody": may(request.staff, May.READ_AUDIT),
        "names": names_are_shown(request.staff),
        "clinical": may(request.staff, May.READ_CLINICAL),
    }
    return render(request, "clinic/audit.html", facts)


@shows_no_record
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(May.READ_AUDIT)
@fresh_factor
def take_out_audit(request: StaffRequest) -> HttpResponseBase:
    """What the filter shows, as a file, with a reason."""
    asked, form = (
        _filter(request),
        TakeOut(request.POST if request.method == "POST" else None),
    )
    if not form.is_valid():
        count = entries(request.staff, asked.sought).count()
        facts = {"form": form, "query": _query(asked), "count": count}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, "clinic/audit_file.html", facts, status=status)
    at = timezone.now()
    export_audit(by=request.staff, reason=form.cleaned_data["reason"], at=at)
    pieces = audit_file(request.staff, asked.sought)
    name = f"audit-{at:%Y-%m-%d}.csv"
    return piece_by_piece(file_of(pieces, name, "text/csv; charset=utf-8"))


def _filter(request: StaffRequest) -> Filter:
    """What the address asks for."""
    may_all = may(request.staff, May.READ_AUDIT)
    team = team_of(request.staff.clinic) if may_all else []
    return Filter(request.GET, team=team, names=names_are_shown(request.staff))


def _query(asked: Filter) -> str:
    """The same filter again, for the addresses of the next page and of the file."""
    given = {name: asked.data.get(name, "") for name in asked.fields}
    return urlencode({name: one for name, one in given.items() if one})

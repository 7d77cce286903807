"""One flagged treatment (S3) and what is done about it, all on one page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aftercare.people import StaffRequest
from aftercare.permissions import May, may, staff_only
from aftercare.services import escalate as escalation
from aftercare.services import follow_up
from aftercare.services.review_flags import review_flags
from clinic.colleagues import colleagues, leads, working
from clinic.flag_page import next_opening
from clinic.forms.follow_up import Assign, Escalate, LogContact, Snooze
from clinic.forms.review import CloseFlags
from clinic.forms.shown import Acknowledge
from clinic.views.reading import find_treatment, see_other
from clinic.views.steps import (
    contact_page,
    flag_page,
    problem_words,
    say_what_stays_open,
    take_step,
)


@require_safe
@staff_only(May.READ_CLINICAL)
def flag_detail(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """The whole story of a flagged treatment; beside the queue on a wide screen."""
    return flag_page(request, find_treatment(request, treatment), timezone.now())


@require_POST
@staff_only(May.ACKNOWLEDGE)
def acknowledge(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """One click: I look after this."""
    form, at = Acknowledge(request.POST), timezone.now()

    def act() -> None:
        follow_up.acknowledge(
            treatment_id=treatment, shown=form.shown_flags, by=request.staff, at=at
        )

    return take_step(request, treatment, form, act, at)


@require_POST
@staff_only(May.ACKNOWLEDGE)
def undo_acknowledge(
    request: StaffRequest, treatment: UUID, step: UUID
) -> HttpResponse:
    """Take back one's own acknowledgement within ten seconds."""
    get_object_or_404(find_treatment(request, treatment).follow_ups, pk=step)
    try:
        follow_up.undo_acknowledgement(
            treatment_id=treatment, step_id=step, by=request.staff, at=timezone.now()
        )
    except follow_up.NotPossible as problem:
        messages.error(request, problem_words(request, problem))
    return see_other("flag_detail", treatment)


@staff_only(May.CONTACT)
def log_contact(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """Record an attempt to reach the patient; the front desk has a page for it."""
    at = timezone.now()
    if request.method != "POST":
        return contact_page(request, find_treatment(request, treatment), at)
    form = LogContact(request.POST)

    def act() -> str:
        follow_up.log_contact(
            treatment_id=treatment,
            shown=form.shown_flags,
            by=request.staff,
            contact=form.contact,
            at=at,
        )
        return "?open=close#close" if form.contact.has_reached else ""

    return take_step(request, treatment, form, act, at)


@require_POST
@staff_only(May.ACKNOWLEDGE)
def assign(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """Give a row to a colleague."""
    people, at = request.staff.clinic.staffmembers, timezone.now()
    form = Assign(request.POST, colleagues=colleagues(request.staff.clinic))

    def act() -> None:
        follow_up.assign(
            treatment_id=treatment,
            shown=form.shown_flags,
            by=request.staff,
            to=get_object_or_404(people, pk=form.cleaned_data["to"]),
            at=at,
        )

    return take_step(request, treatment, form, act, at)


@require_POST
@staff_only(May.CONTACT)
def escalate(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """Ask a clinical lead to decide; whoever tries to reach a patient can."""
    people, at = request.staff.clinic.staffmembers, timezone.now()
    choices = leads(working(request.staff.clinic), request.staff)
    form = Escalate(request.POST, leads=choices)

    def act() -> None:
        lead = get_object_or_404(people, pk=form.cleaned_data["to"])
        escalation.escalate(
            treatment_id=treatment,
            shown=form.shown_flags,
            by=request.staff,
            to=lead,
            at=at,
        )
        messages.success(request, f"{lead} has been told.")

    return take_step(request, treatment, form, act, at)


@require_POST
@staff_only(May.ACKNOWLEDGE)
def snooze(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """Set a row aside until a time, after a contact."""
    at = timezone.now()
    opening = next_opening(request.staff.clinic, at)
    form = Snooze(request.POST, at=at, opening=opening)

    def act() -> None:
        follow_up.snooze(
            treatment_id=treatment,
            shown=form.shown_flags,
            by=request.staff,
            until=form.moment,
            at=at,
        )

    return take_step(request, treatment, form, act, at)


@require_POST
@staff_only(May.REVIEW)
def review(request: StaffRequest, treatment: UUID) -> HttpResponse:
    """Close the flags that were shown, with outcome and note."""
    at = timezone.now()
    form = CloseFlags(request.POST, lead=may(request.staff, May.REVIEW_EMERGENCY))

    def act() -> None:
        reviewed = review_flags(
            treatment_id=treatment,
            shown=form.shown_flags,
            by=request.staff,
            findings=form.findings,
            at=at,
        )
        say_what_stays_open(request, reviewed)

    return take_step(request, treatment, form, act, at)

"""The page of a flagged treatment, and one step taken on it.

A step that cannot be taken comes back beside its form, with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from aftercare.people import StaffRequest
from aftercare.permissions import May, may
from aftercare.promise import clock_words
from aftercare.services.follow_up import NotPossible
from aftercare.services.review_flags import Reviewed
from clinic.contact_page import ContactPage, read_contact_page
from clinic.flag_page import FlagPage, read_flag_page
from clinic.forms.follow_up import Assign, Escalate, LogContact, Snooze
from clinic.forms.review import CloseFlags
from clinic.forms.shown import Acknowledge, FlagForm, shown_values
from clinic.queue import Tab, read_queue
from clinic.views.reading import chosen, find_treatment, see_other

if TYPE_CHECKING:
    from aftercare.models import Treatment

RIGHTS = {
    "acknowledge": May.ACKNOWLEDGE,
    "contact": May.CONTACT,
    "review": May.REVIEW,
    "enter_log": May.ENTER_LOG,
}


def flag_page(
    request: StaffRequest,
    treatment: Treatment,
    at: datetime,
    sent: FlagForm | None = None,
) -> HttpResponse:
    """The page; `sent` is a form that came back, with what stood in its way."""
    page = read_flag_page(request.staff, treatment, at)
    facts = {
        "page": page,
        "queue": read_queue(request.staff, at, chosen(request, "tab", Tab)),
        "open": page.treatment,
        "opened": sent.id if sent else request.GET.get("open", ""),
        "forms": forms_for(request, page, at, sent),
        "form": sent,
        "may": {name: may(request.staff, right) for name, right in RIGHTS.items()},
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return render(request, "clinic/flag.html", facts, status=status)


def forms_for(
    request: StaffRequest, page: FlagPage, at: datetime, sent: FlagForm | None
) -> dict[str, Form]:
    """Every form of the page, with the flags and evidence that it now shows."""
    shown = {"initial": {"shown": shown_values(page.shown)}}
    mine = {"initial": shown["initial"] | {"to": str(request.staff.pk)}}
    lead = may(request.staff, May.REVIEW_EMERGENCY)
    contact = LogContact(**shown)
    forms: dict[str, Form] = {
        "acknowledge": Acknowledge(**shown),
        "contact": contact.only_reached() if page.must_escalate else contact,
        "assign": Assign(colleagues=page.colleagues, **mine),
        "escalate": escalate_form(request, page),
        "snooze": Snooze(at=at, opening=page.opening, **shown),
        "close": CloseFlags(lead=lead, **shown),
    }
    return forms | ({sent.id: shown_again(sent, page.shown)} if sent else {})


def escalate_form(request: StaffRequest, page: FlagPage | ContactPage) -> Escalate:
    """To a clinical lead: the one who is on duty, unless another is chosen."""
    now = [str(key) for key, _ in page.leads if key in request.cover.keys]
    initial = {"shown": shown_values(page.shown), "to": next(iter(now), None)}
    return Escalate(leads=page.leads, initial=initial)


def shown_again(
    sent: FlagForm, shown: tuple[tuple[UUID, UUID | None], ...]
) -> FlagForm:
    """A form that came back: what was typed, and the flags as the page shows them now."""
    sent.data = sent.data.copy()
    sent.data.setlist("shown", shown_values(shown))
    return sent


def contact_page(
    request: StaffRequest,
    treatment: Treatment,
    at: datetime,
    sent: FlagForm | None = None,
) -> HttpResponse:
    """Where the front desk logs a call; it says nothing of what the call is about."""
    if may(request.staff, May.READ_CLINICAL):
        return see_other("flag_detail", treatment.pk, then="?open=contact#contact")
    page = read_contact_page(request.staff, treatment, at)
    shown = {"initial": {"shown": shown_values(page.shown)}}
    contact = LogContact(**shown)
    forms: dict[str, Form] = {
        "contact": contact.only_reached() if page.must_escalate else contact,
        "escalate": escalate_form(request, page),
    }
    if sent:
        forms[sent.id] = shown_again(sent, page.shown)
    facts = {"page": page, "forms": forms, "form": sent}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return render(request, "clinic/contact.html", facts, status=status)


def take_step(
    request: StaffRequest,
    treatment_id: UUID,
    form: FlagForm,
    act: Callable[[], str | None],
    at: datetime,
) -> HttpResponse:
    """Act on a valid form and go on; `act` may say what follows the page's address."""
    treatment = find_treatment(request, treatment_id)
    clinical = may(request.staff, May.READ_CLINICAL)
    if form.is_valid():
        try:
            then = act() or ""
        except NotPossible as problem:
            form.add_error(None, problem_words(request, problem))
        else:
            if not clinical:
                return see_other("queue")
            return see_other("flag_detail", treatment_id, then=then)
    page = flag_page if clinical else contact_page
    return page(request, treatment, at, form)


def problem_words(request: StaffRequest, problem: NotPossible) -> str:
    """Why it cannot be: "Priya Nair already closed this at 10:42am."."""
    if problem.at is None:
        return problem.message
    local = problem.at.astimezone(request.staff.clinic.zoneinfo)
    return f"{problem.message} at {clock_words(local)}."


def say_what_stays_open(request: StaffRequest, reviewed: Reviewed) -> None:
    """After closing: why some flags stay open, in no clinical words."""
    if not reviewed.left_open:
        return
    count = len(reviewed.closed)
    messages.success(request, f"Closed {count} flag{'s' if count > 1 else ''}.")
    for why in dict.fromkeys(why for _, why in reviewed.left_open):
        same = sum(1 for _, other in reviewed.left_open if other == why)
        stays = "1 flag stays" if same == 1 else f"{same} flags stay"
        messages.warning(request, f"{stays} open. {why}")

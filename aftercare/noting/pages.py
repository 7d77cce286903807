"""Every page that shows somebody's record is noted in the audit, whoever wrote the page.

A page is noted unless it says that it shows no record (`shows_no_record`); one that is
about a row and does not say whose (`about`) is not shown at all. So none can be forgotten.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from aftercare.models import Patient, StaffMember
from aftercare.people import PersonRequest, is_poll
from aftercare.permissions import May
from aftercare.problems import is_full
from aftercare.services import audit

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])

SHOWN = {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}

# The team and the settings are about the clinic: no patient stands on their pages.
OF_THE_CLINIC = {May.MANAGE_TEAM, May.CHANGE_SETTINGS}

# A page that looks again by itself is noted again after this while.
AGAIN = timedelta(hours=1)


class WhoseIsIt(RuntimeError):
    """A page about a row does not say whose record it shows: nobody gets to see it."""


def shows_no_record(view: View) -> View:
    """A page on which no patient stands."""
    view.no_record = True
    return view


def about(request: HttpRequest, patient: UUID, row: UUID) -> None:
    """The page is about this patient; `row` is the treatment, or the patient again."""
    request.about = (patient, row)


class NoteReading:
    """Writes down who was shown whose record, before the page is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        asked = audit.Asked()
        before = audit.ASKED_FROM.set(asked)
        try:
            response = self.get_response(request)
            person = request.staff or request.patient
            if person is not None and shows_a_record(request, response, asked):
                read = what_was_read(request, person)
                note_if_there_is_room(read, timezone.now(), again=is_poll(request))
        finally:
            audit.ASKED_FROM.reset(before)
        return response

    def process_view(self, request: PersonRequest, *_: object) -> None:
        """What is done from here on is done from this page."""
        if asked := audit.ASKED_FROM.get():
            asked.page = request.resolver_match.view_name


def shows_a_record(
    request: PersonRequest, response: HttpResponse, asked: audit.Asked
) -> bool:
    """Whether the answer is a page of a record, or a list of them, not written down yet.

    What is sent in parts is a copy of a record, and what was done was done by a service:
    both are verbs of their own. A form that comes back did nothing.
    """
    done = response.status_code == HTTPStatus.OK and asked.noted
    shown = response.status_code in SHOWN and not response.streaming and not done
    match = request.resolver_match
    return bool(shown and match and not is_without_record(match.func))


def is_without_record(view: Callable[..., Any]) -> bool:
    """Whether a page shows nobody's record: by its word, by its right, or to everybody."""
    return (
        getattr(view, "no_record", False)
        or getattr(view, "right", None) in OF_THE_CLINIC
        or not getattr(view, "login_required", True)
    )


def what_was_read(request: PersonRequest, by: Patient | StaffMember) -> audit.Read:
    match = request.resolver_match
    if isinstance(by, Patient):
        return audit.Read(by, match.view_name, by.pk, by.pk)
    patient, row = getattr(request, "about", (None, None))
    if patient is None and match.kwargs:
        raise WhoseIsIt(f"{match.view_name} does not say whose record it shows.")
    return audit.Read(by, match.view_name, patient, row)


def note(read: audit.Read, at: datetime, *, again: bool) -> None:
    """One row for one page. What looks again by itself is noted once an hour."""
    if not (again and audit.was_read_since(read, at - AGAIN)):
        audit.record_reading(read, at)


def note_if_there_is_room(read: audit.Read, at: datetime, *, again: bool) -> None:
    """The same, but a full disk keeps nobody from a page on which a life may depend.

    Then the log of the program says by whose key and which page was read; anything else
    that fails keeps the page back.
    """
    try:
        note(read, at, again=again)
    except DatabaseError as error:
        if not is_full(error):
            raise
        if connection.in_atomic_block:
            transaction.set_rollback(True)  # nothing was written, and nothing can be
        logger.error(  # noqa: TRY400  a cause is known, a trace says no more
            "No room to note in the audit: %s read %s, about %s.",
            read.by.pk,
            read.page,
            read.patient_id,
        )

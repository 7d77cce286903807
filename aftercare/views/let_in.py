"""Letting a patient in who has proved who they are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from aftercare.forms.come_in import BirthDateForm
from aftercare.services.come_in import who_came_in
from aftercare.services.way_back_state import WAY_BACK
from aftercare.sessions import start_patient_session
from aftercare.showing.moments import date_words

from .pressed_twice import recall, remember
from .see_other import SeeOther

if TYPE_CHECKING:
    from aftercare.models import Patient

STARTED = "invitation"
CAME_IN = "came in"


def let_in(request: HttpRequest, patient: Patient, at: datetime) -> HttpResponse:
    """On to the first page; whoever was signed in on this device is signed out."""
    remember(request, CAME_IN, str(patient.pk))
    request.session.pop(STARTED, None)
    request.session.pop(WAY_BACK, None)
    start_patient_session(request, patient, at)
    until = request.session.get_expiry_date().astimezone(patient.clinic.zoneinfo)
    messages.success(
        request,
        f"You are in, {patient.given_name}. "
        f"This device stays signed in until {date_words(until.date())}.",
    )
    return SeeOther("today")


def let_in_again(
    request: HttpRequest, form: BirthDateForm, at: datetime
) -> HttpResponse | None:
    """The same for a second press of the button under a birth date.

    None when there was no first, or not with this date.
    """
    key = recall(request, CAME_IN) if form.is_valid() else None
    patient = who_came_in(UUID(key)) if key else None
    if patient is None or patient.birth_date != form.born:
        return None
    return let_in(request, patient, at)

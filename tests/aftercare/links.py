"""Links for tests: made by the clinic as on its pages, and the token in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from aftercare.models import Patient, StaffMember
from aftercare.services.invite import invite_patient
from tests.builders import MONDAY

BORN = date(1991, 5, 14)


def link_for(
    patient: Patient, by: StaffMember, at: datetime = MONDAY, **more: Any
) -> str:
    """The token of a new link."""
    ways = more.get("channels", ())
    return invite_patient(patient=patient, by=by, at=at, channels=ways).token


def page_of(token: str) -> str:
    return reverse("invitation", args=[token])


def boxes(born: date = BORN, **over: str) -> dict[str, str]:
    """A birth date as it is typed into its three boxes."""
    typed = {"day": str(born.day), "month": str(born.month), "year": str(born.year)}
    return typed | over


def press_start(client: Client, token: str, **sent: str) -> HttpResponse:
    return client.post(page_of(token), sent)


def come_in(client: Client, token: str, born: date = BORN) -> HttpResponse:
    """From the link to the answer to the birth date."""
    press_start(client, token)
    return client.post(reverse("birth_date"), boxes(born))

"""The four doors at which somebody could learn whom we know, and how each is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from aftercare.models import StaffMember
from tests.builders import make_clinic, make_patient, make_staff
from tests.signing_in import sign_in

PASSWORD = "four words that belong"
WRONG = "not the right words at all"

Try = Callable[[Client, str], HttpResponse]


@dataclass(frozen=True, slots=True)
class Door:
    """`known`: addresses that somebody has. `ask`: tries one. `browser`: who tries."""

    known: Callable[[], str]
    ask: Try
    browser: Callable[[], Client] = Client


def unknown() -> str:
    """An address that nobody has, as long as the others."""
    return f"{uuid4().hex[:12]}@mail.example"


def known_staff() -> str:
    """Somebody who works at a clinic, and signs in with a password."""
    login = make_staff(make_clinic("Elsewhere"), "Ada Obi").login
    login.email = unknown()
    login.set_password(PASSWORD)
    login.save()
    return login.email


def known_patient() -> str:
    nurse = make_staff(make_clinic("Elsewhere"), "Ada Obi")
    return make_patient(nurse, "Maya Okafor", email=unknown()).email


def owner() -> Client:
    """Whoever invites people to a clinic, and wants to know who works at another."""
    staff: StaffMember = make_staff(make_clinic("Ashgrove"), "Olu Ade", "is_owner")
    return sign_in(Client(), staff)


def invites(browser: Client, email: str) -> HttpResponse:
    invitee = {"name": "Ada Obi", "email": email, "roles": "is_clinician"}
    return browser.post("/team/", invitee)


DOORS = {
    "sign-in": Door(
        known_staff,
        lambda browser, email: browser.post(
            "/sign-in/", {"login": email, "password": WRONG}
        ),
    ),
    "a forgotten password": Door(
        known_staff,
        lambda browser, email: browser.post("/password/", {"email": email}),
    ),
    "a patient's way back": Door(
        known_patient,
        lambda browser, email: browser.post("/sign-in/patient/", {"email": email}),
    ),
    "an invitation": Door(known_staff, invites, owner),
}

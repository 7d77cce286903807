"""Everybody who might ask for a page: what they are, whose rows are theirs to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from aftercare.models import Login
from tests.signing_in import Person as Signing
from tests.signing_in import sign_in

from .two_clinics import ROLES, House, Record, shown_to


@dataclass(slots=True)
class Person:
    """Somebody, signed in or not. `kind` is what the table of routes calls them.

    `record`: the keys in an address name their rows, or rows of their clinic. `sees`:
    the words that they may be shown.
    """

    kind: str
    who: Signing | None = None
    at_home: bool = False
    sees: set[str] = field(default_factory=set)
    cookie: str = ""

    def browser(self, **options: Any) -> Client:
        """A browser of theirs, as it was when they signed in."""
        client = Client(**options)
        if self.who is None:
            return client
        if not self.cookie:
            sign_in(client, self.who)
            self.cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.cookies[settings.SESSION_COOKIE_NAME] = self.cookie
        return client

    def asks(self, method: str, path: str, *args: Any, **options: Any) -> HttpResponse:
        """The answer to one request, of which nothing is kept."""
        browser = self.browser()
        with transaction.atomic():
            answer = browser.generic(method, path, *args, **options)
            whole(answer)
            transaction.set_rollback(True)
        return answer


def whole(answer: HttpResponse) -> bytes:
    """All that an answer says; one that is sent in parts can be read only once."""
    if not hasattr(answer, "whole"):
        answer.whole = answer.getvalue()
    return answer.whole


def patient(house: House, record: Record, *, at_home: bool) -> Person:
    sees = shown_to(house, "patient", record)
    return Person("patient", record.patient, at_home, sees)


def staff(house: House, role: str, *, at_home: bool) -> Person:
    return Person(role, house.staff[role], at_home, shown_to(house, role))


def everybody(ours: House, theirs: House) -> Iterator[tuple[str, Person]]:
    """All who might ask for the rows of our first patient, by what they are."""
    yield "a visitor", Person("visitor")
    yield "a login without a person", Person("nobody", Login.objects.create_login(None))
    yield "the patient", patient(ours, ours.first, at_home=True)
    yield "another patient of the clinic", patient(ours, ours.second, at_home=False)
    yield "a patient of another clinic", patient(theirs, theirs.first, at_home=False)
    for role in ROLES:
        yield f"the {role}", staff(ours, role, at_home=True)
        yield f"the {role} of another clinic", staff(theirs, role, at_home=False)


WHO = (
    "a visitor",
    "a login without a person",
    "the patient",
    "another patient of the clinic",
    "a patient of another clinic",
    *(f"the {role}" for role in ROLES),
    *(f"the {role} of another clinic" for role in ROLES),
)

"""What tests of odd requests share: who asks, for which addresses, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse

from .harvest import own_keys
from .people import Person, everybody
from .routes import ROUTES, filled
from .two_clinics import House

EVIL = "evil.example"

Trick = TypeVar("Trick")


def those(house: House, *names: str) -> Iterator[Person]:
    people = dict(everybody(house, house))
    for name in names:
        people[name].browser()
        yield people[name]


def places(house: House) -> Iterator[tuple[str, str]]:
    """Every address, as it is written in the table and filled with keys that fit."""
    keys = own_keys(house, house.first)
    return ((place, filled(place, keys)) for place in ROUTES)


def some(tricks: Sequence[Trick], number: int, each: int = 2) -> list[Trick]:
    """A few of the tricks for each address in turn, so that each is tried on many."""
    return [tricks[(number * each + part) % len(tricks)] for part in range(each)]


def leads(answer: HttpResponse) -> str:
    """The host to which a browser would go, as lenient as browsers are."""
    there = answer.get("Location") or answer.get("HX-Redirect") or ""
    lenient = re.sub(r"[\t\r\n]", "", there.strip()).replace("\\", "/")
    to = urlsplit(urljoin("http://testserver/", lenient))
    return to.netloc if to.scheme in {"http", "https"} else to.scheme

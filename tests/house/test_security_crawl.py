"""A real browser opens every address as everybody: it blocks nothing and asks nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Request

from tests import signing_in
from tests.browser import NewPage

from .harvest import own_keys
from .people import Person, everybody
from .routes import ROUTES, filled
from .two_clinics import House, make_house

WHO = ("a visitor", "the patient", "the lead", "the owner")
# Files, and what a page asks for by itself: opened by no browser as a page.
NO_PAGE = (".json", ".csv", "healthz", "readyz", "awake/", "sign-in/passkey/", "now/")


@pytest.fixture
def house(wall, transactional_db: None) -> House:
    return make_house("a")


def pages(person: Person, house: House) -> Iterator[str]:
    """Every page that this person may read."""
    keys = own_keys(house, house.first)
    for place, route in ROUTES.items():
        may_read = "GET" in route.methods and person.kind in route.may
        if may_read and not place.endswith(NO_PAGE):
            yield filled(place, keys)


@pytest.mark.parametrize("who", WHO)
def test_no_page_breaks_its_policy_or_asks_anybody_else(
    who: str, house: House, new_page: NewPage, live_server, browser_problems: list[str]
) -> None:
    person, elsewhere = dict(everybody(house, house))[who], list[str]()
    page, home = new_page(desk=who != "the patient"), urlsplit(live_server.url).netloc

    def note(request: Request) -> None:
        there = urlsplit(request.url)
        if there.scheme not in {"data", "blob"} and there.netloc != home:
            elsewhere.append(request.url)

    page.on("request", note)
    if person.who:
        enter(page, person, live_server.url)
    found: list[str] = []
    for path in pages(person, house):
        answer = page.goto(path)
        if answer is None or answer.status >= 500:
            found.append(f"{path}: {answer and answer.status}")
        found += [f"{path}: {problem}" for problem in [*browser_problems, *elsewhere]]
        browser_problems.clear()
        elsewhere.clear()
    assert found == []


def enter(page: Page, person: Person, url: str) -> None:
    assert person.who is not None
    client = signing_in.sign_in(Client(), person.who)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]

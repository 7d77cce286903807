"""Requests that a page of ours never makes: other hosts, methods and spellings.

All of it is tried on every address in the table of routes, whoever adds one.
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import MONDAY

from .people import whole
from .routes import ROUTES
from .test_access import leaked
from .tricks import EVIL, leads, places, some, those
from .two_clinics import House, make_house
from .untouched import AUDIT, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def ours() -> House:
    return make_house("a")


# --- Another host ---------------------------------------------------------------------


HOSTS = (EVIL, f"testserver@{EVIL}", f"{EVIL}:80", f"testserver.{EVIL}", "a b", "")


def test_another_host_is_turned_away_everywhere(ours: House) -> None:
    wrong = []
    for person in those(ours, "a visitor", "the lead"):
        for number, (place, path) in enumerate(places(ours)):
            (host,) = some(HOSTS, number, 1)
            answer = person.asks("GET", path, HTTP_HOST=host)
            said = whole(answer).decode()
            if answer.status_code != 400 or EVIL in said or "zqa" in said:
                wrong.append(f"{person.kind} {place}: {answer.status_code}")
    assert wrong == []


FORWARDED = {
    "HTTP_X_FORWARDED_HOST": EVIL,
    "HTTP_X_HOST": EVIL,
    "HTTP_X_FORWARDED_SERVER": EVIL,
    "HTTP_FORWARDED": f"host={EVIL};proto=https",
    "HTTP_X_ORIGINAL_URL": "/queue/",
    "HTTP_X_REWRITE_URL": "/queue/",
    "HTTP_X_FORWARDED_PREFIX": f"//{EVIL}",
    "HTTP_X_FORWARDED_PORT": "8443",
}


def test_nothing_is_taken_from_what_a_proxy_may_forward(ours: House) -> None:
    """Otherwise one could leave a page with an address of their own in a cache."""
    wrong = []
    for person in those(ours, "the patient", "the lead"):
        for place, path in places(ours):
            plain = person.asks("GET", path)
            answer = person.asks("GET", path, **FORWARDED)
            if EVIL in whole(answer).decode() or EVIL in str(answer.headers):
                wrong.append(f"{place}: repeats it")
            if answer.status_code != plain.status_code:
                wrong.append(f"{place}: {answer.status_code}, not {plain.status_code}")
    assert wrong == []


# --- Another method -------------------------------------------------------------------

OVERRIDE = {
    "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
    "HTTP_X_HTTP_METHOD": "POST",
    "HTTP_X_METHOD_OVERRIDE": "POST",
}


def test_no_header_and_no_field_changes_the_method(ours: House) -> None:
    """Reading stays reading: what is noted is that it was read."""
    wrong = []
    for person in those(ours, "the patient", "the lead"):
        for place, path in places(ours):
            with written() as tables:
                person.asks("GET", f"{path}?_method=POST&method=POST", **OVERRIDE)
            wrong += [f"{place}: {tables}"] if set(tables) - {AUDIT} else []
    assert wrong == []


METHODS = ("OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "PROPFIND", "TRACK", "post ")


@pytest.mark.parametrize("who", ["a visitor", "the patient", "the lead"])
def test_other_methods_are_turned_away_everywhere(who: str, ours: House) -> None:
    """Before any page is reached, which need not say then what it would do with them."""
    (person,), wrong = those(ours, who), []
    for number, (place, path) in enumerate(places(ours)):
        for method in some(METHODS, number):
            with written() as tables:
                answer = person.asks(method, path)
            if answer.status_code != 405 or whole(answer) or tables:
                wrong.append(f"{method} {place}: {answer.status_code}, wrote {tables}")
    assert wrong == []


def test_asking_for_the_head_changes_and_says_nothing(ours: House) -> None:
    (lead,), wrong = those(ours, "the lead"), []
    for place, path in places(ours):
        with written() as tables:
            answer = lead.asks("HEAD", path)
        if whole(answer) or set(tables) - {AUDIT} or answer.status_code >= 500:
            wrong.append(f"{place}: {answer.status_code}, wrote {tables}")
    assert wrong == []


# --- Another spelling -----------------------------------------------------------------

SPELLINGS = (
    "/{path}",
    "/.{path}",
    "/help/..{path}",
    "/help/%2e%2e{path}",
    "/static/..{path}",
    "/static/%2e%2e{path}",
    "{path}.",
    "{path}./",
    "{path}%20",
    "{path} ",
    "{path};x=1",
    "{path}.json",
    "{path}?",
    "{path}%00",
    "{upper}",
    "{bare}",
    "{bare}%2f",
    "\\{path}",
)


def test_another_spelling_opens_nothing_to_a_stranger(ours: House) -> None:
    """A visitor is shown no word, and whoever may read finds each page at one address."""
    wrong = []
    (visitor,) = those(ours, "a visitor")
    for number, (place, path) in enumerate(places(ours)):
        if "visitor" in ROUTES[place].may:
            continue
        for spelling in some(SPELLINGS, number, 6):
            other = spelling.format(
                path=path, upper=path.upper(), bare=path.rstrip("/")
            )
            answer = visitor.asks("GET", "/", PATH_INFO=other)
            if answer.status_code not in {301, 302, 400, 404}:
                wrong.append(f"{other}: {answer.status_code}")
            if leads(answer) != "testserver" or list(leaked(answer, ours.words)):
                wrong.append(f"{other}: shows something or leads away")
    assert wrong == []


def test_static_files_end_at_their_folder(ours: House) -> None:
    (visitor,) = those(ours, "a visitor")
    for path in (
        "../manage.py",
        "..%2fmanage.py",
        "%2e%2e/manage.py",
        "....//manage.py",
    ):
        for before in ("/static/", "/static/css/../../", "/static//"):
            answer = visitor.asks("GET", "/", PATH_INFO=f"{before}{path}")
            assert answer.status_code in {400, 404}
            assert b"django" not in whole(answer)

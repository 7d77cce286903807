"""Every answer under the settings of production: what it lets a browser do, and keep."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.builders import MONDAY

from .harvest import own_keys
from .headers import lacking, loose
from .people import Person, everybody
from .programs import PRODUCTION, run_python
from .routes import ROUTES, filled
from .two_clinics import House, make_house

pytestmark = pytest.mark.django_db

ASKING = ("a visitor", "the patient", "the lead", "the owner")
METHODS = ("GET", "POST", "OPTIONS")
OURS = (
    "SECURE_",
    "SESSION_COOKIE_",
    "CSRF_",
    "CONTENT_SECURITY",
    "X_FRAME",
    "MIDDLEWARE",
)
STATIC = "/static/css/tokens.css"
PRINTED = f"""
import json
from aftercare import settings
ours = {OURS!r}
found = {{name: getattr(settings, name) for name in dir(settings) if name.startswith(ours)}}
print(json.dumps(found, default=str))
"""


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """What production is set to, of all that has to do with headers and cookies."""
    done = run_python("-c", PRINTED, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(autouse=True)
def _as_in_production(
    production: dict[str, Any], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in production.items():
        setattr(settings, name, value)
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def ours() -> House:
    return make_house("a")


def wrong_with(answer: HttpResponse, **how: Any) -> list[str]:
    found = list(lacking(answer.headers, **({"secure": True} | how)))
    for cookie in answer.cookies.values():
        found += loose(cookie.output(header=""))
    return found


def asked(
    person: Person, method: str, path: str, **how: Any
) -> tuple[HttpResponse, list[str]]:
    answer = person.asks(method, path, **({"secure": True} | how))
    return answer, wrong_with(answer)


# --- Every address --------------------------------------------------------------------


@pytest.mark.parametrize("who", ASKING)
def test_every_answer_of_every_address_has_them(who: str, ours: House) -> None:
    person = dict(everybody(ours, ours))[who]
    wrong: list[str] = []
    statuses: Counter[int] = Counter()
    keys = own_keys(ours, ours.first)
    for place in ROUTES:
        for method in METHODS:
            answer, found = asked(person, method, filled(place, keys))
            statuses[answer.status_code] += 1
            wrong += [f"{method} {place} {answer.status_code}: {one}" for one in found]
    assert wrong == []
    assert {200, 404, 405} <= set(statuses)


def test_a_script_that_asks_gets_them_too(ours: House) -> None:
    person = dict(everybody(ours, ours))["the lead"]
    wrong, keys = [], own_keys(ours, ours.first)
    for place in ROUTES:
        _, found = asked(person, "GET", filled(place, keys), HTTP_HX_REQUEST="true")
        wrong += [f"{place}: {one}" for one in found]
    assert wrong == []


# --- Every kind of answer -------------------------------------------------------------


def answers(monkeypatch: pytest.MonkeyPatch, ours: House) -> Iterator[tuple[str, Any]]:
    """One answer of each kind that no address gives by itself."""
    browser = Client(raise_request_exception=False)
    tls: Any = {"secure": True}
    maya = dict(everybody(ours, ours))["the patient"].browser()
    log = f"/log/{ours.first.treatment.pk}/"
    yield (
        "303",
        maya.post("/advice/" + str(ours.first.keys["log"]) + "/call-me/", **tls),
    )
    yield "422", maya.post(log, {"pain": "eleven"}, **tls)
    yield "400", browser.get("/?q=%00", **tls)
    yield "400", browser.get("/", HTTP_HOST="evil.example", **tls)
    yield "413", browser.post("/sign-in/", {"a": "x" * 300_000}, **tls)
    yield "403", Client(enforce_csrf_checks=True).post("/sign-in/", **tls)
    for number in range(40):
        tried = {"login": f"{number}@clinic.example", "password": "wrong"}
        last = browser.post("/sign-in/", tried, **tls)
    yield "429", last
    for status, fault in (("500", RuntimeError), ("503", OperationalError)):
        monkeypatch.setattr("aftercare.views.public.opening_words", failing(fault))
        maya.raise_request_exception = False
        yield status, maya.get("/help/", **tls)


def failing(fault: type[Exception]) -> Any:
    def fail(*_: Any, **__: Any) -> None:
        raise fault

    return fail


def test_every_kind_of_answer_has_them(
    monkeypatch: pytest.MonkeyPatch, ours: House
) -> None:
    for wanted, answer in answers(monkeypatch, ours):
        assert str(answer.status_code) == wanted
        assert wrong_with(answer) == [], wanted


def test_static_files_have_them_and_may_be_kept() -> None:
    there, gone = (Client().get(one, secure=True) for one in (STATIC, "/static/x.css"))
    assert b"--" in there.getvalue()
    assert (there.status_code, gone.status_code) == (200, 404)
    assert wrong_with(there, static=True) == wrong_with(gone) == []
    seen = {"HTTP_IF_MODIFIED_SINCE": there["Last-Modified"]}
    again = Client().get(STATIC, secure=True, **seen)
    assert again.status_code == 304
    assert wrong_with(again, static=True) == []


@pytest.mark.parametrize("host", ["testserver", "evil.example"])
def test_a_request_in_the_clear_is_sent_to_tls_or_turned_away(host: str) -> None:
    answer = Client().get("/queue/", HTTP_HOST=host)
    assert wrong_with(answer, secure=False) == []
    if host == "testserver":
        assert answer.status_code == 301
        assert answer["Location"] == "https://testserver/queue/"
    else:
        assert answer.status_code == 400
        assert b"evil" not in answer.content


def test_a_weak_answer_and_a_loose_cookie_are_noticed() -> None:
    assert len(list(lacking({}, secure=True))) > 10
    weak = {"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'"}
    assert "policy: script-src 'unsafe-inline'" in list(lacking(weak, secure=True))
    assert len(list(loose("sessionid=1; Domain=example.org"))) == 5

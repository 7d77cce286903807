"""Another site: its forms are not taken, and nobody is sent to it.

Both are tried on every address in the table of routes, whoever adds one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from tests.builders import MONDAY

from .asking import FORM
from .tricks import EVIL, leads, places, some, those
from .two_clinics import House, make_house
from .untouched import written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def ours() -> House:
    return make_house("a")


# --- A form of another site -----------------------------------------------------------


def views(patterns: list[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def test_no_page_takes_a_form_without_its_token() -> None:
    exempt = [
        view.__name__
        for view in views(get_resolver().url_patterns)
        if getattr(view, "csrf_exempt", False)
    ]
    assert exempt == []
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE


def test_whatever_may_change_something_asks_for_the_token(ours: House) -> None:
    """Before anything else is looked at: also where nobody may, and nothing is."""
    taken = []
    for person in those(ours, "a visitor", "the lead"):
        browser = person.browser(enforce_csrf_checks=True)
        for place, path in places(ours):
            with written() as tables:
                answer = browser.post(path)
            if answer.status_code != 403 or tables:
                taken.append(f"{place}: {answer.status_code} {tables}")
    assert taken == []


FROM_ELSEWHERE = {
    "another origin": {"HTTP_ORIGIN": f"https://{EVIL}"},
    "an origin that looks like ours": {"HTTP_ORIGIN": f"https://testserver.{EVIL}"},
    "ours in the clear": {"HTTP_ORIGIN": "http://testserver"},
    "another port of ours": {"HTTP_ORIGIN": "https://testserver:8443"},
    "no origin at all": {"HTTP_ORIGIN": "null"},
    "a page of another site": {"HTTP_REFERER": f"https://{EVIL}/"},
    "a page that says nothing": {},
}


def test_a_stolen_token_is_of_no_use_on_another_site(ours: House) -> None:
    (lead,) = those(ours, "the lead")
    token, taken = _get_new_csrf_string(), []
    browser = lead.browser(enforce_csrf_checks=True)
    browser.cookies[settings.CSRF_COOKIE_NAME] = token
    sent: dict[str, Any] = {"HTTP_X_CSRFTOKEN": token, "secure": True}
    for number, (place, path) in enumerate(places(ours)):
        for where in some([*FROM_ELSEWHERE], number):
            answer = browser.post(path, **sent, **FROM_ELSEWHERE[where])
            if answer.status_code != 403:
                taken.append(f"{place} from {where}: {answer.status_code}")
    assert taken == []
    own = browser.post("/account/awake/", **sent, HTTP_ORIGIN="https://testserver")
    assert own.status_code == 200, "the token itself is good"


# --- To another site ------------------------------------------------------------------

ELSEWHERE = (
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"///{EVIL}",
    f"/\\{EVIL}",
    f"\\\\{EVIL}",
    f"https:{EVIL}",
    f"https://testserver@{EVIL}/",
    f" https://{EVIL}",
    f"\t//{EVIL}",
    "javascript:alert(1)",
    "data:text/html,x",
    "no-such-name",
    "demo",
    "",
)
NAMES = ("next", "url", "to", "redirect", "return", "back", "continue", "REDIRECT_URL")


@pytest.mark.parametrize("who", ["a visitor", "the patient", "the lead"])
def test_no_address_leads_to_another_site(who: str, ours: House) -> None:
    (person,) = those(ours, who)
    browser = person.browser(raise_request_exception=False)
    wrong = []
    for number, (place, path) in enumerate(places(ours)):
        for there in some(ELSEWHERE, number, 1):
            fields = dict.fromkeys(NAMES, there)
            by_script = {"HTTP_HX_REQUEST": "true"} if number % 2 else {}
            answers = (
                browser.get(path, fields, **by_script),
                person.asks(
                    "POST", f"{path}?{urlencode(fields)}", urlencode(fields), FORM
                ),
            )
            wrong += [
                f"{place} {there!r}: {answer.status_code} {leads(answer)}"
                for answer in answers
                if leads(answer) != "testserver" or answer.status_code >= 500
            ]
    assert wrong == []


@pytest.mark.parametrize("path", [f"//{EVIL}/queue", f"/\\{EVIL}/queue", f"//{EVIL}"])
def test_a_missing_slash_is_not_added_on_another_site(path: str, ours: House) -> None:
    for person in those(ours, "a visitor", "the lead"):
        answer = person.asks("GET", "/", PATH_INFO=path)
        assert answer.status_code in {301, 302, 404}
        assert leads(answer) == "testserver"

"""Junk in every part of a request to every address: what the house says to it.

A page that is added later is sent junk too: what to ask for is read off the table of
routes and off the pages themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction
from django.http import HttpResponse

from .asking import FORM, Ask
from .people import Person, whole
from .routes import ROUTES, filled
from .swapping import asks_of, who
from .test_access import leaked, told_by
from .two_clinics import House
from .untouched import AUDIT, written

JUNK = (
    *("", " ", "0", "-1", "1e309", "NaN", "9" * 4000, "٣٨", "½", "true", "None", "[]"),
    *("9999-12-31", "0001-01-01", "2026-02-30", "24:60", "2026-06-01T25:00Z", "+1e2"),
    *("' OR 1=1 --", '" UNION SELECT 1 --', "1; DROP TABLE x", "%", "_", "\\", "$$"),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "${7*7}", "%s%s%n", "{% debug %}"),
    *(
        "../../etc/passwd",
        "//evil.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ),
    *("\u202e\u2028\u200b", "Z\u0335\u0321" * 300, "\U0001f9d1\u200d\U0001f52c" * 90),
    *("a\r\nSet-Cookie: b=c", "\t", "a" * 20_000, "\ufffe", "\ud7ff", "\x01\x1b[2J"),
    *("00000000-0000-0000-0000-000000000000", "urn:uuid:zz", ":::", "a:b", "1:1", "é"),
)
UNREADABLE = (b"\x00", b"\xff\xfe", b"%00", b"%ff", b"\xed\xa0\x80", b"&" * 400, b"a=%")
METHODS = ("GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "PATCH", "DELETE", "X")
KINDS = (
    FORM,
    FORM,
    FORM,
    "",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/plain; charset=utf-7",
    "\x01",
)
HEADERS = (
    *("HTTP_COOKIE", "HTTP_HX_REQUEST", "HTTP_HX_TARGET", "HTTP_HX_CURRENT_URL"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_RANGE"),
    *("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_REFERER", "HTTP_ORIGIN"),
    *("HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR", "HTTP_AUTHORIZATION", "REMOTE_ADDR"),
    *("HTTP_X_CSRFTOKEN", "HTTP_SEC_FETCH_SITE", "HTTP_HX_CURRENT_URL_URI_AUTOENCODED"),
)
PEOPLE = ("visitor", "patient", "lead", "nurse", "desk", "owner", "auditor")


@dataclass(slots=True)
class Fuzz:
    """One person who sends junk. `wrong` says what failed, `answered` counts by status."""

    house: House
    kind: str
    wrong: list[str] = field(default_factory=list)
    answered: Counter[int] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)

    def run(self, tries: int, seed: str = "seed") -> Fuzz:
        by, person = Random(f"{seed} of {self.kind}"), self.person()
        foreign = self.house.words - person.sees
        asks = [*shuffled(self.places(), by), *shuffled(self.offered(), by)]
        for number in range(tries):
            self.send(person, asks[number % len(asks)], by, foreign)
        return self

    def person(self) -> Person:
        if self.kind == "visitor":
            return Person("visitor")
        return who(self.house, self.kind)

    def places(self) -> list[Ask]:
        """Every address there is, whoever may open it."""
        return [Ask("GET", place) for place in ROUTES]

    def offered(self) -> list[Ask]:
        """Every link and filled form of the pages of this person."""
        return [] if self.kind == "visitor" else asks_of(self.house, self.kind)

    def send(self, person: Person, ask: Ask, by: Random, foreign: set[str]) -> None:
        """One request with junk in it, undone again."""
        method, address, body, more = junked(self.at(ask, by), by)
        browser = person.browser(raise_request_exception=False)
        with written() as tables, transaction.atomic():
            answer = browser.generic(method, address, body, by.choice(KINDS), **more)
            said = [*failed(answer), *leaked(answer, foreign - self.told(ask))]
            transaction.set_rollback(True)
        if method not in {"POST", "GET"} and set(tables) - {AUDIT}:
            said.append(f"wrote {tables}")
        self.answered[answer.status_code] += 1
        sent = f"{method} {address[:120]} {body[:120]!r} {more}"
        self.wrong += [f"{sent}: {one}" for one in said]

    def told(self, ask: Ask) -> set[str]:
        """What an address tells everybody who knows it."""
        route = ROUTES.get(ask.path)
        return told_by(route, self.house) if route else set()

    def at(self, ask: Ask, by: Random) -> Ask:
        """A place of the table with keys in it, now and then the right ones."""
        self.reached.add(ask.path)
        if ask.path.startswith("/"):
            return ask
        keys: dict[str, Any] = dict(self.house.first.keys)
        junk = {"day": by.choice(["3", "0", "99999999999999999999"]), "pk": 2**70}
        names = ("duty", "until", "person", *keys)
        odd = {name: quote(by.choice(JUNK) or "x", safe="") for name in names}
        return replace(ask, path=filled_with(ask.path, by, odd, keys | junk))


def shuffled(asks: list[Ask], by: Random) -> list[Ask]:
    return by.sample(asks, len(asks))


def filled_with(place: str, by: Random, odd: dict[str, str], keys: Any) -> str:
    """The address with its own keys, or with junk where they stood."""
    some = keys if by.random() < 0.7 else keys | odd
    try:
        return filled(place, some)
    except KeyError:  # a row that this person's record has none of
        return f"/{quote(place)}"


def junked(ask: Ask, by: Random) -> tuple[str, str, bytes, dict[str, str]]:
    """Method, address, body and headers of a request with junk in one to four places."""
    form, query = dict(ask.form), dict(ask.query)
    more: dict[str, str] = {}
    for _ in range(by.randint(1, 4)):
        part = by.choice((form, form, query))
        names = [*part, *(form or query), "next", "q", "treatment", "for", "key"]
        part[by.choice(names)] = by.choice(JUNK)
    if by.random() < 0.3:
        more[by.choice(HEADERS)] = as_header(by.choice(JUNK))
    body = urlencode(form, doseq=True, errors="replace").encode()
    if by.random() < 0.1:
        body += by.choice(UNREADABLE)
    address = ask.path
    if by.random() < 0.1:
        address += quote(by.choice(JUNK), safe="/")
    method = ask.method if by.random() < 0.6 else by.choice(METHODS)
    return method, f"{address}?{urlencode(query, errors='replace')}", body, more


def as_header(junk: str) -> str:
    """As a server hands it on: one line, each byte as one character."""
    line = junk[:500].replace("\n", "").replace("\r", "")
    return line.encode("utf-8", "replace").decode("latin-1")


def failed(answer: HttpResponse) -> Iterator[str]:
    """Whether the house failed, or gave something back as it was sent."""
    if answer.status_code >= 500:
        what = answer.exc_info[1] if answer.exc_info else ""
        yield f"{answer.status_code} {what!r}"
    if b"<script>alert" in whole(answer) and "html" in answer.get("Content-Type", ""):
        yield "shows script"
    if any("b=c" in str(value) for value in answer.headers.values()):
        yield "sets a header"

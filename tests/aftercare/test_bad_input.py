"""Whatever is sent: an answer that says what to change, nothing stored, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from tests.aftercare.controls import held_by
from tests.builders import MONDAY
from tests.house.asking import FORM, Ask, asked_by_lead, asked_by_patient
from tests.house.people import Person, patient, staff
from tests.house.routes import ROUTES, filled
from tests.house.two_clinics import House, make_house
from tests.house.untouched import AUDIT, written

pytestmark = pytest.mark.django_db

KILOBYTE = 1024
# Of the forms for each kind of bad request, and of the nonsense for each field and page:
# so many, by lot. What is unreadable is turned away before any form is looked for.
FORMS, PER_FIELD, PER_PAGE = 6, 2, 6


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def house() -> House:
    return make_house("a")


def asked(house: House) -> Iterator[tuple[Person, Ask]]:
    """Every page and form there is, with somebody who may use it."""
    lead = staff(house, "lead", at_home=True)
    maya = patient(house, house.first, at_home=True)
    yield from ((lead, ask) for ask in asked_by_lead(house))
    yield from ((maya, ask) for ask in asked_by_patient(house.first))
    yield Person("visitor"), Ask("GET", "/sign-in/", {"next": "/queue/"})
    sign_in = {"username": "somebody@clinic.example", "password": "a long password"}
    yield Person("visitor"), Ask("POST", "/sign-in/", form=sign_in)
    yield lead, Ask("POST", "/sign-out/")


def some_forms(house: House, name: str) -> list[tuple[Person, Ask]]:
    forms = [one for one in asked(house) if one[1].method == "POST"]
    return Random(name).sample(forms, FORMS)


def sent(
    person: Person, method: str, address: str, body: Any = "", kind: str = FORM
) -> tuple[HttpResponse, set[str]]:
    """The answer to a request of which nothing is kept, and the tables it wrote to."""
    browser = person.browser(raise_request_exception=False)
    with written() as tables, transaction.atomic():
        answer = browser.generic(method, address, body, kind)
        transaction.set_rollback(True)
    return answer, set(tables)


# --- Requests that cannot be read -----------------------------------------------------

PART = '--edge\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
MULTIPART = "multipart/form-data; boundary=edge"
UNREADABLE = {
    "a NUL byte": (FORM, "{body}&more=%00"),
    "a bare NUL byte": (FORM, "{body}&more=\0"),
    "a NUL byte in a name": (FORM, "{body}&mo%00re=1"),
    "no UTF-8": (FORM, "{body}&more=%ff%fe"),
    "a lone surrogate": (FORM, "{body}&more=%ED%A0%80"),
    "Latin-1": (FORM, "{body}&more=Zo\xeb".encode("latin-1")),
    "300 fields too many": (FORM, "{body}" + "&more=1" * 301),
    "more than 256 KB": (FORM, "{body}&more=" + "a" * 256 * KILOBYTE),
    "UTF-7": (f"{FORM}; charset=utf-7", "{body}&more=+AAA-"),
    "UTF-16": (f"{FORM}; charset=utf-16", "{body}"),
    "UTF-7 in a part": (f"{MULTIPART}; charset=utf-7", PART.format("m", "", "+AAA-")),
    "parts without an edge": ("multipart/form-data", "{body}"),
    "parts with an impossible edge": ("multipart/form-data; boundary=\xff", "{body}"),
    "a NUL byte in a part": (MULTIPART, PART.format("more", "", "\0") + "--edge--\r\n"),
    "300 parts too many": (MULTIPART, PART.format("m", "", "1") * 301 + "--edge--\r\n"),
    "a file": (
        MULTIPART,
        PART.format("more", '; filename="a.txt"', "1") + "--edge--\r\n",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_turned_away(name: str, house: House) -> None:
    kind, body = UNREADABLE[name]
    wrong = []
    for person, ask in some_forms(house, name):
        whole = ask.body or "token=1"
        filled_in = body.replace("{body}", whole) if isinstance(body, str) else body
        answer, tables = sent(person, "POST", ask.address, filled_in, kind)
        if answer.status_code not in {400, 413} or tables:
            wrong.append(f"{ask.path}: {answer.status_code}, wrote {tables}")
        assert b"Nothing was saved" in answer.content or wrong
    assert wrong == []


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "shift_jis"])
def test_another_encoding_is_turned_away_whatever_is_asked(
    charset: str, house: House
) -> None:
    """In UTF-7 the harmless "+AAA-" is a NUL byte, and "+2AA-" half a letter."""
    person = staff(house, "lead", at_home=True)
    kind = f"text/plain; charset={charset}"
    for query in ("%2BAAA-", "%2B2AA-", "Maya"):
        answer, _ = sent(person, "GET", f"/patients/?q={query}", "x", kind)
        assert answer.status_code == 400
    assert (
        sent(person, "GET", "/patients/", "x", "x/y; charset=UTF8")[0].status_code
        == 200
    )


@pytest.mark.parametrize("charset", ["hex", "undefined", "utf-8"])
def test_an_address_that_django_fails_to_read_is_turned_away_by_the_server(
    charset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVING", "1")
    from aftercare.wsgi import application  # noqa: PLC0415  it sets up a server

    environ = RequestFactory()._base_environ(
        CONTENT_TYPE=f"text/plain; charset={charset}", QUERY_STRING="a&" * 400
    )
    told: list[str] = []
    body = application(environ, lambda status, headers: told.append(status))
    assert told == ["400 Bad Request"]
    assert b"Nothing was saved" in b"".join(body)


STRANGE = {
    "JSON": ("application/json", '{"signs": ["glands"], "reason": "x"}'),
    "plain text": ("text/plain", "signs=glands"),
    "XML": ("application/xml", "<log/>"),
    "an unknown kind": ("x/y; charset=nowhere", "signs=glands"),
    "nothing": (FORM, ""),
    "a cut-off form": (FORM, "signs"),
    "a cut-off part": (MULTIPART, '--edge\r\nContent-Disposition: form-data; name="p'),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_form_of_ours_says_nothing(name: str, house: House) -> None:
    """It is an empty form: of use only to the buttons that need no answer."""
    kind, body = STRANGE[name]
    bare = {filled(one, house.first.keys) for one in ROUTES if ROUTES[one].bare}
    wrong = []
    for person, ask in some_forms(house, name):
        if ask.path in bare:
            continue
        answer, tables = sent(person, "POST", ask.address, body, kind)
        if answer.status_code not in {200, 400, 422} or tables - {AUDIT}:
            wrong.append(f"{ask.path}: {answer.status_code}, wrote {tables}")
    assert wrong == []


def test_an_address_that_cannot_be_read_is_turned_away(house: House) -> None:
    person = patient(house, house.first, at_home=True)
    for address in ("/today%00/", "/recovery/?treatment=%00", "/log/%ff/", "/a?b=%ff"):
        answer, _ = sent(person, "GET", address)
        assert answer.status_code in {400, 404}, address


# --- Nonsense in its place ---------------------------------------------------------------

NONSENSE = (
    "x",
    "none",
    "-1",
    "0",
    "11",
    "1e309",
    "-0",
    "NaN",
    "Infinity",
    "1e-999999",
    "9" * 5000,
    "٣٨",
    "9999-99-99",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "2026-W23-1",
    "24:60",
    "00000000-0000-0000-0000-000000000000",
    "01a20c42-5372-7793-9e92-ea568b2aa35e:",
    ":::",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}",
    "../../../../etc/passwd",
    "//evil.example",
    "\u202e\u2028\u200b\ufeff",
    "\U0001f9d1\u200d\U0001f52c" * 50,
    "a\r\nSet-Cookie: b=c",
)
QUERIES = (
    *("for", "treatment", "tab", "q", "before", "after", "open", "patient", "next"),
)


def test_nonsense_in_a_query_is_answered_and_changes_nothing(house: House) -> None:
    wrong, by = [], Random("nonsense")
    for person, ask in asked(house):
        if ask.method != "GET":
            continue
        for value in by.sample(NONSENSE, PER_PAGE):
            query = dict.fromkeys(ask.query or QUERIES, value)
            answer, tables = sent(person, "GET", f"{ask.path}?{urlencode(query)}")
            if answer.status_code not in {200, 303, 404} or tables - {AUDIT}:
                wrong.append(f"{ask.path} {query}: {answer.status_code} {tables}")
            assert b"<script>alert" not in answer.content
            assert "Set-Cookie" not in answer.headers
    assert wrong == []


def test_nonsense_in_a_field_is_taken_or_sent_back_with_the_rest_kept(
    house: House,
) -> None:
    wrong, by = [], Random("nonsense")
    for person, ask in asked(house):
        for name in ask.form if ask.method == "POST" else ():
            for value in by.sample(NONSENSE, PER_FIELD):
                bad = replace(ask, form=ask.form | {name: value})
                answer, tables = sent(person, "POST", bad.address, bad.body)
                wrong += [
                    f"{ask.path} {name}={value[:40]!r}: {said}"
                    for said in misheard(ask, name, answer, tables)
                ]
    assert wrong == []


def misheard(
    ask: Ask, name: str, answer: HttpResponse, tables: set[str]
) -> Iterator[str]:
    """What is wrong with the answer to a form with nonsense in one field."""
    status = answer.status_code
    if status == 303:
        return
    if status not in ({200} if ask.path == "/sign-in/" else {422}):
        yield f"{status}"
    if tables - {AUDIT}:
        yield f"wrote {tables}"
    page = answer.content.decode()
    if "<script>alert" in page:
        yield "shows script"
    rest = Ask("POST", ask.path, form={k: v for k, v in ask.form.items() if k != name})
    lost = set(values(rest)) - held_by(page)
    if status == 422 and lost:
        yield f"lost {lost}"


HIDDEN = {"shown", "key"}


def values(ask: Ask) -> Iterator[tuple[str, str]]:
    """What was filled in, field by field."""
    for name, value in ask.form.items():
        if name not in HIDDEN:
            yield from (
                (name, one) for one in (value if isinstance(value, list) else [value])
            )

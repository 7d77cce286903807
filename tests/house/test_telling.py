"""What may be seen over a shoulder or in a log tells no procedure, no symptom, no level.

Titles, addresses, messages and lines of the program's log of every page that anybody can
reach from another, in the words of the vocabulary and in those of a made-up record.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from aftercare.logs import PlainFormatter
from aftercare.models import OutgoingMessage
from aftercare.warning_signs import treatment_words, vocabulary
from aftercare.warning_signs.catalogue import RULES
from tests.builders import MONDAY

from .asking import FORM
from .harvest import Page
from .people import whole
from .swapping import asks_of, who
from .two_clinics import House, make_house

pytestmark = pytest.mark.django_db

KINDS = ("patient", "lead", "owner")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# What can also be said of a clinic, a link or a button.
PLAIN = {
    *("none", "other", "better", "same", "worse", "unsure", "true", "false", "unknown"),
    *("home", "light", "standard", "deep", "watch", "before", "today", "call", "left"),
    *("aftercare", "contact", "text", "post", "clear", "elsewhere", "head", "local"),
    *("many", "seen", "missed", "lines", "marks", "confirmed", "advised", "referred"),
    *("no more", "done", "not known", "at home", "this clinic", "another clinic"),
    *("moved", "the same", "not sure", "in other places too", "somewhere else"),
}
SHORT = 4


def telling_words() -> set[str]:
    """Everything a log, a treatment or an advice can hold, as stored and as shown."""
    found = {level.name for level in vocabulary.Level}
    for module in (vocabulary, treatment_words):
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, vocabulary.Choice):
                for member in one:
                    found |= {str(member.value), member.label}
    found |= {rule.id for rule in RULES}
    spoken = {word.lower().replace("_", " ") for word in found}
    return {word for word in spoken if len(word) >= SHORT} - PLAIN


@pytest.fixture
def tells(house: House) -> re.Pattern[str]:
    """Finds such a word, and the words of the made-up record."""
    clinical = {
        one for record in house.records for one in (record.clinical, record.internal)
    }
    words = sorted(telling_words() | clinical, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def house() -> House:
    return make_house("a")


def spoken(address: str) -> str:
    """An address as somebody would read it out, its keys and secrets left out."""
    plain = re.sub(r"[0-9a-f-]{36}", "", unquote(address))
    return re.sub(r"[/?&=_+#-]+", " ", plain)


@pytest.mark.parametrize("kind", KINDS)
def test_titles_addresses_messages_and_log_lines_tell_nothing(
    kind: str, house: House, tells: re.Pattern[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    person, seen = who(house, kind), dict[str, str]()
    for ask in asks_of(house, kind):
        browser = person.browser(raise_request_exception=False)
        with transaction.atomic():
            answer = browser.generic(ask.method, ask.address, ask.body, FORM)
            for where, words in said(ask.address, answer):
                seen[f"{where} of {ask.method} {ask.path}: {words}"] = words
            transaction.set_rollback(True)
    for record in caplog.records:
        line = PlainFormatter().format(record)
        seen[f"log: {line}"] = spoken(line)
    assert len(seen) > 10
    assert [place for place, words in seen.items() if tells.search(words)] == []


def said(address: str, answer: Any) -> Iterator[tuple[str, str]]:
    """What an answer puts where others look."""
    html = whole(answer).decode() if "html" in answer.get("Content-Type", "") else ""
    for title in TITLE.findall(html):
        yield "title", title
    for link in links(html, address):
        yield "link", spoken(link)
    for header in ("Location", "Content-Disposition", "HX-Redirect"):
        yield header, spoken(answer.get(header, ""))
    for message in OutgoingMessage.objects.filter(created_at=MONDAY):
        yield "message", f"{message.subject} {re.sub('https?://.*', '', message.body)}"
    for letter in mail.outbox:
        yield "mail", f"{letter.subject} {re.sub('https?://.*', '', letter.body)}"


def links(html: str, address: str) -> set[str]:
    """Where a page leads, but for the fields of a clinic's settings: they are nobody's."""
    page = Page(html)
    found = {*page.links, *(form.action for form in page.forms)}
    there = {urljoin(address, one) for one in found if not one.startswith("tel:")}
    return {one for one in there if not one.startswith("/settings/clinic/")}


def test_nobody_writes_a_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """An address with a line end in it is one line, whoever reads it later."""
    for path in ("/a%0aERROR%20made%20up/", "/a%0d%0ab/", "/queue/%1b[2J/"):
        Client().get(path)
    lines = [PlainFormatter().format(record) for record in caplog.records]
    assert len(lines) == 3
    assert not any(set("\n\r\x1b") & set(line) for line in lines)


def test_a_telling_title_address_or_line_would_be_found(tells: re.Pattern[str]) -> None:
    for words in (
        "Emergency – Ashgrove",
        spoken("/advice/?sign=lymph_nodes&tab=rf_microneedling"),
        spoken("/queue/?level=URGENT"),
        "POST zqaoneclinical",
    ):
        assert tells.search(words), words
    assert not tells.search(spoken("/queue/?tab=todo"))

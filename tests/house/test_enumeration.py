"""At no door is it told who has an account: the same words, and the same work for them.

`script/bench enumeration` holds a clock to the same doors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aftercare.models import OutgoingMessage
from aftercare.noting import logins
from tests.builders import MONDAY

from .doors import DOORS, Door, unknown

pytestmark = pytest.mark.django_db

DONE = re.compile(
    r'(SELECT|INSERT|UPDATE|DELETE)\s(?:.*?(?:FROM|INTO)\s)?"(\w+)"', re.DOTALL
)


@pytest.fixture(autouse=True)
def _as_it_runs(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Mails go to the outbox; a wrong password is noted once the answer is sent."""
    monkeypatch.setattr(logins, "record_refused", lambda *_: None)
    settings.EMAIL_BACKEND = "aftercare.messages.backend.OutboxBackend"
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was hashed."""
    found: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        found.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return found


@dataclass(frozen=True)
class Told:
    """What somebody is told who tries an address, and what had to be done for it."""

    status: int
    leads_to: str
    cookies: tuple[str, ...]
    words: str
    hashed: int
    messages: int
    queries: tuple[str, ...]


def told(door: Door, email: str, hashed: list[str]) -> Told:
    cache.clear()
    browser, before = door.browser(), OutgoingMessage.objects.count()
    hashed.clear()
    with CaptureQueriesContext(connection) as captured:
        answer = door.ask(browser, email)
    return Told(
        answer.status_code,
        answer.get("Location", ""),
        tuple(sorted(answer.cookies)),
        plain(answer, email),
        len(hashed),
        OutgoingMessage.objects.count() - before,
        tuple(work(captured)),
    )


def plain(answer: HttpResponse, email: str) -> str:
    """The page without what differs each time it is drawn."""
    page = re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()
    )
    return page.replace(email, "the address")


def work(captured: CaptureQueriesContext) -> list[str]:
    """What was done to which table, query by query; a row is made or written anew."""
    done = [DONE.match(one["sql"]) for one in captured]
    return [
        f"{one[1].replace('INSERT', 'UPDATE')} {one[2]}" if one else "a savepoint"
        for one in done
    ]


@pytest.mark.parametrize("name", DOORS)
def test_known_and_unknown_get_the_same_words_for_the_same_work(
    name: str, hashed: list[str]
) -> None:
    door = DOORS[name]
    assert told(door, door.known(), hashed) == told(door, unknown(), hashed)


def test_a_difference_would_be_noticed(hashed: list[str]) -> None:
    """Each door does something: what is compared is not nothing."""
    seen = {name: told(door, unknown(), hashed) for name, door in DOORS.items()}
    assert seen["sign-in"].hashed == 1
    assert [one.messages for one in seen.values()] == [0, 1, 1, 1]
    assert min(len(one.queries) for one in seen.values()) > 3

"""What a request left in the audit, and what it should have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from aftercare.models import AuditEntry
from aftercare.noting import SHOWN, is_without_record
from aftercare.services.audit import READS

from .asking import FORM, Ask
from .people import Person, whole
from .two_clinics import House
from .untouched import AUDIT, SESSIONS, WRITES

# Who is signed in where is no part of the record, nor are tries that are counted.
NO_RECORD = {
    AUDIT,
    SESSIONS,
    "aftercare_cache",
    "usersessions_usersession",
}


@dataclass(frozen=True, slots=True)
class Left:
    """The answer to a request, the tables it wrote to, and its new rows of the audit."""

    answer: HttpResponseBase
    body: str
    tables: frozenset[str]
    rows: tuple[AuditEntry, ...]

    @property
    def reads(self) -> list[AuditEntry]:
        return [row for row in self.rows if row.verb in READS]

    @property
    def deeds(self) -> list[AuditEntry]:
        return [row for row in self.rows if row.verb not in READS]


def asked(person: Person, ask: Ask) -> Left:
    """Ask, look at what it left, and undo it."""
    browser = person.browser()
    with changed() as tables, transaction.atomic():
        before = set(AuditEntry.objects.values_list("pk", flat=True))
        # The sign-in library says what it did once that is committed, which is never.
        with patch.object(connection, "on_commit", lambda say, _: say()):
            answer = browser.generic(ask.method, ask.address, ask.body, FORM)
        body = whole(answer).decode(errors="replace")
        rows = AuditEntry.objects.exclude(pk__in=before).order_by("pk")
        left = Left(answer, body, frozenset(tables), tuple(rows))
        transaction.set_rollback(True)
    return left


@contextmanager
def changed() -> Iterator[set[str]]:
    """The tables in which a row was added, changed or removed meanwhile."""
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, values: Any, *rest: Any) -> Any:
        answer = execute(sql, values, *rest)
        if (found := WRITES.match(sql)) and rest[-1]["cursor"].rowcount:
            tables.add(found[1])
        return answer

    with connection.execute_wrapper(note):
        yield tables


def match_of(ask: Ask) -> ResolverMatch | None:
    try:
        return resolve(ask.path)
    except Resolver404:
        return None


def missing(ask: Ask, person: Person, house: House, left: Left) -> Iterator[str]:
    """What the audit lacks, or has too much, after a request of a person at home."""
    match = match_of(ask)
    if match is None:
        return
    yield from unlike(left, match, person, house)
    if left.tables - NO_RECORD and not left.deeds:
        yield f"wrote {sorted(left.tables - NO_RECORD)} and no word of it"
    shown, streaming = left.answer.status_code in SHOWN, left.answer.streaming
    if not shown or (left.answer.status_code == 200 and left.deeds and not streaming):
        yield from ["noted a read that was none"] if left.reads else []
    elif streaming:
        yield from [] if left.deeds else ["a copy was taken and no word of it"]
    elif is_without_record(match.func):
        yield from stands_on(left, house)
    elif len(left.reads) != 1:
        yield f"shown, and noted {len(left.reads)} times"


def unlike(
    left: Left, match: ResolverMatch, person: Person, house: House
) -> Iterator[str]:
    """Whether each row says who, from which page, and whose record of this clinic."""
    for row in left.rows:
        said: dict[str, Any] = {
            "page": (row.page, match.view_name),
            "clinic": (row.clinic_id, house.clinic.pk),
            "login": (row.login_id, person.who.login_id),
            "staff": (row.staff is None, person.kind == "patient"),
        }
        yield from (f"{row.verb}: {one}" for one, (a, b) in said.items() if a != b)
        theirs = person.kind == "patient" or {"patient", "treatment"} & {*match.kwargs}
        if theirs and row.patient_id is None:
            yield f"{row.verb}: does not say whose"
        if not row.version or not row.software:
            yield f"{row.verb}: does not say by which version"


def stands_on(left: Left, house: House) -> Iterator[str]:
    """A page that says it shows no record names no patient and nothing of theirs."""
    if left.reads:
        yield "noted, and says that it shows no record"
    for record in house.records:
        for word in (record.name, record.clinical, record.internal):
            if word in left.body:
                yield f"says that it shows no record, and shows {word}"

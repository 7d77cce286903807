"""No room on the disk: nothing that was acknowledged is lost, and everybody is told what to do.

On SQLite, which can be given a limit; `benchmarks/disk_full.py` fills real file systems.
"""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import DataError, OperationalError, connection
from django.test import Client

from aftercare.models import AuditEntry, DailyLog, StaffMember, Treatment
from aftercare.noting import pages
from tests.aftercare.log_values import CALM
from tests.clock import Wall
from tests.journeys.served import hidden
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
limited = pytest.mark.skipif(not settings.USES_SQLITE, reason="a limit of SQLite's own")
NOTE = "my cheek is warm"
WITHOUT_LIMIT = 2**30


def pragma(words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        return int(cursor.fetchone()[0])


def fill_up() -> None:
    """No page more than there is now, and none of them empty."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    pragma(f"max_page_count = {pragma('page_count')}")


@pytest.fixture(autouse=True)
def _room_again(transactional_db: None) -> Iterator[None]:
    yield
    if settings.USES_SQLITE:
        pragma(f"max_page_count = {WITHOUT_LIMIT}")


def form_of(maya: Client, treatment: Treatment, number: int) -> dict[str, str]:
    page = maya.get(f"/log/{treatment.pk}/?again={number}").content.decode()
    asked = {name: hidden(page, name) for name in ("key", "for_date")}
    return CALM | asked | {"free_text": NOTE * 20}


def log_until_full(maya: Client, treatment: Treatment) -> tuple[set[str], object, dict]:
    """The logs that were acknowledged, and the first answer that was not."""
    fill_up()
    acknowledged = set()
    for number in range(1000):
        form = form_of(maya, treatment, number)
        answer = maya.post(f"/log/{treatment.pk}/", form)
        if answer.status_code != 303:
            return acknowledged, answer, form
        acknowledged.add(answer["Location"])
    raise AssertionError("The disk is never full.")


def advice_pages() -> set[str]:
    return {f"/advice/{key}/" for key in DailyLog.objects.values_list("pk", flat=True)}


@limited
def test_what_was_acknowledged_is_there_and_what_was_not_can_be_sent_again(
    maya: Client, treatment: Treatment
) -> None:
    maya.raise_request_exception = False
    acknowledged, answer, form = log_until_full(maya, treatment)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    said = html.unescape(answer.content.decode())
    assert "Not saved yet" in said
    assert NOTE in said
    assert re.search(r"Need the clinic\?.*020 7946 0311", said, re.DOTALL)
    assert "999" in said
    assert advice_pages() == acknowledged
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]
    pragma(f"max_page_count = {WITHOUT_LIMIT}")
    again = maya.post(f"/log/{treatment.pk}/", form)
    assert again.status_code == 303
    assert advice_pages() == acknowledged | {again["Location"]}


@limited
def test_pages_can_be_read_and_the_programs_log_keeps_who_read_them(
    maya: Client, treatment: Treatment, nurse: StaffMember, wall: Wall, caplog
) -> None:
    maya.raise_request_exception = False
    desk = sign_in(Client(raise_request_exception=False), nurse)
    log_until_full(maya, treatment)
    caplog.clear()
    for reader, path in ((maya, "/recovery/"), (desk, "/queue/")):
        reads = AuditEntry.objects.count()
        while (answer := reader.get(path)).status_code == 200:
            if AuditEntry.objects.count() == reads:
                break
            reads += 1
        assert answer.status_code == 200
    said = [one.getMessage() for one in caplog.records if "No room" in one.message]
    assert any(f"{treatment.patient_id} read recovery" in line for line in said)
    assert any(f"{nurse.pk} read queue" in line for line in said)
    assert "Maya" not in caplog.text


def no_room(*_: object, **__: object) -> None:
    """As a database says it: PostgreSQL takes nothing more in that transaction."""
    if not settings.USES_SQLITE:
        with suppress(DataError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode, full.pgcode = sqlite3.SQLITE_FULL, "53100"
    raise OperationalError from full


def test_a_page_that_cannot_be_noted_is_shown_behind_the_second_wall_too(
    maya: Client, treatment: Treatment, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    monkeypatch.setattr(pages, "note", no_room)
    assert maya.get("/recovery/").status_code == 200
    assert f"{treatment.patient_id} read recovery" in caplog.text
    assert not AuditEntry.objects.filter(verb="record.read").exists()


def test_that_somebody_was_active_need_not_be_kept_for_a_page_to_be_read(
    nurse: StaffMember, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sign_in(Client(raise_request_exception=False), nurse, at=wall.now)
    wall.forward(minutes=5)
    monkeypatch.setattr(SessionStore, "save", no_room)
    assert desk.get("/queue/").status_code == 200
    assert desk.post("/queue/").status_code == 503
    wall.forward(minutes=11)
    assert "/queue/" not in desk.get("/queue/", follow=True).request["PATH_INFO"]


def test_whatever_else_keeps_the_audit_from_being_written_keeps_the_page_back(
    maya: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError

    maya.raise_request_exception = False
    monkeypatch.setattr(pages, "note", away)
    answer = maya.get("/recovery/")
    assert answer.status_code == 503
    assert "recovery" not in answer.content.decode()


@limited
@pytest.mark.parametrize("path", ["/sign-in/patient/", "/sign-in/"])
def test_nobody_is_told_that_they_tried_too_often_when_nothing_can_be_written(
    client: Client, nurse: StaffMember, path: str
) -> None:
    client.raise_request_exception = False
    fill_up()
    for key in (f"filler:{size}:{n}" for size in (2000, 1) for n in range(1000)):
        cache.set(key, "x" * int(key.split(":")[1]))
        if cache.get(key) is None and ":1:" in key:
            break
    form = {"email": "maya@mail.example", "login": "maya@mail.example", "password": "x"}
    answer = client.post(path, form)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"

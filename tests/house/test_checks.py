"""What `check --deploy` says about the protocol, the demo and SQLite."""

from datetime import date

import pytest
from django.db import connection

from aftercare import checks
from aftercare.databases import postgres_options, sqlite_options, wal_is_safe
from aftercare.warning_signs.protocol import Protocol


def ids(messages):
    return [message.id for message in messages]


def test_an_unsigned_protocol_is_an_error():
    assert ids(checks.a_clinician_has_signed_the_protocol()) == ["aftercare.E001"]


def test_a_signed_protocol_is_not(monkeypatch):
    signed = Protocol("x/1", approved_by="Dr Example", approved_on=date(2026, 1, 1))
    monkeypatch.setattr(checks, "PROTOCOL", signed)
    assert checks.a_clinician_has_signed_the_protocol() == []


def test_the_demo_is_an_error(settings):
    settings.DEMO = True
    assert ids(checks.the_demo_is_off()) == ["aftercare.E003"]
    settings.DEMO = False
    assert checks.the_demo_is_off() == []


def test_messages_that_do_not_leave_are_an_error(settings):
    settings.MESSAGE_FOLDER = "/var/messages"
    assert ids(checks.messages_leave()) == ["aftercare.E006"]
    settings.MESSAGE_FOLDER = ""
    assert checks.messages_leave() == []


@pytest.mark.parametrize(
    ("uses_sqlite", "allowed", "found"),
    [(True, False, ["aftercare.E002"]), (True, True, []), (False, False, [])],
)
def test_sqlite_is_an_error_unless_chosen(settings, uses_sqlite, allowed, found):
    settings.USES_SQLITE, settings.ALLOW_SQLITE = uses_sqlite, allowed
    assert ids(checks.sqlite_is_a_choice()) == found


@pytest.mark.parametrize(
    ("uses_sqlite", "safe", "found"),
    [(True, False, ["aftercare.W001"]), (True, True, []), (False, False, [])],
)
def test_an_old_sqlite_is_a_warning(settings, monkeypatch, uses_sqlite, safe, found):
    settings.USES_SQLITE = uses_sqlite
    monkeypatch.setattr(checks, "wal_is_safe", lambda: safe)
    assert ids(checks.sqlite_keeps_what_it_was_given()) == found


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_write_ahead_is_used_only_where_it_keeps_every_page(version, safe):
    assert wal_is_safe(version) is safe
    journal = "WAL" if safe else "TRUNCATE"
    assert f"journal_mode={journal};" in sqlite_options(version)["init_command"]


@pytest.mark.django_db
def test_sqlite_writes_to_disk_before_it_answers():
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        pragma = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "foreign_keys", "journal_mode")
        }
    journal = "wal" if wal_is_safe() else "truncate"
    assert pragma == {"synchronous": 2, "foreign_keys": 1, "journal_mode": journal}


def test_only_a_web_server_gives_up_a_wait():
    assert "options" not in postgres_options(serving=False)
    assert "lock_timeout=2s" in postgres_options(serving=True)["options"]

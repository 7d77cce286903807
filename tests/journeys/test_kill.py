"""`kill -9` of the whole server in the middle of things: no log is lost, none doubled."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from django.db import connection

from .books import logs, mistakes
from .senders import CUT, Ledger, Sender, sign_in_everybody
from .served import Server

PHONES, LOGS_EACH, KILLS = 4, 6, 2


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    facts = connection.settings_dict
    name = f"aftercare_killed_{uuid.uuid4().hex}"
    server = {
        "host": facts["HOST"] or facts["OPTIONS"].get("host"),
        "port": facts["PORT"] or None,
        "user": facts["USER"],
        "password": facts["PASSWORD"] or None,
    }
    with closing(psycopg2.connect(dbname="postgres", **server)) as base:
        base.autocommit = True
        base.cursor().execute(f'CREATE DATABASE "{name}"')
        who = quote(server["user"])
        if server["password"]:
            who += ":" + quote(server["password"], safe="")
        port = f"&port={server['port']}" if server["port"] else ""
        yield f"postgres://{who}@/{name}?host={quote(server['host'], safe='')}{port}"
        base.cursor().execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def server(own_database: str) -> Iterator[Server]:
    """The demo, served as a new user would have it."""
    served = Server(own_database)
    served.manage("migrate", "--verbosity", "0")
    served.manage("seed_demo")
    served.start()
    yield served
    served.kill()


@pytest.mark.journey
def test_every_log_that_was_acknowledged_is_there_once_with_its_advice_and_flags(
    server: Server,
) -> None:
    before, ledger = logs(server.database_url), Ledger()
    senders = [
        Sender(phone, treatment, LOGS_EACH, ledger)
        for phone, treatment in sign_in_everybody(server, PHONES)
    ]
    assert len(senders) == PHONES
    for sender in senders:
        sender.start()
    for kill in range(1, KILLS + 1):
        ledger.wait_for(kill * PHONES * LOGS_EACH // (KILLS + 1))
        server.kill()
        server.start()
    for sender in senders:
        sender.join()
    server.kill()
    assert ledger.failures == []
    assert len(ledger.logs) == PHONES * LOGS_EACH
    assert ledger.statuses[CUT] > 0, "nobody was in the middle of anything"
    assert 500 not in ledger.statuses
    assert list(mistakes(server.database_url, ledger, before)) == []

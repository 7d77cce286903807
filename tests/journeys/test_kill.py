"""What a patient was told is saved, is saved: whoever is killed, and whenever.

Patients send logs while every process is ended by `kill -9` and started again. Each log
is sent until it is acknowledged, some once more; afterwards each is in the record once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.postgres import LocalServer, NotHere

from .books import logs, mistakes
from .senders import CUT, send_through
from .served import Server

PHONES, LOGS_EACH = 4, 8


@pytest.fixture
def postgres() -> Iterator[LocalServer | None]:
    """A database server to be killed as well; None where the tests run on SQLite."""
    if connection.vendor == "sqlite":
        yield None
        return
    try:
        with LocalServer.in_a_temporary_folder() as server:
            yield server
    except NotHere as reason:
        pytest.skip(f"PostgreSQL: {reason}")


@pytest.fixture
def server(postgres: LocalServer | None, tmp_path: Path) -> Iterator[Server]:
    """The demo, served as a new user would have it."""
    url = postgres.url if postgres else f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    served = Server(url)
    served.manage("migrate", "--verbosity", "0")
    served.manage("seed_demo")
    served.start()
    yield served
    served.kill()


@pytest.mark.journey
def test_every_log_that_was_acknowledged_is_there_once_with_its_advice_and_flags(
    server: Server, postgres: LocalServer | None
) -> None:
    before = logs(server.database_url)
    ends = [
        lambda: end(server, None),
        lambda: end(server, postgres),
        lambda: end(server, postgres),
    ]
    ledger = send_through(server, ends, phones=PHONES, logs_each=LOGS_EACH)
    server.kill()
    assert len(ledger.logs) == PHONES * LOGS_EACH
    assert ledger.statuses[CUT] > 0, "nobody was in the middle of anything"
    assert mistakes(server.database_url, ledger, before) == []


def end(server: Server, postgres: LocalServer | None) -> None:
    """Kill the web server, its database first where there is one, and start them again."""
    if postgres:
        postgres.kill()
        postgres.start()
    server.kill()
    server.start()

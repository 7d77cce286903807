"""What a patient was told is saved, is saved: whoever is killed, and whenever.

Patients send logs while every process is ended by `kill -9` and started again. Each log
is sent until it is acknowledged, some once more; afterwards each is in the record once,
and whoever had to be told of it was told. `benchmarks/durability.py` does more of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.postgres import LocalServer, NotHere

from .books import mistakes
from .crowd import a_crowd
from .message_books import message_mistakes, nothing_owed
from .postroom import Postroom, a_postroom
from .senders import CUT, send_through
from .served import Server

PATIENTS, LOGS, SENDERS, ROUNDS = 8, 32, 4, 5


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
    """The house as it is run, on an empty database."""
    url = postgres.url if postgres else f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    served = Server(url)
    served.manage("migrate", "--verbosity", "0")
    yield served
    served.kill()


@pytest.fixture
def room(server: Server) -> Iterator[Postroom]:
    """A worker beside it, and a mail server."""
    with a_postroom(server, many=1) as room:
        yield room


@pytest.mark.journey
def test_every_log_that_was_acknowledged_is_there_once_and_whoever_must_be_was_told(
    server: Server, room: Postroom, postgres: LocalServer | None
) -> None:
    crowd = a_crowd(server, PATIENTS)
    server.start()
    room.start()
    ends = [
        lambda: end(server, room, None),
        lambda: end(server, room, postgres),
        lambda: end(server, room, postgres),
    ]
    ledger = send_through(crowd, ends, senders=SENDERS, logs=LOGS)
    room.kill()
    server.kill()
    rounds = 0
    while not nothing_owed(server.database_url) and rounds < ROUNDS:
        room.drain()
        rounds += 1
    assert len(ledger.logs) == LOGS
    assert ledger.statuses[CUT] > 0, "nobody was in the middle of anything"
    assert mistakes(server.database_url, ledger, {}) == []
    assert message_mistakes(server.database_url, room) == []
    assert room.arrived(), "nobody had to be told of anything"


def end(server: Server, room: Postroom, postgres: LocalServer | None) -> None:
    """Kill everything, the database first where there is one, and start it again."""
    if postgres:
        postgres.kill()
        postgres.start()
    room.kill()
    server.kill()
    server.start()
    room.start()

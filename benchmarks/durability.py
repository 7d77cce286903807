"""`kill -9`, again and again, while logs arrive: are all that were acknowledged there once?

    script/bench durability                                    SQLite, the web server killed
    script/bench durability --postgres --kills 20 --logs 10000 its database killed as well
    script/bench durability --controls                         breaks the promise: must notice

One log in ten is sent once more after it was acknowledged. Needs no settings of its own;
PostgreSQL is started for it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from tests.journeys.books import logs, mistakes
from tests.journeys.senders import CUT, send_through
from tests.journeys.served import Server
from tests.postgres import LocalServer

Tamper = Callable[[Server], None]

DROP_KEY = """
from django.db import connection
from aftercare.models import DailyLog
[key] = [one for one in DailyLog._meta.constraints if one.name == "log_once_per_key"]
DailyLog._meta.constraints.remove(key)
with connection.schema_editor() as editor:
    editor.remove_constraint(DailyLog, key)
"""
COMMIT_LATE = """
from django.db import connection
connection.cursor().execute("ALTER DATABASE postgres SET synchronous_commit = off")
"""


def main(arguments: list[str]) -> int:
    """Exit code 1 for a broken promise, or a control that nobody noticed."""
    options = parsed(arguments)
    if options.controls:
        return int(not all([*controls(options)]))
    found = prove(options)
    return int(bool(found))


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench durability")
    parser.add_argument("--logs", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--phones", type=int, default=8)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--controls", action="store_true")
    return parser.parse_args(arguments)


def controls(options: argparse.Namespace) -> Iterator[bool]:
    """Whether each way of breaking the promise was noticed."""
    print("Without the form's key:")
    yield bool(prove(options, "benchmarks.careless", without_key))
    if options.postgres:
        print("With commits that are acknowledged before they are on disk:")
        yield bool(prove(options, tamper=with_late_commits))


def without_key(server: Server) -> None:
    server.manage("shell", "--no-imports", "--command", DROP_KEY)


def with_late_commits(server: Server) -> None:
    server.manage("shell", "--no-imports", "--command", COMMIT_LATE)


def prove(
    options: argparse.Namespace,
    application: str = "aftercare.wsgi",
    tamper: Tamper = lambda _: None,
) -> list[str]:
    """Sends logs through kills and holds the database against what was acknowledged."""
    with a_database(postgres=options.postgres) as (url, database):
        server = Server(url, application)
        server.manage("migrate", "--verbosity", "0")
        server.manage("seed_demo")
        tamper(server)
        server.start()
        began, before = monotonic(), logs(url)
        each = -(-options.logs // options.phones)
        ends = [end_of(server, database, number) for number in range(options.kills)]
        try:
            ledger = send_through(server, ends, phones=options.phones, logs_each=each)
        finally:
            server.kill()
        took = monotonic() - began
        found = mistakes(url, ledger, before)
    answered = {code: n for code, n in sorted(ledger.statuses.items()) if code != CUT}
    print(
        f"  {len(ledger.logs)} logs acknowledged in {took:.0f} s through "
        f"{options.kills} kills; answers by status {answered}, "
        f"{ledger.statuses[CUT]} requests cut off."
    )
    print("  " + ("; ".join(found) or "None lost, none doubled, none half done."))
    return found


def end_of(
    server: Server, database: LocalServer | None, number: int
) -> Callable[[], None]:
    """The kill of a turn: web server, database, both, and so on."""

    def end() -> None:
        if database and number % 3:
            database.kill()
            database.start()
        if not database or number % 3 != 1:
            server.kill()
            server.start()

    return end


@contextmanager
def a_database(*, postgres: bool) -> Iterator[tuple[str, LocalServer | None]]:
    """An empty database, and its server where there is one to be killed."""
    if postgres:
        with LocalServer.in_a_temporary_folder() as server:
            yield server.url, server
    else:
        with tempfile.TemporaryDirectory(prefix="aftercare-") as folder:
            yield f"sqlite:///{Path(folder) / 'killed.sqlite3'}", None

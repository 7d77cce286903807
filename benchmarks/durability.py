"""`kill -9`, again and again, while logs arrive: are all that were acknowledged there once?

    script/bench durability                  SQLite: web server and worker are killed
    script/bench durability --postgres       two workers, and the database is killed as well
    script/bench durability --controls       breaks each promise in turn: must notice

Patients log while the clinic is closed; one log in four is urgent, another an emergency.
One in ten is sent once more after it was acknowledged. Afterwards the database is held
against what the server had said, and against what reached the mail server. Needs no
settings of its own; PostgreSQL is started for it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic, sleep

from tests.journeys.books import logs, mistakes
from tests.journeys.crowd import a_crowd
from tests.journeys.message_books import message_mistakes, nothing_owed
from tests.journeys.postroom import WORKER, Postroom, a_postroom
from tests.journeys.senders import CUT, Ledger, send_through
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
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class House:
    """What is put to the proof: ours, or one with a fault that must be noticed."""

    application: str = "aftercare.wsgi"
    worker: tuple[str, ...] = WORKER
    tamper: Tamper = lambda _: None
    mail_takes_s: float = 0


def without_key(server: Server) -> None:
    server.manage("shell", "--no-imports", "--command", DROP_KEY)


def with_late_commits(server: Server) -> None:
    server.manage("shell", "--no-imports", "--command", COMMIT_LATE)


CARELESS = "benchmarks.careless"
ANYWHERE = {
    "Without the form's key": House(CARELESS, tamper=without_key),
    "With messages that are marked before they are sent": House(
        worker=("-m", "benchmarks.careless_worker", "marks_first"), mail_takes_s=0.5
    ),
    "With a worker that writes down whom it told and puts no message": House(
        worker=("-m", "benchmarks.careless_worker", "tells_nobody")
    ),
}
ON_POSTGRES = {
    "With commits that are acknowledged before they are on disk": House(
        tamper=with_late_commits
    ),
    "With a server that takes an outage for a fault of its own": House(
        "benchmarks.careless_of_outages"
    ),
}


def main(arguments: list[str]) -> int:
    """Exit code 1 for a broken promise, or a control that nobody noticed."""
    options = parsed(arguments)
    if options.controls:
        return int(not all([*controls(options)]))
    return int(bool(prove(options, House())))


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench durability")
    parser.add_argument("--logs", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--patients", type=int, default=500)
    parser.add_argument("--phones", type=int, default=4, help="that send at once")
    parser.add_argument("--minutes", type=float, default=15, help="at most")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--controls", action="store_true")
    return parser.parse_args(arguments)


def controls(options: argparse.Namespace) -> Iterator[bool]:
    """Whether each way of breaking the promise was noticed."""
    for what, house in (ANYWHERE | (ON_POSTGRES if options.postgres else {})).items():
        print(f"{what}:", flush=True)
        noticed = bool(prove(options, house))
        print(f"  {'Noticed' if noticed else 'NOT NOTICED'}.", flush=True)
        yield noticed


def prove(options: argparse.Namespace, house: House) -> list[str]:
    """Sends logs through kills and holds the database against what was acknowledged."""
    many = 2 if options.postgres else 1
    ledger = Ledger()
    with a_database(postgres=options.postgres) as (url, database):
        server = Server(url, house.application)
        server.manage("migrate", "--verbosity", "0")
        house.tamper(server)
        with a_postroom(server, many, house.worker) as room:
            room.sink.on_data = lambda _: sleep(house.mail_takes_s)
            began = monotonic()
            gave_up = load(options, server, room, database, ledger)
            took = monotonic() - began
            settle(url, room)
            found = [*gave_up, *mistakes(url, ledger, {}), *message_mistakes(url, room)]
            report(ledger, room, took, len(logs(url)))
    print("  " + ("; ".join(found) or "None lost, none doubled, none half done."))
    return found


def load(
    options: argparse.Namespace,
    server: Server,
    room: Postroom,
    database: LocalServer | None,
    ledger: Ledger,
) -> list[str]:
    """Everybody logs; what made them give up, for example an answer 500."""
    ends = [end_of(server, room, database, nth) for nth in range(options.kills)]
    end_of_time = Timer(options.minutes * 60, ledger.stop)
    try:
        crowd = a_crowd(server, options.patients)
        server.start()
        room.start()
        end_of_time.start()
        send_through(
            crowd, ends, senders=options.phones, logs=options.logs, ledger=ledger
        )
    except ExceptionGroup as group:
        print(group.exceptions[0], file=sys.stderr)
        said = Counter(str(error).partition("\n")[0] for error in group.exceptions)
        return [f"{count} senders gave up: {what}" for what, count in said.items()]
    finally:
        end_of_time.cancel()
        room.kill()
        server.kill()
    return []


def end_of(
    server: Server, room: Postroom, database: LocalServer | None, number: int
) -> Callable[[], None]:
    """The kill of a turn: server and workers; database; all at once; and so on."""

    def end() -> None:
        room.ends += 1
        ours = not database or number % 3 != 1
        if ours:
            room.kill()
            server.kill()
        if database and number % 3:
            database.kill()
            database.start()
        if ours:
            server.start()
            room.start()

    return end


def settle(url: str, room: Postroom) -> None:
    """Workers come back until nothing is left to do, or they get nowhere."""
    for _ in range(MOST_ROUNDS):
        room.drain()
        if nothing_owed(url):
            return


def report(ledger: Ledger, room: Postroom, took: float, kept: int) -> None:
    answered = {code: n for code, n in sorted(ledger.statuses.items()) if code != CUT}
    print(
        f"  {len(ledger.logs)} logs acknowledged, {kept} in the record, in {took:.0f} s "
        f"through {room.ends} kills, a worker killed {room.kills} times.\n"
        f"  Answers by status: {answered}; {ledger.statuses[CUT]} requests cut off.\n"
        f"  Longest wait until a log was taken: {ledger.longest_s:.1f} s.\n"
        f"  {sum(room.arrived().values())} mails arrived, {len(room.arrived())} messages."
    )


@contextmanager
def a_database(*, postgres: bool) -> Iterator[tuple[str, LocalServer | None]]:
    """An empty database, and its server where there is one to be killed."""
    if postgres:
        with LocalServer.in_a_temporary_folder() as server:
            yield server.url, server
    else:
        with tempfile.TemporaryDirectory(prefix="aftercare-") as folder:
            yield f"sqlite:///{Path(folder) / 'killed.sqlite3'}", None

"""A disk that fills up while logs arrive: is everything that was acknowledged still there?

    script/bench disk_full              SQLite on a small file system of its own
    script/bench disk_full --postgres   the data directory of a PostgreSQL on one

Needs root, to mount a small tmpfs. The room is taken by a file; for a while every log is
refused with 503 and a page that keeps it; then the file is removed, and whoever was refused
gets through without anything being started again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from tests.journeys.books import logs, mistakes
from tests.journeys.crowd import Phone, a_crowd
from tests.journeys.message_books import message_mistakes
from tests.journeys.postroom import Postroom, a_postroom
from tests.journeys.senders import BUSY, CUT, SEEN, Ledger, send_through
from tests.journeys.served import CUT_OFF, Server
from tests.postgres import LocalServer

from .durability import settle

ROOM = {"sqlite": "24m", "postgres": "160m"}
FULL_S = 8
READ = ("/healthz", "/", "/today/")
BLOCK = 64 * 1024


def main(arguments: list[str]) -> int:
    """Exit code 1 for a log that was lost, an answer 500, or a house that stays broken."""
    options = parsed(arguments)
    with a_small_disk(postgres=options.postgres) as (url, disk):
        found = prove(options, url, disk)
    print("  " + ("; ".join(found) or "None lost; back without a restart."))
    return int(bool(found))


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench disk_full")
    parser.add_argument("--logs", type=int, default=600)
    parser.add_argument("--times", type=int, default=3, help="that it fills up")
    parser.add_argument("--patients", type=int, default=60)
    parser.add_argument("--phones", type=int, default=4, help="that send at once")
    parser.add_argument("--postgres", action="store_true")
    return parser.parse_args(arguments)


def prove(options: argparse.Namespace, url: str, disk: Path) -> list[str]:
    server, ledger, read = Server(url), Ledger(), Counter[str]()
    server.manage("migrate", "--verbosity", "0")
    with a_postroom(server, 1) as room:
        crowd = a_crowd(server, options.patients + 1)
        server.start()
        room.start()
        ends = [lambda: fill_for_a_while(disk, crowd[-1], read)] * options.times
        began = monotonic()
        try:
            send_through(
                crowd[:-1],
                ends,
                senders=options.phones,
                logs=options.logs,
                ledger=ledger,
            )
            failed = []
        except ExceptionGroup as group:
            failed = [str(error).partition("\n")[0] for error in group.exceptions]
            print(group.exceptions[0], file=sys.stderr)
        finally:
            took = monotonic() - began
            room.kill()
            server.kill()
        settle(url, room)
        found = [*failed, *mistakes(url, ledger, {}), *message_mistakes(url, room)]
        found += [f"{n} times {what}" for what, n in read.items() if " 500" in what]
        report(ledger, room, read, took, len(logs(url)))
    if not ledger.statuses[BUSY]:
        found.append("it was never full")
    return found


def fill_for_a_while(disk: Path, phone: Phone, read: Counter[str]) -> None:
    """All room is taken for some seconds, in which somebody reads pages."""
    file, end = disk / "in-the-way", monotonic() + FULL_S
    reader = Thread(target=read_until, args=(phone, end, read))
    reader.start()
    while monotonic() < end:
        with suppress(OSError), file.open("ab") as filler:
            while monotonic() < end:
                filler.write(b"x" * BLOCK)
                filler.flush()
        sleep(0.05)
    file.unlink()
    reader.join()


def read_until(phone: Phone, end: float, read: Counter[str]) -> None:
    browser, _ = phone
    while monotonic() < end:
        for path in READ:
            try:
                read[f"{path} {browser.get(path).status}"] += 1
            except CUT_OFF:
                read[f"{path} cut off"] += 1
        sleep(0.1)


def report(
    ledger: Ledger, room: Postroom, read: Counter[str], took: float, kept: int
) -> None:
    answered = {code: n for code, n in sorted(ledger.statuses.items()) if code != CUT}
    print(
        f"  {len(ledger.logs)} logs acknowledged, {kept} in the record, in {took:.0f} s.\n"
        f"  Answers by status: {answered} ({SEEN} is a log that was taken); "
        f"{ledger.statuses[CUT]} requests cut off.\n"
        f"  Longest wait until a log was taken: {ledger.longest_s:.1f} s.\n"
        f"  Read while it was full: {dict(sorted(read.items()))}.\n"
        f"  {len(room.arrived())} messages arrived."
    )


@contextmanager
def a_small_disk(*, postgres: bool) -> Iterator[tuple[str, Path]]:
    """A database on a file system of its own, and where that is."""
    with ExitStack() as stack:
        disk = Path(stack.enter_context(tempfile.TemporaryDirectory("-disk")))
        size = ROOM["postgres" if postgres else "sqlite"]
        stack.enter_context(mounted(disk, size))
        if postgres:
            stack.enter_context(temporary_files_on(disk))
            server = stack.enter_context(LocalServer.in_a_temporary_folder())
            yield server.url, disk
        else:
            yield f"sqlite:///{disk / 'full.sqlite3'}", disk


@contextmanager
def mounted(disk: Path, size: str) -> Iterator[None]:
    command = [
        "mount",
        "-t",
        "tmpfs",
        "-o",
        f"size={size},mode=755",
        "tmpfs",
        str(disk),
    ]
    if subprocess.run(command, check=False).returncode:  # noqa: S603  as above
        raise SystemExit("A small file system cannot be mounted: this needs root.")
    try:
        yield
    finally:
        command = ["umount", "--lazy", str(disk)]
        subprocess.run(command, check=True)  # noqa: S603  as above


@contextmanager
def temporary_files_on(disk: Path) -> Iterator[None]:
    """What is made in a temporary folder is made there."""
    before, tempfile.tempdir = tempfile.tempdir, str(disk)
    try:
        yield
    finally:
        tempfile.tempdir = before

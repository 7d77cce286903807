"""Databases of our own, beside the configured one: made, filled, switched between, gone.

With `keep` they stay, and the next run finds them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

KEPT = "bench"
"""The folder under `var/` for databases of SQLite that are kept."""


@dataclass(frozen=True, slots=True)
class Database:
    """One that holds so many logs; `name` is that of the server, or a file."""

    logs: int
    name: str

    def use(self) -> None:
        """From now on every query goes here."""
        if connection.settings_dict["NAME"] != self.name:
            connection.close()
            connection.settings_dict["NAME"] = self.name


@contextmanager
def databases(sizes: Sequence[int], *, keep: bool) -> Iterator[list[Database]]:
    """One for each number of logs, filled; none of them is in use yet."""
    with ExitStack() as stack:
        if connection.vendor == "postgresql":
            yield [stack.enter_context(_on_the_server(size, keep)) for size in sizes]
            return
        folder = settings.BASE_DIR / "var" / KEPT
        if not keep:
            temporary = tempfile.TemporaryDirectory(prefix="aftercare-bench-")
            folder = Path(stack.enter_context(temporary))
        folder.mkdir(parents=True, exist_ok=True)
        yield [_in_a_file(size, folder) for size in sizes]
        connection.close()


@contextmanager
def _on_the_server(logs: int, keep: bool) -> Iterator[Database]:
    made = Database(logs, f"aftercare_bench_{logs}")
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made.name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {made.name}")
    made.use()
    _fill(logs)
    try:
        yield made
    finally:
        if not keep:
            connection.close()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {made.name}")


def _in_a_file(logs: int, folder: Path) -> Database:
    made = Database(logs, str(folder / f"{logs}.sqlite3"))
    made.use()
    _fill(logs)
    return made


def _fill(logs: int) -> None:
    """Unless it is full already."""
    from benchmarks.filling import fill, is_full  # noqa: PLC0415  needs django.setup()

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if logs and not is_full():
        fill(logs)

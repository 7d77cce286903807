"""How each kind of database is opened, so that a log that was acknowledged is kept.

SQLite carries the demo and the first run, PostgreSQL everything real. Both keep a
commit on disk before they answer.
"""

from __future__ import annotations

import sqlite3
from typing import Any

Version = tuple[int, int, int]

# SQLite before these can lose committed pages when a checkpoint races with a reset of
# the write-ahead log (sqlite.org/wal.html, "The WAL-Reset Bug"): the fix is in 3.51.3
# and was carried back to these two lines.
WAL_FIXED: Version = (3, 51, 3)
WAL_BACKPORTS: tuple[Version, ...] = ((3, 44, 6), (3, 50, 7))

LOCK_WAIT_S = 20


def wal_is_safe(version: Version = sqlite3.sqlite_version_info[:3]) -> bool:
    """Whether this SQLite keeps every committed page in write-ahead mode."""
    if version >= WAL_FIXED:
        return True
    return any(version[:2] == fix[:2] and version >= fix for fix in WAL_BACKPORTS)


def sqlite_options(
    version: Version = sqlite3.sqlite_version_info[:3],
) -> dict[str, Any]:
    """Options for Django's SQLite backend.

    IMMEDIATE, because a transaction that reads and then writes is otherwise refused as
    locked however long it waits; FULL, because NORMAL loses acknowledged logs when the
    power goes.
    """
    journal = "WAL" if wal_is_safe(version) else "TRUNCATE"
    return {
        "timeout": LOCK_WAIT_S,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            f"PRAGMA journal_mode={journal};"
            "PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON;"
            # Without it REPLACE would delete a row behind the back of its triggers.
            "PRAGMA recursive_triggers=ON;"
            # What is erased is overwritten in the file, not only left out of the index.
            "PRAGMA secure_delete=ON;"
        ),
    }


# A server that has vanished from the network is given up, and waited for anew.
REACHABLE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
WEB_WAITS = (
    "-c lock_timeout=2s "
    "-c statement_timeout=10s "
    "-c idle_in_transaction_session_timeout=15s"
)
WORKER_WAITS = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
"""One that was halted in the middle must not hold its rows until somebody wakes it."""


def postgres_options(*, serving: bool) -> dict[str, Any]:
    """Options for PostgreSQL; a web server gives up a wait before the browser does.

    Commands such as `migrate` and `seed_demo` have no limits: they may rightly be long.
    """
    return REACHABLE | ({"options": WEB_WAITS} if serving else {})


def wait_as_a_worker(database: dict[str, Any]) -> None:
    """A worker's limits, for the connections that are opened to it from now on."""
    if "postgresql" in database["ENGINE"]:
        database["OPTIONS"] = database["OPTIONS"] | {"options": WORKER_WAITS}


def configured(database: dict[str, Any], *, serving: bool) -> dict[str, Any]:
    """The parsed address of a database with everything Django should know about it."""
    if "sqlite" in database["ENGINE"]:
        extra = sqlite_options()
    else:
        extra = postgres_options(serving=serving)
        database |= {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
    return database | {
        "ATOMIC_REQUESTS": False,
        "OPTIONS": database.get("OPTIONS", {}) | extra,
    }

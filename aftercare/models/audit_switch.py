"""Every trigger that the audit stands on: switched on and off together, and counted."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from . import audit_only_added, audit_sealed

BOTH = (audit_only_added.TRIGGERS, audit_sealed.TRIGGERS)


def switch_on(connection: BaseDatabaseWrapper) -> None:
    """What the migrations do, after a table was made anew or the tests emptied it."""
    _execute(connection, [line for each in BOTH for line in each[connection.vendor][0]])


def switch_off(connection: BaseDatabaseWrapper) -> None:
    """Only for a migration that changes these tables, and for the tests."""
    _execute(connection, [line for each in BOTH for line in each[connection.vendor][1]])


def wanted(vendor: str) -> set[str]:
    """The names of all triggers that must be there."""
    drops = [line for each in BOTH for line in each[vendor][1]]
    return {line.removeprefix("DROP TRIGGER ").split()[0] for line in drops}


ON_NOW = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # D is disabled, R fires only for replicas.
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal "
    "AND tgenabled IN ('O', 'A')",
}


def switched_off(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are missing or do not fire, by name."""
    with connection.cursor() as cursor:
        cursor.execute(ON_NOW[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return sorted(wanted(connection.vendor) - there)


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    cursor: CursorWrapper
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

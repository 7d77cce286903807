"""A database of the run's own beside the configured one, gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def empty_database() -> Iterator[None]:
    """With every table and nothing in it; on SQLite without waiting for the disk.

    What is judged is what the services do, not whether it survives a power cut.
    """
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{name}.simulation"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)

"""An empty database of a proof's own beside the configured one, gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def empty_database() -> Iterator[None]:
    """On SQLite without waiting for the disk: what is proven has nothing to do with it."""
    from django.db import connection  # noqa: PLC0415  needs django.setup()

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{name}.proof"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous = OFF")
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)

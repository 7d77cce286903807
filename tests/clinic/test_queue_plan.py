"""The queue costs what is open, not what was ever logged: it is read by a partial index."""

from __future__ import annotations

from django.db import connection

from clinic.standing import with_told
from tests.builders import fever
from tests.clinic.conftest import named

OF_OPEN_FLAGS = ("flag_queue", "flag_open_once_per_rule")


def as_if_there_were_many() -> None:
    """PostgreSQL reads a table of a few rows as a whole, whatever indexes it has."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


def test_open_flags_are_found_by_an_index_that_holds_no_others(nurse, wall):
    named(nurse, "Una Urgent", fever())
    as_if_there_were_many()
    plan = with_told(nurse.clinic.flags.open()).explain()
    assert any(index in plan for index in OF_OPEN_FLAGS), plan

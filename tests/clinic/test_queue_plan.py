"""The queue costs what is open, not what was ever logged: it is read by a partial index."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from aftercare.models import Flag, Treatment
from clinic.standing import with_told
from tests.builders import MONDAY, fever, make_clinic, make_staff
from tests.clinic.conftest import close, named, spoke

OF_OPEN_FLAGS = ("flag_queue", "flag_open_once_per_rule")
MANY = 3_000


def copied(treatment: Treatment) -> None:
    """Its first flag many times over, each by another rule."""
    columns = [field.attname for field in Flag._meta.concrete_fields]
    first = treatment.flags.first()
    values = {name: getattr(first, name) for name in columns if name != "id"}
    Flag.objects.bulk_create(
        Flag(**values | {"rule": f"MADE-UP:{number}"}) for number in range(MANY)
    )


def as_with_many_clinics(at: datetime) -> None:
    """Much was closed elsewhere, and much is open there; and the database knows.

    Of a few rows it reads all, or by any index, as it happens.
    """
    priya = make_staff(make_clinic())
    closed = named(priya, "Clara Closed", fever())
    spoke(closed, priya, at)
    close(closed, priya, at)
    for treatment in (closed, named(priya, "Olga Open", fever())):
        copied(treatment)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE aftercare_flag")


def test_open_flags_are_found_by_an_index_that_holds_no_others(nurse, wall):
    as_with_many_clinics(MONDAY)
    named(nurse, "Una Urgent", fever())
    plan = with_told(nurse.clinic.flags.open()).explain()
    assert any(index in plan for index in OF_OPEN_FLAGS), plan

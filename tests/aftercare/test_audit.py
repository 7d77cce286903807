"""The audit only grows: the database refuses to change or remove an entry."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from aftercare.models import AuditEntry
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db


def test_every_verb_writes_one_row_without_any_answer() -> None:
    staff = make_staff(make_clinic())
    treatment = make_treatment(staff)
    send_log(treatment, GLANDS, {"free_text": "canary-in-my-neck"})
    verbs = list(AuditEntry.objects.order_by("at", "id").values_list("verb", flat=True))
    assert sorted(verbs) == [
        "clinic.created",
        "log.submitted",
        "patient.registered",
        "staff.added",
        "treatment.registered",
    ]
    entry = AuditEntry.objects.get(verb="log.submitted")
    assert entry.patient == treatment.patient
    assert "canary" not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET verb = 'nothing'", "DELETE FROM {}"]
)
def test_an_entry_cannot_be_changed_or_removed(statement: str) -> None:
    make_clinic()
    refused = pytest.raises(DatabaseError, match="only ever added")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(AuditEntry._meta.db_table))
    assert AuditEntry.objects.exists()


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE"
)
def test_the_table_cannot_be_emptied() -> None:
    make_clinic()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
        ):
            cursor.execute(f"TRUNCATE {AuditEntry._meta.db_table} CASCADE")


def test_a_log_that_is_refused_leaves_no_entry() -> None:
    treatment = make_treatment(make_staff(make_clinic()))
    before = AuditEntry.objects.count()
    with pytest.raises(Exception, match="too long ago"):
        send_log(
            treatment, CALM, finished_on=MONDAY.date(), for_date=treatment.performed_on
        )
    assert AuditEntry.objects.count() == before

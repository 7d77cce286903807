"""The database seals each entry itself, and lets nobody make, change or remove a seal."""

from __future__ import annotations

import itertools
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from aftercare.audit_chain import as_text, first_fault, seal
from aftercare.audit_chain.seal import COLUMNS
from aftercare.models import AuditEntry, AuditHead, AuditSeal, Clinic
from aftercare.models.audit_reading import head_of, sealed_rows
from aftercare.models.audit_switch import switch_off, switch_on, switched_off
from aftercare.services import audit
from aftercare.services.request_call import request_call
from aftercare.services.retract_log import retract_log
from tests.aftercare.tampering import lift_triggers
from tests.aftercare.test_at_once import at_once
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)

ONE_AT_A_TIME = pytest.mark.django_db
AT_ONCE = pytest.mark.django_db(transaction=True)


def entries_by_hand(clinic: Clinic, **columns: Any) -> AuditEntry:
    row = {"clinic": clinic, "at": MONDAY, "verb": "patient.read", "version": "x"}
    entry = AuditEntry.objects.create(**row | columns)
    connection.check_constraints()
    return entry


@ONE_AT_A_TIME
def test_every_trigger_is_on() -> None:
    """Everything below, and the promise that the audit only grows, stands on them."""
    assert switched_off(connection) == []
    lift_triggers()
    assert "audit_seal" in switched_off(connection)
    switch_on(connection)
    assert switched_off(connection) == []


@ONE_AT_A_TIME
def test_each_clinic_has_a_chain_of_its_own() -> None:
    ours, theirs = make_clinic(), make_clinic("Birchwood Clinic")
    for clinic in (ours, theirs, ours, ours):
        entries_by_hand(clinic)
    for clinic, length in ((ours, 4), (theirs, 2)):
        rows, head = (
            list(sealed_rows(clinic.pk, head_of(clinic.pk))),
            head_of(clinic.pk),
        )
        assert [row.number for row in rows] == list(range(1, length + 1))
        assert first_fault(rows, head) is None


MOMENTS = [timedelta(), timedelta(microseconds=1), timedelta(microseconds=120_000)]
WORDS = ["", "flag_detail", "naïve – 4:x|-", "𝔸 beyond", "'; --", "%s"]


@ONE_AT_A_TIME
@pytest.mark.parametrize(
    ("after", "word"), itertools.zip_longest(MOMENTS, WORDS, fillvalue=timedelta())
)
def test_the_seal_is_the_same_in_the_database_as_here(after: Any, word: str) -> None:
    """Every column takes part, with any letters and any part of a second."""
    clinic = make_clinic()
    connection.check_constraints()
    before = head_of(clinic.pk)
    key = make_patient(make_staff(clinic)).pk
    connection.check_constraints()
    before = head_of(clinic.pk)
    entry = entries_by_hand(
        clinic,
        at=MONDAY + after,
        page=word,
        reason=word,
        patient_id=key,
        object_id=key,
    )
    columns = [as_text(getattr(entry, name)) for name in COLUMNS]
    expected = seal(before.digest, before.number + 1, columns)
    assert entry.seal.digest == expected == head_of(clinic.pk).digest


def test_every_column_of_an_entry_is_sealed() -> None:
    fields = AuditEntry._meta.concrete_fields
    assert {field.attname for field in fields} == set(COLUMNS)


REFUSED = {
    "a seal changed": "UPDATE aftercare_auditseal SET digest = 'x'",
    "a seal removed": "DELETE FROM aftercare_auditseal",
    "a head removed": "DELETE FROM aftercare_audithead",
    "a head set back": "UPDATE aftercare_audithead SET number = number - 1",
    "a head moved on": "UPDATE aftercare_audithead SET number = number + 1",
    "a head's seal changed": "UPDATE aftercare_audithead SET digest = 'x'",
    "a second head": "INSERT INTO aftercare_audithead SELECT id, 7, 'x' FROM "
    "aftercare_clinic",
    "a seal for another entry": "INSERT INTO aftercare_auditseal "
    "(entry_id, clinic_id, number, digest) "
    "SELECT clinic_id, clinic_id, number + 1, digest FROM aftercare_audithead",
    "a seal out of turn": "INSERT INTO aftercare_auditseal "
    "(entry_id, clinic_id, number, digest) "
    "SELECT entry_id, clinic_id, number + 7, digest FROM aftercare_auditseal",
}


@ONE_AT_A_TIME
@pytest.mark.parametrize("what", REFUSED)
def test_nobody_makes_changes_or_removes_a_seal(what: str) -> None:
    entries_by_hand(make_clinic())
    refused = pytest.raises(DatabaseError, match="made by the database alone")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REFUSED[what])


@ONE_AT_A_TIME
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE"
)
@pytest.mark.parametrize("table", ["aftercare_auditseal", "aftercare_audithead"])
def test_the_tables_cannot_be_emptied(table: str) -> None:
    entries_by_hand(make_clinic())
    refused = pytest.raises(DatabaseError, match="made by the database alone")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


@ONE_AT_A_TIME
def test_entries_from_before_the_chain_are_sealed_by_the_migration() -> None:
    ours, theirs = make_clinic(), make_clinic("Birchwood Clinic")
    for number in range(5):
        entries_by_hand(ours if number % 2 else theirs)
    chains = {clinic: head_of(clinic.pk).number for clinic in (ours, theirs)}
    lift_triggers()
    for model in (AuditHead, AuditSeal):
        model.objects.all()._raw_delete("default")
    migration = import_module("aftercare.migrations.0006_audit_chain")
    migration.AT_ONCE = 2
    migration.seal_what_is_there(apps, SimpleNamespace(connection=connection))
    for clinic, length in chains.items():
        head = head_of(clinic.pk)
        assert head.number == length
        assert first_fault(sealed_rows(clinic.pk, head), head) is None


@AT_ONCE
def test_entries_of_one_clinic_at_once_are_one_chain_without_a_gap() -> None:
    clinic = make_clinic()

    def enter() -> None:
        for _ in range(5):
            with transaction.atomic():
                audit.record("patient.read", by=None, clinic=clinic, at=MONDAY)
                audit.record("patient.read", by=None, clinic=clinic, at=MONDAY)

    results = at_once(*[enter] * 6)
    assert results == [None] * 6
    head = head_of(clinic.pk)
    assert head.number == AuditEntry.objects.count() == 61
    assert first_fault(sealed_rows(clinic.pk, head), head) is None


@AT_ONCE
def test_the_first_entries_of_a_clinic_at_once_are_one_chain() -> None:
    clinic = make_clinic()
    switch_off(connection)
    for model in (AuditHead, AuditSeal, AuditEntry):
        model.objects.all()._raw_delete("default")
    switch_on(connection)
    results = at_once(
        *[lambda: audit.record("patient.read", by=None, clinic=clinic, at=MONDAY)] * 6
    )
    assert results == [None] * 6
    head = head_of(clinic.pk)
    assert head.number == 6
    assert first_fault(sealed_rows(clinic.pk, head), head) is None


@AT_ONCE
def test_what_was_not_committed_leaves_no_gap() -> None:
    clinic = make_clinic()

    def enter(*, fail: bool) -> None:
        with transaction.atomic():
            audit.record("patient.read", by=None, clinic=clinic, at=MONDAY)
            transaction.set_rollback(fail)

    at_once(*[lambda: enter(fail=True), lambda: enter(fail=False)] * 3)
    head = head_of(clinic.pk)
    assert head.number == 4
    assert first_fault(sealed_rows(clinic.pk, head), head) is None


@AT_ONCE
def test_an_entry_that_is_written_early_holds_nobody_up() -> None:
    """The chain is locked at the commit alone: who wrote an entry first and then waits
    for a treatment gets through beside who has the treatment and writes an entry last.
    """
    treatment = make_treatment(make_staff(make_clinic()))
    log = send_log(treatment, GLANDS).log

    def early(do: Any) -> Any:
        def run() -> Any:
            with transaction.atomic():
                audit.record(
                    "patient.read", by=None, clinic=treatment.clinic, at=MONDAY
                )
                return do()

        return run

    results = at_once(
        *[early(lambda: send_log(treatment, fever(), at=MONDAY))] * 3,
        *[lambda: send_log(treatment, CALM, at=MONDAY)] * 3,
        early(
            lambda: retract_log(
                treatment_id=treatment.pk,
                log_id=log.pk,
                by=treatment.patient,
                reason="wrong day",
                at=MONDAY,
            )
        ),
        early(
            lambda: request_call(
                treatment_id=treatment.pk,
                by=treatment.patient,
                number="07700 900318",
                best_time=None,
                at=MONDAY,
            )
        ),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    head = head_of(treatment.clinic.pk)
    assert first_fault(sealed_rows(treatment.clinic.pk, head), head) is None

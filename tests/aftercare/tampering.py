"""Somebody with all rights on the database alters the audit: one way of it at a time.

The triggers are lifted before. Each way changes at least one stored byte, row or place,
and is undone again by whoever asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import F

from aftercare.audit_chain import as_text, seal
from aftercare.audit_chain.seal import COLUMNS
from aftercare.management.commands.verify_audit import fault_of
from aftercare.models import AuditEntry, AuditHead, AuditSeal, Clinic
from aftercare.models.audit_reading import head_of
from aftercare.models.audit_switch import switch_off
from aftercare.models.keys import uuid7
from aftercare.services import audit
from tests.builders import MONDAY

VERBS = ("patient.read", "log.submitted", "flag.reviewed", "flag.contacted")


def lift_triggers() -> None:
    connection.check_constraints()
    switch_off(connection)


def fill(clinic: Clinic, rows: int, by: Random) -> None:
    """Entries of all kinds: with and without a person, a row, a part of a second."""
    for number in range(rows):
        audit.record(
            by.choice(VERBS),
            by=None,
            clinic=clinic,
            at=MONDAY + timedelta(minutes=number, microseconds=by.choice([0, 120, 7])),
            patient_id=by.choice([None, uuid7()]),
            object_id=by.choice([None, uuid7()]),
            page=by.choice(["", "flag_detail", "patient_detail"]),
        )
    connection.check_constraints()


class Tampering:
    """One clinic's chain and the ways to alter it, chosen by lot."""

    def __init__(self, clinic: Clinic, other: Clinic, by: Random) -> None:
        self.clinic, self.other, self.by = clinic, other, by
        self.length = head_of(clinic.pk).number
        self.ways: list[Callable[[], str]] = [
            self.change_a_value,
            self.change_a_value,
            self.change_a_seal,
            self.change_the_head,
            self.drop,
            self.drop_and_close_the_gap,
            self.cut_off,
            self.swap_entries,
            self.swap_values,
            self.insert,
            self.insert_and_seal,
            self.give_to_another_clinic,
        ]
        if connection.vendor == "sqlite":
            self.ways += [self.change_a_byte] * 4

    @contextmanager
    def once(self) -> Iterator[tuple[str, str | None]]:
        """What was done, and what the verification says of it; then undone."""
        with transaction.atomic():
            done = self.by.choice(self.ways)()
            yield done, self.found()
            transaction.set_rollback(True)

    def found(self) -> str | None:
        return fault_of(self.clinic.pk, head_of(self.clinic.pk), {})

    # --- Rows -------------------------------------------------------------------------

    @property
    def seals(self) -> models.QuerySet[AuditSeal]:
        return AuditSeal.objects.filter(clinic=self.clinic)

    def number(self, last: int = 0) -> int:
        return self.by.randint(1, self.length - last)

    def entry(self, number: int) -> models.QuerySet[AuditEntry]:
        return AuditEntry.objects.filter(seal__clinic=self.clinic, seal__number=number)

    def update_entry(self, number: int, **columns: Any) -> None:
        key = self.entry(number).get().pk
        AuditEntry.objects.filter(pk=key).update(**columns)

    # --- Ways -------------------------------------------------------------------------

    def change_a_value(self) -> str:
        number, column = self.number(), self.by.choice(COLUMNS[2:])
        old = self.entry(number).values_list(column, flat=True).get()
        new = self.other_than(old, column)
        self.update_entry(number, **{column: new})
        return f"{column} of row {number}: {old!r} to {new!r}"

    def other_than(self, old: Any, column: str) -> Any:
        """The same value with one place of it changed."""
        if isinstance(old, datetime):
            return old + timedelta(microseconds=self.by.choice([1, -1, 10**6, 10**9]))
        if isinstance(old, UUID):
            place = self.by.randrange(32)
            digit = format((int(old.hex[place], 16) + self.by.randint(1, 15)) % 16, "x")
            return UUID(old.hex[:place] + digit + old.hex[place + 1 :])
        if old is None:
            return uuid7()
        if not old:
            return self.by.choice([" ", "-", "0:"])
        place = self.by.randrange(len(old))
        letter = self.by.choice([c for c in "aZ. :-é" if c != old[place]] + [""])
        return old[:place] + letter + old[place + 1 :]

    def change_a_byte(self) -> str:
        """Any byte to any other, as somebody would who writes into the file."""
        number, column = self.number(), self.by.choice(COLUMNS)
        key = self.entry(number).get().pk
        with connection.cursor() as cursor:
            read = f"CAST({column} AS BLOB) FROM aftercare_auditentry WHERE id = %s"
            cursor.execute(f"SELECT {read}", [key.hex])
            stored = cursor.fetchone()[0]
            if not stored:
                return self.change_a_value()
            place = self.by.randrange(len(stored))
            byte = (stored[place] + self.by.randint(1, 255)) % 256
            new = stored[:place] + bytes([byte]) + stored[place + 1 :]
            cursor.execute(
                f"UPDATE aftercare_auditentry SET {column} = CAST(%s AS TEXT) "
                "WHERE id = %s",
                [new, key.hex],
            )
        return f"{column} of row {number}: {stored!r} to {new!r}"

    def change_a_seal(self) -> str:
        number = self.number()
        old = self.seals.get(number=number).digest
        new = self.other_than(old, "digest")
        self.seals.filter(number=number).update(digest=new)
        return f"seal {number}: {old} to {new}"

    def change_the_head(self) -> str:
        head = AuditHead.objects.filter(clinic=self.clinic)
        if self.by.random() < 0.5:
            head.update(number=F("number") + self.by.choice([1, -1, 5]))
        else:
            head.update(digest=self.other_than(head.get().digest, "digest"))
        return "the head"

    def drop(self) -> str:
        """An entry, its seal, or both; the first, the last or any."""
        number = self.by.choice([1, self.length, self.number()])
        what = self.by.choice(["entry", "seal", "both"])
        key = self.entry(number).get().pk
        if what != "entry":
            self.seals.filter(number=number)._raw_delete("default")
        if what != "seal":
            AuditEntry.objects.filter(pk=key)._raw_delete("default")
        return f"{what} of row {number} removed"

    def drop_and_close_the_gap(self) -> str:
        number = self.number(last=1)
        key = self.entry(number).get().pk
        self.seals.filter(number=number)._raw_delete("default")
        AuditEntry.objects.filter(pk=key)._raw_delete("default")
        for later in range(number + 1, self.length + 1):
            self.seals.filter(number=later).update(number=later - 1)
        AuditHead.objects.filter(clinic=self.clinic).update(number=self.length - 1)
        return f"row {number} removed, the others moved up"

    def cut_off(self) -> str:
        gone = self.by.randint(1, 5)
        last = self.seals.filter(number__gt=self.length - gone)
        keys = list(last.values_list("entry", flat=True))
        last._raw_delete("default")
        AuditEntry.objects.filter(pk__in=keys)._raw_delete("default")
        return f"the last {gone} cut off"

    def two(self) -> tuple[int, int]:
        first, second = self.by.sample(range(1, self.length + 1), 2)
        return first, second

    def swap_entries(self) -> str:
        first, second = self.two()
        one, other = self.entry(first).get().pk, self.entry(second).get().pk
        self.seals.filter(number=first).update(entry=uuid7())
        self.seals.filter(number=second).update(entry=one)
        self.seals.filter(number=first).update(entry=other)
        return f"entries of rows {first} and {second} swapped"

    def swap_values(self) -> str:
        first, second = self.two()
        columns = COLUMNS[2:]
        one = self.entry(first).values(*columns).get()
        other = self.entry(second).values(*columns).get()
        if one == other:
            return self.swap_entries()
        self.update_entry(first, **other)
        self.update_entry(second, **one)
        return f"what rows {first} and {second} say swapped"

    def insert(self) -> str:
        key = self.new_entry().pk
        return f"entry {key} inserted"

    def insert_and_seal(self) -> str:
        """A row in between, with a seal that fits, and the rows after it moved down."""
        number = self.number()
        before = self.seals.filter(number=number - 1).first()
        for later in range(self.length, number - 1, -1):
            self.seals.filter(number=later).update(number=later + 1)
        entry = self.new_entry()
        columns = [as_text(getattr(entry, name)) for name in COLUMNS]
        digest = seal(before.digest if before else "", number, columns)
        self.seals.create(entry=entry, clinic=self.clinic, number=number, digest=digest)
        AuditHead.objects.filter(clinic=self.clinic).update(number=self.length + 1)
        return f"row {number} inserted with a seal"

    def give_to_another_clinic(self) -> str:
        number = self.number()
        if self.by.random() < 0.5:
            self.update_entry(number, clinic=self.other)
            return f"entry {number} given to another clinic"
        top = head_of(self.other.pk).number
        self.seals.filter(number=number).update(clinic=self.other, number=top + 1)
        return f"seal {number} given to another clinic"

    def new_entry(self) -> AuditEntry:
        return AuditEntry.objects.create(
            clinic=self.clinic,
            at=MONDAY,
            verb="patient.read",
            version="x",
        )

"""`manage.py verify_audit`: whether any clinic's audit was altered since it was written."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from aftercare.audit_chain import (
    Head,
    NotReadable,
    first_fault,
    printed,
    read_printed,
)
from aftercare.models import Clinic
from aftercare.models.audit_reading import head_of, heads, sealed_rows, unsealed
from aftercare.models.audit_switch import switched_off

UNUSABLE = 2


class Command(BaseCommand):
    """Follow the chain of each clinic from its first row, in constant memory.

    Exit status: 0, or 1 if a row does not fit, or 2 if what was asked cannot be done.
    """

    help = "Verify that nothing was removed from or altered in the audit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "clinics", nargs="*", metavar="CLINIC", help="key or name; default: all"
        )
        parser.add_argument(
            "--heads",
            action="store_true",
            help="print the last seal of each clinic, to be kept outside the database",
        )
        parser.add_argument(
            "--expect",
            metavar="FILE",
            help="what --heads printed earlier: a chain written anew is then found too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        expected = expected_from(options["expect"])
        chosen = chains(options["clinics"], expected)
        faults = [] if options["clinics"] else asleep()
        for clinic, head in chosen.items():
            seals = expected.get(clinic.hex, {})
            fault = fault_of(clinic, head, seals)
            if fault:
                faults.append(f"Clinic {clinic}: {fault}")
            elif options["heads"]:
                self.stdout.write(printed(str(clinic), head))
            else:
                self.stdout.write(f"Clinic {clinic}: {head.number} rows, all fit.")
        for line in faults:
            self.stderr.write(line)
        if faults:
            sys.exit(1)


def fault_of(clinic: UUID, head: Head, expected: Mapping[int, str]) -> str | None:
    """The first thing that does not fit in one clinic's audit."""
    fault = first_fault(sealed_rows(clinic, head), head, expected)
    if fault is None and (entry := unsealed(clinic)):
        fault = f"Entry {entry} was inserted: it has no place in the chain."
    return fault


def asleep() -> list[str]:
    """The triggers that should hold the audit and do not."""
    return [
        f"The database does not hold the audit: its trigger {name} is switched off."
        for name in switched_off(connection)
    ]


def expected_from(path: str | None) -> dict[str, dict[int, str]]:
    """Seals that were printed earlier, by clinic and number."""
    if path is None:
        return {}
    try:
        return read_printed(Path(path).read_text("utf-8").splitlines())
    except (OSError, UnicodeDecodeError, NotReadable) as error:
        raise CommandError(f"{path}: {error}", returncode=UNUSABLE) from error


def chains(wanted: list[str], expected: Mapping[str, object]) -> dict[UUID, Head]:
    """The chains to follow; a clinic that was printed and is gone has an empty one."""
    if not wanted:
        return dict.fromkeys(map(UUID, expected), Head()) | heads()
    return {clinic: head_of(clinic) for clinic in map(clinic_named, wanted)}


def clinic_named(name: str) -> UUID:
    """A clinic by its key, or by its name where only one has it."""
    try:
        return UUID(name)
    except ValueError:
        found = list(Clinic.objects.filter(name=name).values_list("pk", flat=True)[:2])
    if len(found) != 1:
        raise CommandError(
            f"{'Several clinics are' if found else 'No clinic is'} called {name}.",
            returncode=UNUSABLE,
        )
    return found[0]

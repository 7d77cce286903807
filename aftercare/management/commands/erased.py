"""`manage.py erased`: who was erased, by key; and once more after a backup was restored."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from aftercare.models import Erasure, Patient
from aftercare.services.erase_patient import erase_patient

REASON = "Erased before a backup was restored that still had the record."


class Command(BaseCommand):
    """List erasures, or do them again from such a list."""

    help = "List erased records by key: keep the list outside the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again",
            type=Path,
            metavar="FILE",
            help="erase whoever is on this list and is there again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"] is None:
            for erasure in Erasure.objects.order_by("at", "pk"):
                self.stdout.write(f"{erasure.patient} {erasure.at:%Y-%m-%d}")
            return
        keys = keys_in(options["again"])
        back = list(Patient.objects.filter(pk__in=keys).select_related("clinic"))
        for patient in back:
            erase_patient(
                clinic=patient.clinic,
                patient_id=patient.pk,
                reason=REASON,
                at=timezone.now(),
                not_from=None,
            )
            self.stdout.write(f"Erased again: {patient.pk}")
        self.stdout.write(f"{len(back)} of {len(keys)} were there again.")


def keys_in(file: Path) -> list[UUID]:
    """The keys at the beginning of each line."""
    try:
        lines = file.read_text("utf-8").split("\n")
        return [UUID(line.split()[0]) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read as a list of keys.") from error

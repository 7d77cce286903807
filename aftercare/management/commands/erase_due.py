"""`manage.py erase_due`: records that were kept for as long as their clinic keeps them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from aftercare.models import Clinic
from aftercare.services.retention import due_for_erasure, erase_due


class Command(BaseCommand):
    """Erase what is due at every clinic that has said how long it keeps records."""

    help = "Erase patients whose records were kept for as long as their clinic says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="list the keys, erase nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at, count = timezone.now(), 0
        for clinic in Clinic.objects.filter(retention_months__isnull=False):
            today = at.astimezone(clinic.zoneinfo).date()
            if options["dry_run"]:
                keys = due_for_erasure(clinic, today)
            else:
                keys = (erasure.patient for erasure in erase_due(clinic, at))
            for key in keys:
                self.stdout.write(str(key))
                count += 1
        done = "would be erased" if options["dry_run"] else "erased"
        self.stdout.write(f"{count} {'record' if count == 1 else 'records'} {done}.")

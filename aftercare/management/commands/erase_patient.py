"""`manage.py erase_patient`: a patient's record is erased for good."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from aftercare.models import Patient
from aftercare.services.erase_patient import erase_patient
from aftercare.services.follow_up import NotPossible
from aftercare.warning_signs.vocabulary import Level


class Command(BaseCommand):
    """Erase one patient, by key."""

    help = "Erase every row of one patient, for good. docs/privacy.md says what stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("patient", type=UUID, metavar="ID")
        parser.add_argument(
            "--reason", required=True, help="kept for ever: leave the name out"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask again")
        parser.add_argument(
            "--even-with-open-flags",
            action="store_true",
            help="although a warning sign of theirs has not been dealt with",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        reason = options["reason"].strip()
        if not reason:
            raise CommandError("Say why: --reason needs some words.")
        patient = Patient.objects.select_related("clinic").filter(pk=options["patient"])
        found = patient.first()
        if found is None:
            raise CommandError("There is no patient with this key.")
        if not options["yes"] and not self._agrees(found):
            raise CommandError("Nothing was erased.")
        try:
            erasure = erase_patient(
                clinic=found.clinic,
                patient_id=found.pk,
                reason=reason,
                at=timezone.now(),
                not_from=None if options["even_with_open_flags"] else Level.URGENT,
            )
        except NotPossible as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"Erased {erasure.patient}: {erasure.rows} rows.")

    def _agrees(self, patient: Patient) -> bool:
        self.stdout.write(
            f"Every row of {patient}, born {patient.birth_date:%-d %B %Y}, of "
            f"{patient.clinic}, will be erased. Nobody can undo this."
        )
        return input("Type ERASE to go on: ").strip() == "ERASE"

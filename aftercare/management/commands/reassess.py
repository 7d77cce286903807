"""`manage.py reassess`: what other parameters would have flagged, before anybody uses them."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from aftercare.models import Clinic
from aftercare.services.reassess import reassess
from aftercare.warning_signs.shadow import Compared, Fate

from .assess import UNUSABLE, parameters_from
from .verify_audit import clinic_named

Counts = dict[str, Counter[Fate]]


class Command(BaseCommand):
    """A shadow run over one clinic's logs, in constant memory; nothing is changed.

    Exit status: 0, or 2 if the clinic or the parameters file cannot be used.
    """

    help = "Judge a clinic's logs by other parameters: what is new, gone and the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clinic", metavar="CLINIC", help="key or name")
        parser.add_argument(
            "--parameters",
            metavar="FILE",
            required=True,
            help='parameters as JSON, {"NAME": value}, instead of the shipped ones',
        )
        parser.add_argument(
            "--days",
            type=days,
            metavar="N",
            help="only treatments of the last N days; default: all",
        )
        parser.add_argument(
            "--list",
            action="store_true",
            help="print each difference as a line of JSON, and the counts to stderr",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parameters = parameters_from(options["parameters"])
        clinic, since = clinic_of(options["clinic"]), since_of(options["days"])
        counts: Counts = {}
        for treatment, compared in reassess(clinic, parameters, since):
            counts.setdefault(compared.rule, Counter())[compared.fate] += 1
            if options["list"] and compared.fate is not Fate.SAME:
                self.stdout.write(as_line(treatment, compared))
        out = self.stderr if options["list"] else self.stdout
        for line in table(counts):
            out.write(line)


def days(text: str) -> int:
    """How many days back; a whole number from 1."""
    if not text.isdecimal() or not 0 < int(text) <= timedelta.max.days // 1000:
        raise ArgumentTypeError("choose a whole number of days, 1 or more")
    return int(text)


def since_of(back: int | None) -> date | None:
    return None if back is None else timezone.now().date() - timedelta(days=back)


def clinic_of(name: str) -> Clinic:
    found = Clinic.objects.filter(pk=clinic_named(name)).first()
    if found is None:
        raise CommandError(f"No clinic has the key {name}.", returncode=UNUSABLE)
    return found


def as_line(treatment: UUID, compared: Compared) -> str:
    return json.dumps(
        {
            "treatment": str(treatment),
            "day": compared.day,
            "phase": compared.phase,
            "rule": compared.rule,
            "now": compared.now.name,
            "then": compared.then.name,
        }
    )


def table(counts: Counts) -> list[str]:
    """A line a rule, and one for all of them."""
    both = {**dict(sorted(counts.items())), "all": sum(counts.values(), Counter())}
    head = f"{'rule':<24}" + "".join(f"{fate:>10}" for fate in Fate)
    return [
        head,
        *(
            f"{rule:<24}" + "".join(f"{found[fate]:>10}" for fate in Fate)
            for rule, found in both.items()
        ),
    ]

"""`manage.py create_clinic`: a clinic and its owner, who then signs in by e-mail."""

from __future__ import annotations

from datetime import time
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils import timezone

from aftercare.promise import Interval
from aftercare.services.create_clinic import ClinicDetails, add_staff, create_clinic

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERYTHING = ("is_owner", "is_clinical_lead", "is_clinician")


class Command(BaseCommand):
    """Make a clinic, its opening hours, and the staff member who runs it."""

    help = "Make a clinic and its owner (who is also clinical lead and clinician)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--zone", required=True, help="for example Europe/London")
        parser.add_argument("--phone", required=True)
        parser.add_argument("--emergency-number", required=True, help="999, 112, 911 …")
        parser.add_argument(
            "--out-of-hours-number", required=True, help="for example 111"
        )
        parser.add_argument("--address", default="")
        parser.add_argument(
            "--hours",
            nargs="+",
            required=True,
            metavar="DAY=OPENS-CLOSES",
            help="for example mon=08:30-13:00 mon=14:00-18:00 tue=08:30-18:00",
        )
        parser.add_argument("--owner", required=True, help="name of the owner")
        parser.add_argument("--email", required=True, help="the owner's e-mail address")
        parser.add_argument("--password", help="asked for when it is left out")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or getpass("Password for the owner: ")
        at = timezone.now()
        try:
            validate_password(password)
            details = ClinicDetails(
                name=options["name"],
                zone=options["zone"],
                phone=options["phone"],
                emergency_number=options["emergency_number"],
                out_of_hours_number=options["out_of_hours_number"],
                address=options["address"],
                weekly=weekly_hours(options["hours"]),
            )
            with transaction.atomic():
                clinic = create_clinic(details=details, at=at)
                add_staff(
                    clinic=clinic,
                    name=options["owner"],
                    email=options["email"],
                    password=password,
                    roles=EVERYTHING,
                    at=at,
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except IntegrityError as error:
            raise CommandError("This e-mail address is already in use.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{clinic} is ready. {options['owner']} can sign in now.")


def weekly_hours(words: list[str]) -> dict[int, tuple[Interval, ...]]:
    """Read `mon=08:30-18:00` and the like; ValueError says what cannot be read."""
    weekly: dict[int, tuple[Interval, ...]] = {}
    for word in words:
        day, _, span = word.partition("=")
        opens, _, closes = span.partition("-")
        if day not in DAYS:
            raise ValueError(f"{word}: start with one of {', '.join(DAYS)}.")
        try:
            interval = Interval(time.fromisoformat(opens), time.fromisoformat(closes))
        except ValueError as error:
            raise ValueError(f"{word}: write hours as mon=08:30-18:00.") from error
        weekly[DAYS.index(day)] = (*weekly.get(DAYS.index(day), ()), interval)
    return weekly

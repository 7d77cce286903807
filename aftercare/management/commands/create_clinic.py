"""`manage.py create_clinic`: a clinic, and a one-time link by which its owner comes in.

On a terminal it asks for whatever was not given, and again for what cannot be used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from aftercare.messages.links import link_to
from aftercare.services.create_clinic import (
    ClinicDetails,
    new_owner_links,
    open_clinic,
)
from aftercare.services.invite_staff import Invitee
from aftercare.services.readable import (
    read_email,
    read_name,
    read_number,
    read_week,
    read_zone,
)

EVERYTHING = frozenset({"is_owner", "is_clinical_lead", "is_clinician"})


class Question(NamedTuple):
    """One thing to know: its option, how it is asked for, and how it is read."""

    option: str
    words: str
    example: str
    read: Callable[[str], Any]


QUESTIONS = {
    "name": Question("name", "Name of the clinic", "Ashgrove Clinic", read_name),
    "zone": Question("--zone", "Time zone", "Europe/London", read_zone),
    "phone": Question("--phone", "Telephone", "020 7946 0311", read_number),
    "emergency_number": Question(
        "--emergency-number", "Number for an ambulance", "999", read_number
    ),
    "out_of_hours_number": Question(
        "--out-of-hours-number", "Number while the clinic is closed", "111", read_number
    ),
    "hours": Question(
        "--hours",
        "Opening hours",
        "mon-fri=8:30-13:00,14:00-18:00 sat=9:00-12:00",
        read_week,
    ),
    "owner": Question("--owner", "Name of the owner", "Lena Hart", read_name),
    "email": Question(
        "--email", "E-mail address of the owner", "lena@clinic.example", read_email
    ),
}


class Command(BaseCommand):
    """Make a clinic with its hours and numbers, and let its owner in."""

    help = (
        "Make a clinic and its owner (who is also clinical lead and clinician), and "
        "print the link by which the owner comes in, once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="for example 'Ashgrove Clinic'")
        for name, question in QUESTIONS.items():
            if name != "name":
                parser.add_argument(
                    question.option,
                    nargs="+" if name == "hours" else None,
                    help=f"for example {question.example}",
                )
        parser.add_argument("--address", default="")
        parser.add_argument(
            "--resend",
            metavar="EMAIL",
            help="print a new link for an owner who has not come in yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["resend"]:
            self._resend(options["resend"])
            return
        known = self._answers(options)
        owner = Invitee(known.pop("owner"), known.pop("email"), EVERYTHING)
        details = ClinicDetails(
            weekly=known.pop("hours"), address=options["address"], **known
        )
        try:
            member, link = open_clinic(
                details=details, owner=owner, at=timezone.now(), link_to=_join
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{member.clinic} is made.")
        self._show(member.name, link)

    def _answers(self, options: dict[str, Any]) -> dict[str, Any]:
        """What was given or is typed now, each as it was read."""
        given = {name: _given(options[name]) for name in QUESTIONS}
        missing = [QUESTIONS[name].option for name in QUESTIONS if not given[name]]
        if missing and not sys.stdin.isatty():
            raise CommandError(f"Say also: {', '.join(missing)}. See --help.")
        return {
            name: self._read(question, given[name])
            if given[name]
            else self._ask(question)
            for name, question in QUESTIONS.items()
        }

    def _read(self, question: Question, text: str) -> Any:
        try:
            return question.read(text)
        except ValueError as error:
            raise CommandError(f"{question.option}: {error}") from error

    def _ask(self, question: Question) -> Any:
        while True:
            try:
                typed = input(f"{question.words} (for example {question.example}): ")
            except (EOFError, KeyboardInterrupt) as error:
                raise CommandError("Stopped. Nothing was made.") from error
            try:
                return question.read(typed)
            except ValueError as error:
                self.stdout.write(f"  {error}")

    def _resend(self, email: str) -> None:
        links = new_owner_links(email=email, at=timezone.now(), link_to=_join)
        if not links:
            raise CommandError(
                "--resend: No owner with this address is still to come in. Whoever has "
                "been in signs in, or chooses “I have forgotten my password” there."
            )
        for member, link in links:
            self.stdout.write(f"{member.clinic}: the link before is dead.")
            self._show(member.name, link)

    def _show(self, name: str, link: str) -> None:
        self.stdout.write(
            f"Give this link to {name}. It works once, for 7 days:\n\n    {link}\n"
        )


def _given(value: str | list[str] | None) -> str:
    """An option as it was given; hours come in several words."""
    return " ".join(value) if isinstance(value, list) else value or ""


def _join(token: str) -> str:
    """The whole address of the page by which somebody comes in."""
    return link_to(reverse("join", args=[token]))

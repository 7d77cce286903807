"""`manage.py forget_second_factor`: for staff who have lost phone and recovery codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from aftercare.models import Login
from aftercare.services.forget_second_factor import forget_second_factor


class Command(BaseCommand):
    """Forget the second factor of one login, by e-mail address."""

    help = (
        "Forget the passkeys, app and recovery codes of one member of staff, who sets "
        "up new ones at the next sign-in. Speak with them first: a mail is no proof."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        login = Login.objects.filter(email=email, staff_members__isnull=False).first()
        if login is None:
            raise CommandError("No member of staff signs in with this address.")
        forget_second_factor(login=login, at=timezone.now())
        self.stdout.write(
            f"{email} sets up a new second step at the next sign-in. "
            "All their sessions have ended."
        )

"""`manage.py seed_demo`: two invented clinics whose recoveries run up to now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from aftercare.demo.seed import seed_demo


class Command(BaseCommand):
    """Fill the demo clinics; quick and harmless when they are there and recent."""

    help = "Fill the demo clinics with invented patients, up to this moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="tell the story again as of now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = seed_demo(timezone.now(), fresh=options["fresh"])
        self.stdout.write("Demo clinics filled." if made else "Demo clinics are there.")

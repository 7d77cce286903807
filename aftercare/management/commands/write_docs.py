"""Write the pages that are made from the code, or check that they are current."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from aftercare.warning_signs.document import warning_signs_page


class Command(BaseCommand):
    """`write_docs` writes `docs/warning-signs.md`; `--check` only compares."""

    help = (
        "Writes docs/warning-signs.md from the rules; --check fails when it is stale."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing, exit 1 when stale"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.BASE_DIR / "docs" / "warning-signs.md"
        page = warning_signs_page()
        current = file.exists() and file.read_text("utf-8") == page
        if current:
            self.stdout.write(f"{file.name} is current.")
        elif options["check"]:
            raise CommandError(f"{file.name} is stale: run manage.py write_docs")
        else:
            file.write_text(page, "utf-8")
            self.stdout.write(f"{file.name} is written.")

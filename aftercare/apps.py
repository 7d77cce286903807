"""The record and the patient's side."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate


class AftercareConfig(AppConfig):
    name = "aftercare"
    verbose_name = "Aftercare"

    def ready(self) -> None:
        """Register what must be clean before this runs for real, and listen to sign-ins."""
        from aftercare import checks  # noqa: F401, PLC0415  needs loaded settings
        from aftercare.noting import logins  # noqa: PLC0415  needs the models

        logins.listen()

        if settings.ROW_LEVEL_SECURITY:
            post_migrate.connect(build_the_second_wall, sender=self)


def build_the_second_wall(*, using: str, **_: Any) -> None:
    """Once the tables are as the models say, the policies follow."""
    from aftercare.second_wall.building import erect  # noqa: PLC0415  needs the models

    if connections[using].vendor == "postgresql":
        erect(connections[using])

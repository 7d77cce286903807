"""The record and the patient's side."""

from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "aftercare"
    verbose_name = "Aftercare"

    def ready(self) -> None:
        """Register what must be clean before this runs for real."""
        from aftercare import checks  # noqa: F401, PLC0415  needs loaded settings

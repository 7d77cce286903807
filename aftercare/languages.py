"""The languages in which messages go out to patients."""

from __future__ import annotations

from aftercare.warning_signs.vocabulary import Choice


class Language(Choice):
    """The language of the messages to a patient; each is named in itself."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Español"
    POLISH = "pl", "Polski"

    @property
    def in_english(self) -> str:
        """What it is called on a page in English."""
        return self.name.title()

"""In which language messages go out to a patient: asked of staff and of the patient."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from aftercare.languages import Language

from .widgets import ChoiceTiles


class LanguageTiles(ChoiceTiles):
    """Each language in its own words, and said to be in it (WCAG 3.1.2)."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        tongue, name = option["value"], option["label"]
        label = format_html('<span lang="{}">{}</span>', tongue, name)
        return {**option, "label": label}


def language_field(label: str, help_text: str) -> forms.ChoiceField:
    """A choice with a default, which no symptom has: most read English."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=Language.choices(),
        initial=Language.ENGLISH,
        widget=LanguageTiles,
        error_messages={"required": "Choose a language."},
    )


class LanguageForm(forms.Form):
    """The one question of the patient's own page."""

    language = language_field(
        "Which language should our messages be in?",
        "Messages come in this language. These pages stay in English.",
    )

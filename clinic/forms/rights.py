"""Taking records out of the house, erasing one, and saying why one is kept."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from aftercare.forms.widgets import ChoiceTiles
from clinic.forms.follow_up import without_form_tag

PAGE, JSON = "page", "json"
FORMATS = (
    (PAGE, "A page to read or print"),
    (JSON, "A JSON file for another program"),
)
LEAST = 5


def why(help_text: str) -> forms.CharField:
    """A reason that is kept."""
    return forms.CharField(
        label="Why",
        help_text=help_text,
        min_length=LEAST,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "Say why.",
            "min_length": "Say why in a few words.",
        },
    )


class TakeOutRecord(forms.Form):
    """One record: as what, and why."""

    format = forms.ChoiceField(
        label="As what?",
        choices=FORMATS,
        widget=ChoiceTiles,
        error_messages={"required": "Choose what to make."},
    )
    reason = why("Kept with the record. The patient can read it.")

    @property
    def helper(self) -> FormHelper:
        button = Submit("", "Take a copy")
        return without_form_tag("format", "reason", button)


class TakeOutAll(forms.Form):
    """Every record of the clinic, and why."""

    reason = why("Kept for good: leave out the names of patients.")

    @property
    def helper(self) -> FormHelper:
        return without_form_tag("reason", Submit("", "Take a copy of all records"))


class Erase(forms.Form):
    """The last step before a record is gone: whose it is, typed, and why."""

    id = "erase"
    family_name = forms.CharField(
        label="Type the patient's family name",
        help_text="So that it is the right one.",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Type the family name."},
    )
    reason = why("Kept for good: leave the name out. For example: Asked to be deleted.")

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "erase_%s"})
        self.wanted = wanted

    def clean_family_name(self) -> str:
        typed: str = self.cleaned_data["family_name"]
        if typed.strip().casefold() != self.wanted.strip().casefold():
            raise forms.ValidationError("This is not the family name of this patient.")
        return typed

    @property
    def helper(self) -> FormHelper:
        button = Submit("", "Erase for good", css_class="btn--emerg")
        return without_form_tag("family_name", "reason", button)


class Keep(forms.Form):
    """Why the record has to be kept, in words for the patient."""

    words = forms.CharField(
        label="What you tell the patient",
        help_text="What has to be kept, why, and for how long. They read it on their page.",
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Tell the patient why."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "keep_%s"})

    @property
    def helper(self) -> FormHelper:
        button = Submit("", "Keep it, and tell the patient", css_class="btn--quiet")
        return without_form_tag("words", button)

"""Who a patient is, and how to reach them: asked with a first treatment, and put right."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from aftercare.forms.language import language_field
from aftercare.forms.layout import Questions
from aftercare.forms.widgets import DateBoxes
from clinic.forms.follow_up import without_form_tag
from clinic.forms.treatment import beside

ADULT = 18
UNDER_AGE = (
    "Aftercare is for people of 18 or over. Please follow this patient up yourselves."
)
OLDEST_PERSON = 120


def age_on(birth_date: date, day: date) -> int:
    """Whole years on a day."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


class PatientFields(forms.Form):
    """The questions about the person. `now` is there, on the clinic's clock."""

    now: datetime

    given_name = forms.CharField(
        label="First name",
        max_length=80,
        error_messages={"required": "Enter the first name."},
    )
    family_name = forms.CharField(
        label="Last name",
        max_length=80,
        error_messages={"required": "Enter the last name."},
    )
    birth_date = forms.DateField(
        label="Date of birth",
        widget=DateBoxes(),
        error_messages={
            "required": "Enter the date of birth.",
            "invalid": "Enter a date, for example 27 3 1985.",
        },
    )
    phone = forms.CharField(
        label="Mobile",
        max_length=30,
        widget=forms.TextInput({"type": "tel", "class": "input"}),
        error_messages={"required": "Enter a number that we can call."},
    )
    email = forms.EmailField(
        label="E-mail (optional)",
        required=False,
        error_messages={
            "invalid": "Enter an e-mail address, for example name@example.com."
        },
    )

    language = language_field(
        "Language of messages",
        "Messages to the patient come in this language. The patient’s pages are in "
        "English.",
    )

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        if born > self.now.date() or age_on(born, self.now.date()) > OLDEST_PERSON:
            raise forms.ValidationError("Check the year of birth.")
        return born

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if sum(character.isdigit() for character in phone) < 6:  # noqa: PLR2004
            raise forms.ValidationError(
                "Enter the whole number, for example 07700 900318."
            )
        return phone

    def who(self) -> Questions:
        """The questions as a card."""
        return Questions(
            beside("given_name", "family_name"),
            "birth_date",
            beside("phone", "email"),
            "language",
        )


class ChangePatient(PatientFields):
    """The details of a patient as they stand, to be put right."""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        born = data.get("birth_date")
        if born and age_on(born, self.now.date()) < ADULT:
            self.add_error("birth_date", UNDER_AGE)
        return data

    @property
    def changes(self) -> dict[str, Any]:
        """What is other than it was when the form was drawn."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @property
    def helper(self) -> FormHelper:
        return without_form_tag(self.who(), Submit("", "Save"))

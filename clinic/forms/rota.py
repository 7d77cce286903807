"""Putting somebody on the rota, on the clinic's clock; taking a turn off again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from aftercare.forms.widgets import DateBoxes
from aftercare.services.rota import MOST_WEEKS, Turn
from clinic.forms.follow_up import without_form_tag
from clinic.forms.treatment import beside

FURTHEST = timedelta(days=366)


def clock(label: str, hint: str = "") -> forms.TimeField:
    """A time on the clinic's clock."""
    return forms.TimeField(
        label=label,
        help_text=hint,
        widget=forms.TimeInput(
            {"type": "time", "class": "input input--short"}, "%H:%M"
        ),
        error_messages={
            "required": "Enter the time.",
            "invalid": "Enter a time, for example 14:30.",
        },
    )


class PutOn(forms.Form):
    """A turn, once or every week. `people` are (id, name) pairs; `today` is there."""

    staff = forms.ChoiceField(
        label="Who is on duty", error_messages={"required": "Choose who is on duty."}
    )
    backup = forms.ChoiceField(
        label="Backup",
        help_text="They are told when nobody has looked in time.",
        required=False,
    )
    day = forms.DateField(
        label="Date",
        widget=DateBoxes,
        error_messages={
            "required": "Enter the date.",
            "invalid": "Enter a date, for example 27 3 2026.",
        },
    )
    starts = clock("From")
    ends = clock("Until", "Earlier than “from” is on the next day.")
    weeks = forms.IntegerField(
        label="For how many weeks",
        help_text="The same weekday and times, every week.",
        min_value=1,
        max_value=MOST_WEEKS,
        widget=forms.TextInput({"inputmode": "numeric", "class": "input input--short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Enter weeks from 1 to {MOST_WEEKS}.",
        ),
    )

    def __init__(
        self, *args: Any, people: Iterable[tuple[UUID, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        listed = [(str(key), name) for key, name in people]
        self.fields["staff"].choices = [("", "Choose…"), *listed]
        self.fields["backup"].choices = [("", "Nobody"), *listed]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < self.today - timedelta(days=1):
            raise forms.ValidationError("This date is past.")
        if day > self.today + FURTHEST:
            raise forms.ValidationError("Enter a date within a year.")
        return day

    @property
    def helper(self) -> FormHelper:
        return without_form_tag(
            beside("staff", "backup"),
            "day",
            beside("starts", "ends"),
            "weeks",
            Submit("", "Put on the rota", css_class="btn--small"),
        )

    @property
    def turn(self) -> Turn:
        data = self.cleaned_data
        return Turn(
            staff=UUID(data["staff"]),
            backup=UUID(data["backup"]) if data["backup"] else None,
            day=data["day"],
            starts=data["starts"],
            ends=data["ends"],
        )


class TakeOff(forms.Form):
    """Whether the weeks that follow go too."""

    following = forms.BooleanField(required=False)

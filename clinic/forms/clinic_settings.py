"""The forms of the clinic's settings: one for each part, each with its own Save.

`version` is the clinic as the author saw it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Submit
from django import forms

from aftercare.promise import OpeningHours, Targets
from aftercare.services.clinic_settings import Numbers
from aftercare.services.readable import read_name, read_number
from clinic.forms.follow_up import without_form_tag
from clinic.forms.seen import Seen
from clinic.forms.treatment import beside

if TYPE_CHECKING:
    from aftercare.models import Clinic

LEAST_MONTHS, MOST_MONTHS = 6, 1200


class SettingsForm(Seen):
    """One part. `part` names it, in its address and in the ids of its fields."""

    part: ClassVar[str]
    saves: ClassVar[str] = "Save"
    previews: ClassVar[bool] = False

    def __init__(self, data: Any = None, *, clinic: Clinic, today: date) -> None:
        """Filled with what stands at a clinic, whose date is `today`."""
        self.clinic, self.today = clinic, today
        super().__init__(data, initial=self.facts(clinic), auto_id=f"{self.part}_%s")

    @classmethod
    def facts(cls, clinic: Clinic) -> dict[str, Any]:
        """The part as it stands."""
        names = [name for name in cls.base_fields if hasattr(clinic, name)]
        return {name: getattr(clinic, name) for name in names}

    @property
    def changes(self) -> dict[str, Any]:
        """What is to change, in the words of the verb that changes it."""
        names = self.fields.keys() - {"version"}
        return {name: self.cleaned_data[name] for name in names}

    def draft(self) -> tuple[OpeningHours, Targets] | None:
        """What promises would be made from, for a part that changes them."""
        return None

    def parts(self) -> list[Any]:
        return [name for name in self.fields if name != "version"]

    @property
    def helper(self) -> FormHelper:
        return without_form_tag("version", *self.parts(), self.buttons())

    def buttons(self) -> Div:
        """Save, and for what promises are made of a look at them before."""
        save = Submit(
            "", self.saves, css_id=f"{self.part}_save", css_class="btn--small"
        )
        look = Submit(
            "preview",
            "Show what patients would be told",
            css_id=f"{self.part}_preview",
            css_class="btn--small btn--quiet",
        )
        return Div(save, *([look] if self.previews else []), css_class="cluster")


class ReadField(forms.CharField):
    """A text that is read, or answered by one sentence."""

    def __init__(self, *args: Any, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.read(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def number(label: str, hint: str, length: int) -> ReadField:
    """A telephone number that patients dial."""
    return ReadField(
        label=label,
        help_text=hint,
        max_length=length,
        read=read_number,
        widget=forms.TextInput({"type": "tel"}),
        error_messages={"required": "Enter a number that can be called."},
    )


class Details(SettingsForm):
    """What the clinic is called, and where it is."""

    part = "details"
    name = ReadField(
        label="Name of the clinic",
        max_length=120,
        read=read_name,
        error_messages={"required": "Enter the name of the clinic."},
    )
    address = forms.CharField(
        label="Address (optional)", max_length=200, required=False
    )


class PhoneNumbers(SettingsForm):
    """Whom a patient calls."""

    part = "numbers"
    phone = number("The clinic", "Every page of a patient shows it.", 30)
    emergency_number = number("Ambulance", "999, 112, 911 …", 12)
    out_of_hours_number = number(
        "While the clinic is closed", "111, or a line on which somebody answers.", 30
    )

    def parts(self) -> list[Any]:
        return ["phone", beside("emergency_number", "out_of_hours_number")]

    @property
    def changes(self) -> dict[str, Any]:
        return {"numbers": Numbers(**super().changes)}


def minutes(label: str, most: int) -> forms.IntegerField:
    """A promise, which may only be made tighter than the rules have it."""
    enter = f"Enter minutes from 1 to {most}."
    return forms.IntegerField(
        label=label,
        help_text=f"Until somebody looks, {most} or fewer.",
        min_value=1,
        max_value=most,
        widget=forms.TextInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), enter
        ),
    )


class Promises(SettingsForm):
    """By how many opening minutes a person has looked."""

    part = "promises"
    previews = True
    emergency_minutes = minutes("Emergency, in minutes", 15)
    urgent_minutes = minutes("Urgent, in minutes", 120)

    def parts(self) -> list[Any]:
        return [beside("emergency_minutes", "urgent_minutes")]

    @property
    def changes(self) -> dict[str, Any]:
        return {"targets": Targets(**super().changes)}

    def draft(self) -> tuple[OpeningHours, Targets]:
        return self.clinic.opening_hours(), self.changes["targets"]


class Retention(SettingsForm):
    """How long a record is kept after its course."""

    part = "retention"
    retention_months = forms.IntegerField(
        label="Months after a course ends",
        help_text=f"{LEAST_MONTHS} or more. Leave it empty to keep records until they "
        "are erased by hand.",
        required=False,
        min_value=LEAST_MONTHS,
        max_value=MOST_MONTHS,
        widget=forms.TextInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            f"Enter whole months from {LEAST_MONTHS} to {MOST_MONTHS}, or nothing.",
        ),
    )

    @property
    def changes(self) -> dict[str, Any]:
        return {"months": self.cleaned_data["retention_months"]}

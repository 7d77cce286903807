"""The week of a clinic and the dates that differ from it, typed as people write hours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Div
from django import forms

from aftercare.forms.widgets import DateBoxes
from aftercare.promise import (
    Interval,
    OpeningHours,
    Targets,
    hours_text,
    read_hours,
)
from aftercare.services.clinic_settings import with_days
from aftercare.services.readable import zones
from clinic.forms.clinic_settings import ReadField, SettingsForm
from clinic.forms.treatment import beside

if TYPE_CHECKING:
    from aftercare.models import Clinic

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_HOURS = (
    "Enter hours for one day at least. A clinic that never opens can promise nothing."
)
FURTHEST = timedelta(days=2 * 366)
LONGEST = 62
"""Days in a row that are entered at once."""


def hours_field(label: str, **more: Any) -> ReadField:
    """Hours of a day; empty is closed."""
    widget = forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    return ReadField(
        label=label,
        required=False,
        max_length=120,
        read=read_hours,
        widget=widget,
        **more,
    )


def accept_field() -> forms.BooleanField:
    """Asked for only where nothing opens for a fortnight."""
    return forms.BooleanField(
        label="We know. Patients are told to call the number for closed hours.",
        required=False,
    )


class GapForm(SettingsForm):
    """A part after which nothing may open for a fortnight, if its author knows."""

    accept = accept_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_gap = bool(self.data.get("accept"))

    @property
    def changes(self) -> dict[str, Any]:
        return {"accept_gap": self.cleaned_data["accept"]}

    def tell_gap(self, words: str) -> None:
        """Say that patients could be promised nothing, beside the tick that accepts it."""
        self.has_gap = True
        self.add_error("accept", f"{words} Change it, or tick this.")

    def asking(self) -> list[Any]:
        return ["accept"] if self.has_gap else []


class Week(GapForm):
    """The ordinary week, on the clock of the clinic's zone."""

    part = "hours"
    previews = True
    zone = forms.ChoiceField(
        label="Time zone",
        error_messages={
            "required": "Choose a time zone.",
            "invalid_choice": "Choose a time zone from the list.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, day in enumerate(DAYS):
            self.fields[f"day_{number}"] = hours_field(day)
        now = self.initial.get("zone", "")
        self.fields["zone"].choices = grouped({*zones(), now} - {""})

    @property
    def changes(self) -> dict[str, Any]:
        zone = self.cleaned_data["zone"]
        return super().changes | {"zone": zone, "weekly": self.weekly}

    @classmethod
    def facts(cls, clinic: Clinic) -> dict[str, Any]:
        weekly = clinic.opening_hours().weekly
        days = {f"day_{day}": hours_text(spans) for day, spans in weekly.items()}
        return {"zone": clinic.zone, "version": clinic.version, **days}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        days = [f"day_{number}" for number in range(len(DAYS))]
        if not self.errors and not any(data[day] for day in days):
            self.add_error("day_0", NO_HOURS)
        return data

    @property
    def weekly(self) -> dict[int, tuple[Interval, ...]]:
        read = {n: self.cleaned_data[f"day_{n}"] for n in range(len(DAYS))}
        return {day: spans for day, spans in read.items() if spans}

    def draft(self) -> tuple[OpeningHours, Targets]:
        zone, now = ZoneInfo(self.cleaned_data["zone"]), self.clinic.opening_hours()
        return OpeningHours(zone, self.weekly, now.exceptions), self.clinic.targets

    def parts(self) -> list[Any]:
        days = [f"day_{number}" for number in range(len(DAYS))]
        return ["zone", Div(*days, css_class="week"), *self.asking()]


def grouped(names: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Zones by their part of the world."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(names):
        region, _, city = name.rpartition("/")
        groups.setdefault(region or "Everywhere", []).append(
            (name, city.replace("_", " "))
        )
    return list(groups.items())


class OtherDays(GapForm):
    """Dates on which the clinic is closed, or open at other hours."""

    part = "days"
    saves = "Add"
    previews = True
    first = forms.DateField(
        label="Date",
        widget=DateBoxes,
        error_messages={
            "required": "Enter the date.",
            "invalid": "Enter a date, for example 25 12 2026.",
        },
    )
    last = forms.DateField(
        label="Last date, if there are several",
        required=False,
        widget=DateBoxes,
        error_messages={"invalid": "Enter a date, for example 27 12 2026."},
    )
    hours = hours_field(
        "Hours on it", help_text="Leave it empty if the clinic is closed."
    )

    @property
    def changes(self) -> dict[str, Any]:
        hours = self.cleaned_data["hours"]
        return super().changes | {"days": self.days, "intervals": hours}

    @classmethod
    def facts(cls, clinic: Clinic) -> dict[str, Any]:
        return {"version": clinic.version}

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if first < self.today:
            raise forms.ValidationError(
                "This date is past. Enter today or a later one."
            )
        if first > self.today + FURTHEST:
            raise forms.ValidationError("Enter a date within the next two years.")
        return first

    def clean_last(self) -> date | None:
        first, last = self.cleaned_data.get("first"), self.cleaned_data["last"]
        if first is None or last is None:
            return last
        if last < first:
            raise forms.ValidationError("The last date is before the first.")
        if (last - first).days >= LONGEST:
            raise forms.ValidationError(f"Enter {LONGEST} days at most at once.")
        return last

    @property
    def days(self) -> list[date]:
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        count = ((last or first) - first).days + 1
        return [first + timedelta(days=number) for number in range(count)]

    def draft(self) -> tuple[OpeningHours, Targets]:
        now, hours = self.clinic.opening_hours(), self.cleaned_data["hours"]
        return with_days(now, self.days, hours), self.clinic.targets

    def parts(self) -> list[Any]:
        return [beside("first", "last"), "hours", *self.asking()]


class OrdinaryAgain(SettingsForm):
    """A date that has the hours of its weekday again."""

    part = "restored"
    day = forms.DateField(widget=forms.HiddenInput)

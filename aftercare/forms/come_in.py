"""What patients are asked before they are let in: a birth date, an address, a code."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORTEST_NAME = 3
OLDEST = 120
YEAR_DIGITS = 4
LONGEST = 254
NOT_A_DAY = "Enter the day as a number, for example 27."
NOT_A_MONTH = "Enter the month as a number or a word, for example 3 or March."
NOT_A_YEAR = "Enter the year with four numbers, for example 1985."
NO_SUCH_DATE = "There is no such date. Check the day and the month."
NOT_A_BIRTHDAY = "Check the year."


def box(label: str, words: str, length: int, part: str) -> forms.CharField:
    """One of the three boxes of a birth date."""
    return forms.CharField(
        label=label,
        max_length=length,
        widget=forms.TextInput(
            {"class": "input", "inputmode": "numeric", "autocomplete": f"bday-{part}"}
        ),
        error_messages={"required": words, "max_length": words},
    )


class BirthDateForm(forms.Form):
    """A birth date in three boxes, each with its own error; names of months will do.

    `born` is the date once the form is valid. What cannot be a date costs no try.
    """

    day = box("Day", NOT_A_DAY, 10, "day")
    month = box("Month", NOT_A_MONTH, 20, "month")
    year = box("Year", NOT_A_YEAR, 10, "year")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.born: date | None = None

    def wrong(self, tries_left: int) -> None:
        """It was a date, and not the right one."""
        tries = "1 try" if tries_left == 1 else f"{tries_left} tries"
        self.add_error(
            "day", f"This date does not match what we have. You have {tries} left."
        )

    def clean_day(self) -> int:
        return self._number("day", 31, NOT_A_DAY)

    def clean_month(self) -> int:
        typed = self.cleaned_data["month"].casefold().rstrip(".")
        for number, name in enumerate(MONTHS, start=1):
            if len(typed) >= SHORTEST_NAME and name.startswith(typed):
                return number
        return self._number("month", 12, NOT_A_MONTH)

    def clean_year(self) -> int:
        typed = self.cleaned_data["year"]
        if len(typed) != YEAR_DIGITS or not typed.isdecimal():
            raise forms.ValidationError(NOT_A_YEAR)
        year = int(typed)
        if not self.today.year - OLDEST <= year <= self.today.year:
            raise forms.ValidationError(NOT_A_BIRTHDAY)
        return year

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if {"day", "month", "year"} <= data.keys():
            try:
                self.born = date(data["year"], data["month"], data["day"])
            except ValueError:
                self.add_error("day", NO_SUCH_DATE)
        return data

    def _number(self, name: str, most: int, words: str) -> int:
        """A number from 1 to `most`, as people write it: 7, 07, 7th."""
        found = re.fullmatch(r"0*(\d{1,2})(?:st|nd|rd|th)?\.?", self.cleaned_data[name])
        number = int(found[1]) if found else 0
        if not 1 <= number <= most:
            raise forms.ValidationError(words)
        return number


class AddressForm(forms.Form):
    """Where a code is sent to."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="The one that your clinic has from you.",
        max_length=LONGEST,
        widget=forms.EmailInput(
            {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": "Enter your e-mail address.",
            "invalid": "Enter a whole address, for example name@example.com.",
            "max_length": "Enter a whole address, for example name@example.com.",
        },
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class CodeForm(forms.Form):
    """The code as it came: spaces and dashes between its numbers do no harm."""

    code = forms.CharField(
        label="The code",
        help_text="Six numbers. It may take a minute to come.",
        max_length=40,
        widget=forms.TextInput(
            {
                "class": "input--code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
            }
        ),
        error_messages={
            "required": "Enter the code.",
            "max_length": "Enter the six numbers of the code.",
        },
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s\-–.]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError("Enter the six numbers of the code.")
        return code


class WhoForm(forms.Form):
    """Which of several people with one address and one birth date it is."""

    who = forms.UUIDField(
        error_messages={"required": "Choose one.", "invalid": "Choose one."}
    )

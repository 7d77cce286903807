"""What people type about a clinic: read, or answered by one sentence (ValueError)."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from aftercare.promise import Interval, OpeningHours, read_hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEAST_DIGITS = 3
LONGEST_NAME, LONGEST_EMAIL = 120, 254

_NUMBER = re.compile(r"[+\d][\d +()./#*-]*(?:(?:ext\.?|x) ?\d+)?", re.IGNORECASE)


@cache
def zones() -> tuple[str, ...]:
    """Every place that has a time zone, as the IANA database names it."""
    named = (name for name in available_timezones() if "/" in name)
    nowhere = ("Etc/", "SystemV/", "posix/", "right/")
    older = ("Brazil/", "Canada/", "Chile/", "Mexico/", "US/")
    return (
        *sorted(name for name in named if not name.startswith(nowhere + older)),
        "UTC",
    )


def read_zone(text: str) -> str:
    """A time zone by its name or its city, however it is capitalised."""
    by_name = {name.lower(): name for name in zones()}
    typed = text.strip().replace(" ", "_").lower()
    cities = {name.rpartition("/")[2]: name for name in by_name}
    if typed in by_name or typed in cities:
        return by_name.get(typed) or by_name[cities[typed]]
    near = get_close_matches(typed, by_name, 1) or get_close_matches(typed, cities, 1)
    meant = by_name[cities.get(near[0], near[0])] if near else "Europe/London"
    hint = f"Did you mean {meant}?" if near else f"Write it as {meant}."
    raise ValueError(f"There is no time zone “{text.strip()}”. {hint}")


def read_number(text: str) -> str:
    """A telephone number, as it is to be shown and dialled."""
    number = " ".join(text.split())
    digits = sum(character.isdigit() for character in number)
    if digits < LEAST_DIGITS or not _NUMBER.fullmatch(number):
        raise ValueError(
            "Enter a number that can be called, for example 020 7946 0311 or 112."
        )
    return number


def read_name(text: str) -> str:
    """The name of a clinic or a person."""
    name = " ".join(text.split())
    if not name:
        raise ValueError("Enter a name.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"Enter a name of {LONGEST_NAME} letters at most.")
    return name


def read_email(text: str) -> str:
    """An e-mail address, in lower case."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError(
            "Enter an e-mail address, for example name@clinic.example."
        ) from error
    if len(address) > LONGEST_EMAIL:
        raise ValueError(f"Enter an address of {LONGEST_EMAIL} letters at most.")
    return address


def read_week(text: str) -> dict[int, tuple[Interval, ...]]:
    """The hours of a week: `mon-fri=8:30-13:00,14:00-18:00 sat=9:00-12:00`."""
    weekly: dict[int, tuple[Interval, ...]] = {}
    for word in text.split():
        days, _, hours = word.partition("=")
        try:
            spans = read_hours(hours)
        except ValueError as error:
            raise ValueError(f"{days}: {error}") from error
        for day in _days(days):
            weekly[day] = (*weekly.get(day, ()), *spans)
    OpeningHours(ZoneInfo("UTC"), weekly)
    return weekly


def _days(text: str) -> range:
    """`mon`, or `mon-fri`."""
    first, _, last = text.lower().partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise ValueError(
            f"“{text}” is no day. Write hours as mon-fri=8:30-18:00, with "
            f"{', '.join(DAYS)}."
        )
    days = range(DAYS.index(first), DAYS.index(last or first) + 1)
    if not days:
        raise ValueError(
            f"“{text}” ends before it begins. A week goes from mon to sun."
        )
    return days

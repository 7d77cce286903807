"""What a clinic says of itself and promises, as the page of its settings shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from aftercare.models import Clinic
from aftercare.promise import OpeningHours, Targets, hours_text

from .promise_preview import Told, preview


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A date that differs from its weekday; `hours` is empty when it is closed."""

    day: date
    words: str
    hours: str


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """`told`: what a patient would be told now; `draft`: with what was not saved yet."""

    version: int
    days: tuple[OtherDay, ...]
    told: tuple[Told, ...]
    draft: tuple[Told, ...]


def read_settings(
    clinic: Clinic,
    hours: OpeningHours,
    at: datetime,
    draft: tuple[OpeningHours, Targets] | None = None,
) -> SettingsPage:
    """The page, with the promises that a draft would make if there is one."""
    today = hours.local_date(at)
    days = sorted(day for day in hours.exceptions if day >= today)
    return SettingsPage(
        version=clinic.version,
        days=tuple(_other_day(day, hours) for day in days),
        told=preview(clinic, hours, clinic.targets, at),
        draft=preview(clinic, *draft, at) if draft else (),
    )


def _other_day(day: date, hours: OpeningHours) -> OtherDay:
    words = f"{day:%A} {day.day} {day:%B %Y}"
    return OtherDay(day, words, hours_text(hours.exceptions[day]))

"""A clinic: its zone, its numbers, its opening hours, and what it promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from aftercare.promise import Interval, OpeningHours, Targets

from .base import Row


def known_zone(name: str) -> None:
    """Refuse a name that is not in the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(
            "Choose a time zone from the list, for example %(example)s.",
            params={"example": "Europe/London"},
        )


class Clinic(Row):
    """One clinic, the tenant. Numbers and hours are settings, never template text."""

    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64, validators=[known_zone])
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30)
    emergency_number = models.CharField(max_length=12)
    out_of_hours_number = models.CharField(max_length=30)
    emergency_minutes = models.PositiveSmallIntegerField(default=15)
    urgent_minutes = models.PositiveSmallIntegerField(default=120)
    remind_at = models.TimeField(default=time(19), help_text="unless a patient chose")
    retention_months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="after a course ends; empty: until erased by hand",
    )
    version = models.PositiveIntegerField(default=1, help_text="rises with each change")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="clinic_has_name"),
            models.CheckConstraint(condition=~Q(zone=""), name="clinic_has_zone"),
            models.CheckConstraint(
                condition=~Q(phone="")
                & ~Q(emergency_number="")
                & ~Q(out_of_hours_number=""),
                name="clinic_has_numbers",
            ),
            # Review targets may only be tightened.
            models.CheckConstraint(
                condition=Q(
                    emergency_minutes__range=(1, 15), urgent_minutes__range=(1, 120)
                ),
                name="clinic_targets_only_tighter",
            ),
            models.CheckConstraint(
                condition=Q(retention_months__isnull=True)
                | Q(retention_months__range=(6, 1200)),
                name="clinic_retention_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zoneinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def targets(self) -> Targets:
        return Targets(self.emergency_minutes, self.urgent_minutes)

    def opening_hours(self) -> OpeningHours:
        """The hours that promises are made from; one query."""
        return self.hours_of(self.openings.order_by("opens"))

    def hours_of(self, rows: Iterable[models.Model]) -> OpeningHours:
        """The same from openings, or rows joined to them, in the order of `opens`."""
        weekly: dict[int, list[Interval]] = {}
        exceptions: dict[date, list[Interval]] = {}
        closed = set()
        for row in rows:
            if row.opens is None or row.closes is None:
                closed.add(row.date)
                continue
            if row.date is not None:
                listed = exceptions.setdefault(row.date, [])
            else:  # a constraint gives every other row its weekday
                listed = weekly.setdefault(cast(int, row.weekday), [])
            listed.append(Interval(row.opens, row.closes))
        # A closed date is closed, whatever else is said of it.
        exceptions |= {day: [] for day in closed if day is not None}
        return OpeningHours(
            self.zoneinfo,
            {day: tuple(listed) for day, listed in weekly.items()},
            {day: tuple(listed) for day, listed in exceptions.items()},
        )


class Opening(Row):
    """One interval in which the clinic is open, every week or on one date.

    A dated row replaces that weekday's intervals; without times it closes the date.
    """

    clinic = models.ForeignKey(
        Clinic, models.CASCADE, related_name="openings", db_index=False
    )
    weekday = models.PositiveSmallIntegerField(null=True, help_text="0 is Monday")
    date = models.DateField(null=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, date__isnull=False)
                | Q(weekday__isnull=False, weekday__range=(0, 6), date__isnull=True),
                name="opening_weekday_or_date",
            ),
            models.CheckConstraint(
                condition=Q(
                    opens__isnull=False, closes__isnull=False, closes__gt=F("opens")
                )
                | Q(opens__isnull=True, closes__isnull=True, date__isnull=False),
                name="opening_closes_after_it_opens",
            ),
            models.UniqueConstraint(
                fields=["clinic", "weekday", "opens"], name="opening_once_a_week"
            ),
            models.UniqueConstraint(
                fields=["clinic", "date", "opens"], name="opening_once_a_date"
            ),
            models.UniqueConstraint(
                fields=["clinic", "date"],
                condition=Q(opens__isnull=True),
                name="opening_closed_once_a_date",
            ),
        ]
        indexes = [models.Index(fields=["clinic"], name="opening_of_clinic")]

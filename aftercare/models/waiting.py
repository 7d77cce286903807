"""What was done about flags that waited: who was told, and what the patient was told anew."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from aftercare.promise.ladder import Rung

from .base import ClinicRow, one_of
from .flag import Flag
from .people import StaffMember


class Telling(ClinicRow):
    """A rung of the ladder was climbed for a flag, and who was told by it.

    `raised_at` is the flag's at that time: new evidence starts a new ladder. `staff` is
    empty where there was nobody to tell, which is itself worth knowing.
    """

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="tellings")
    raised_at = models.DateTimeField()
    rung = models.CharField(max_length=10)
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="tellings"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("telling", "rung", Rung),
            models.CheckConstraint(
                condition=Q(at__gte=F("raised_at")), name="telling_after_the_flag"
            ),
            models.UniqueConstraint(
                fields=["clinic", "flag", "raised_at", "rung", "staff"],
                name="telling_once",
            ),
            models.UniqueConstraint(
                fields=["clinic", "flag", "raised_at", "rung"],
                condition=Q(staff__isnull=True),
                name="telling_nobody_once",
            ),
        ]


class MovedPromise(ClinicRow):
    """A promised time passed unkept, and the patient was given a new honest one.

    `next_at` is empty where nothing can be promised. The flag's own deadline stays as it
    was, so that how late it was remains to be seen.
    """

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="moved_promises")
    missed_at = models.DateTimeField()
    at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(at__gte=F("missed_at")), name="moved_promise_was_missed"
            ),
            models.CheckConstraint(
                condition=Q(next_at__isnull=True) | Q(next_at__gt=F("at")),
                name="moved_promise_lies_ahead",
            ),
            models.UniqueConstraint(
                fields=["clinic", "flag", "missed_at"], name="moved_promise_once"
            ),
        ]


class DayRecord(ClinicRow):
    """What waited at the end of one day at the clinic; all zero says "nothing waited"."""

    date = models.DateField()
    at = models.DateTimeField()
    open_flags = models.PositiveIntegerField()
    unseen = models.PositiveIntegerField(help_text="open, and nobody acknowledged them")
    late = models.PositiveIntegerField(help_text="past their deadline")
    silent = models.PositiveIntegerField(help_text="patients who owe a log")
    undelivered = models.PositiveIntegerField(
        help_text="messages given up, not settled"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "date"], name="day_record_once"),
            models.CheckConstraint(
                condition=Q(unseen__lte=F("open_flags"), late__lte=F("open_flags")),
                name="day_record_parts_of_open",
            ),
        ]

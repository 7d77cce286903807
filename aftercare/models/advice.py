"""What the patient was told, stored as shown: it is re-read, never worked out again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .base import ClinicRow, coded, one_of
from .daily_log import CallTime, DailyLog
from .flag import LEVELS, Flag
from .treatment import Treatment


class AdviceGiven(ClinicRow):
    """The words of one advice page. Lists are kept one item a line.

    `promised_at` is the moment by which a person will have looked; null where none was
    promised. `opening` is whether the clinic was open when it was shown.
    """

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="advice")
    log = models.OneToOneField(DailyLog, models.PROTECT, related_name="advice")
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    day = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    action = models.TextField(blank=True)
    call_number = models.CharField(max_length=30, blank=True)
    why = models.TextField(blank=True)
    meaning = models.TextField(blank=True)
    backup = models.TextField(blank=True)
    do = models.TextField(blank=True)
    do_not = models.TextField(blank=True)
    emergency_signs = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    watch = models.TextField(blank=True)
    green = models.BooleanField(help_text="leave to use success colours")
    promised_at = models.DateTimeField(null=True)
    opening = models.CharField(max_length=12)
    protocol = models.CharField(max_length=40)
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__range=(0, 4)), name="advice_level_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="advice_has_title"),
            models.CheckConstraint(
                condition=Q(promised_at__isnull=True) | Q(level__gte=2),
                name="advice_promises_from_prompt_up",
            ),
            models.CheckConstraint(
                condition=Q(green=False) | Q(level__lte=1),
                name="advice_never_green_with_a_flag",
            ),
        ]


class CallRequest(ClinicRow):
    """The patient asked to be called after a log; evidence of a CONTACT flag."""

    treatment = models.ForeignKey(
        Treatment, models.PROTECT, related_name="call_requests"
    )
    flag = models.ForeignKey(Flag, models.PROTECT, related_name="call_requests")
    log = models.ForeignKey(DailyLog, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=30)
    best_time = coded(CallTime, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("call_request", "best_time", CallTime),
            models.CheckConstraint(
                condition=~Q(number=""), name="call_request_has_number"
            ),
        ]

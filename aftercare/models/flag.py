"""A flag is one rule met for one treatment; it is open until a review closes it.

Findings are the evidence: which rule, on which day, from which log, judged by which
protocol. They are only ever added, so what was ever raised can always be shown.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from aftercare.warning_signs.vocabulary import Level, Phase

from .base import ClinicRow, coded, one_of
from .daily_log import DailyLog
from .treatment import Treatment

LEVELS = [(level.value, level.name) for level in Level]


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> FlagQuerySet:
        """Flags that no review has closed."""
        return self.filter(review__isnull=True)

    def closed(self) -> FlagQuerySet:
        return self.filter(review__isnull=False)


class Flag(ClinicRow):
    """One rule met for one treatment. `rule` is the key of the result that raised it.

    `due_at` is when a person will have looked, promised once and never moved silently.
    """

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="flags")
    rule = models.CharField(max_length=32)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    reason = models.TextField()
    day = models.SmallIntegerField()
    protocol = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    raised_at = models.DateTimeField(help_text="when it opened or last rose in level")
    due_at = models.DateTimeField(null=True, help_text="null: nothing open for 14 days")
    next_rung_at = models.DateTimeField(
        null=True, help_text="when somebody must next be told, if nobody looks"
    )
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    review = models.ForeignKey(
        "aftercare.Review", models.PROTECT, null=True, related_name="flags"
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__range=(2, 4)), name="flag_level_prompt_or_above"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="flag_has_reason"),
            models.CheckConstraint(
                condition=Q(raised_at__gte=F("opened_at")),
                name="flag_rises_after_it_opened",
            ),
            models.UniqueConstraint(
                fields=["clinic", "treatment", "rule"],
                condition=Q(review__isnull=True),
                name="flag_open_once_per_rule",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_rung_at"],
                condition=Q(review__isnull=True, next_rung_at__isnull=False),
                name="flag_to_tell",
            ),
            models.Index(
                fields=["clinic", "-level", "due_at"],
                condition=Q(review__isnull=True),
                name="flag_queue",
            ),
        ]

    @property
    def urgency(self) -> Level:
        return Level(self.level)


class Finding(ClinicRow):
    """One rule met on one day, as found when a log arrived or a noon check ran.

    `log` is null for the scheduled rules and the procedure record. `flag` is null for
    WATCH. `suppressed` findings are comments on a flag that was closed lately.
    """

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="findings")
    log = models.ForeignKey(
        DailyLog, models.PROTECT, null=True, related_name="findings"
    )
    flag = models.ForeignKey(Flag, models.PROTECT, null=True, related_name="findings")
    day = models.SmallIntegerField()
    phase = coded(Phase)
    rule = models.CharField(max_length=32)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    reason = models.TextField()
    items = models.TextField(blank=True, help_text="the answers it stands on")
    disagreement = models.TextField(blank=True)
    protocol = models.CharField(max_length=40)
    suppressed = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("finding", "phase", Phase),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="finding_level_watch_or_above"
            ),
            models.CheckConstraint(
                condition=Q(level=1, flag__isnull=True)
                | Q(level__gte=2, flag__isnull=False),
                name="finding_flagged_from_prompt_up",
            ),
            models.CheckConstraint(
                condition=Q(suppressed=False) | Q(flag__isnull=False),
                name="finding_suppressed_beside_a_flag",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "treatment", "day"], name="finding_by_day")
        ]


class SupportChange(ClinicRow):
    """After a correction the current answers no longer (or again) support a flag."""

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="support_changes")
    supported = models.BooleanField()
    log = models.ForeignKey(DailyLog, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

"""A daily log: what the patient said, when, and for which day. Never edited, never deleted.

A correction is a new log that points at the old one; a log sent by mistake gets a
retraction. Both stay readable.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from aftercare.warning_signs.facts import Log
from aftercare.warning_signs.vocabulary import Choice, Phase

from .answers import ANSWER_CONSTRAINTS, AnswerColumns
from .base import ClinicRow, coded, one_of
from .people import StaffMember
from .treatment import Treatment


class CallTime(Choice):
    """When the patient would like to be called."""

    NOW = "now", "Now"
    AFTER_12 = "after_12", "After 12"
    AFTER_5 = "after_5", "After 5"


class DailyLogQuerySet(models.QuerySet["DailyLog"]):
    def with_fate(self) -> DailyLogQuerySet:
        """Each log with its retraction and correction, in the order received."""
        return self.select_related("retraction", "corrected_by").order_by(
            "submitted_at", "id"
        )

    def of_courses(self) -> list[DailyLog]:
        """The same where whole courses are read: a correction is among them itself.

        Joined to it, every log would be read with all columns of a second one.
        """
        logs = list(self.with_retraction())
        find_corrections(logs)
        return logs

    def with_retraction(self) -> DailyLogQuerySet:
        return self.select_related("retraction").order_by("submitted_at", "id")


class DailyLog(ClinicRow, AnswerColumns):
    """One log as received.

    `key` is that of the form, however often it is opened: sent twice it is one log.
    `finished_on` is the patient's date when the form was finished; `for_date` the date
    the answers are about; `day` their whole days from the treatment.
    """

    treatment = models.ForeignKey(
        Treatment, models.PROTECT, related_name="logs", db_index=False
    )
    key = models.UUIDField()
    submitted_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, help_text="as the phone claimed")
    finished_on = models.DateField()
    for_date = models.DateField()
    day = models.SmallIntegerField()
    phase = coded(Phase)
    entered_by = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="by telephone",
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by"
    )
    conflicts_with = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+"
    )
    best_number = models.CharField(max_length=30, blank=True)
    best_time = coded(CallTime, null=True)

    objects = DailyLogQuerySet.as_manager()

    class Meta:
        constraints = [
            *ANSWER_CONSTRAINTS,
            one_of("log", "phase", Phase),
            one_of("log", "best_time", CallTime),
            models.UniqueConstraint(
                fields=["clinic", "treatment", "key"], name="log_once_per_key"
            ),
            models.CheckConstraint(
                condition=Q(for_date__lte=F("finished_on")), name="log_not_for_tomorrow"
            ),
            models.CheckConstraint(
                condition=Q(day__lte=180), name="log_within_180_days"
            ),
            models.CheckConstraint(
                condition=Q(day__gte=0) | Q(phase="baseline"),
                name="log_before_is_baseline",
            ),
            models.CheckConstraint(
                condition=Q(day__lte=0) | Q(phase="post"), name="log_after_is_post"
            ),
            models.CheckConstraint(
                condition=~Q(corrects=F("id")), name="log_never_corrects_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "treatment", "-day"], name="log_by_day"),
            models.Index(fields=["treatment"], name="log_of_treatment"),
        ]

    @classmethod
    def arriving(cls, **columns: Any) -> DailyLog:
        """A log of which nothing can have become yet, so that nobody need look."""
        log = cls(**columns)
        for fate in ("retraction", "corrected_by"):
            relation: Any = cls._meta.get_field(fate)
            relation.set_cached_value(log, None)
        return log

    @property
    def counts(self) -> bool:
        """Whether the rules read it: neither retracted nor replaced."""
        return not (hasattr(self, "retraction") or hasattr(self, "corrected_by"))

    @property
    def sent_on_its_day(self) -> bool:
        return self.finished_on == self.for_date

    def facts(self) -> Log:
        """This log as the rules read it."""
        return Log(
            day=self.day,
            answers=self.answers(),
            phase=Phase(self.phase),
            sent_on_its_day=self.sent_on_its_day,
        )


def find_corrections(logs: list[DailyLog]) -> None:
    """Tell each log of a whole course which of the others corrects it."""
    correction = {log.corrects_id: log for log in logs if log.corrects_id}
    relation: Any = DailyLog._meta.get_field("corrected_by")  # noqa: SLF001  as above
    for log in logs:
        relation.set_cached_value(log, correction.get(log.pk))


class Retraction(ClinicRow):
    """Sent by mistake: the log is ignored by the rules and kept in the record."""

    log = models.OneToOneField(DailyLog, models.PROTECT, related_name="retraction")
    at = models.DateTimeField()
    by_staff = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="null: the patient",
    )
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="retraction_has_reason"
            )
        ]

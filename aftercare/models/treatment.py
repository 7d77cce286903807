"""One procedure done to one patient on one date (specification section 3)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from aftercare.warning_signs.facts import Procedure
from aftercare.warning_signs.treatment_words import (
    ProcedureType,
    RiskFactor,
    Setting,
    Sterility,
)

from .base import ClinicRow, both_or_neither, coded, one_of
from .people import Patient, StaffMember


class RiskColumns(models.Model):
    """One yes/no column for each risk factor of the vocabulary, `risk_<code>`."""

    class Meta:
        abstract = True


for _factor in RiskFactor:
    RiskColumns.add_to_class(f"risk_{_factor}", models.BooleanField(default=False))


class Treatment(ClinicRow, RiskColumns):
    """A treatment and the record of how it was done.

    `performed_on` is the calendar date in the clinic's zone: day 0. `unsterile_since` is
    the day on which an unsterile device was first recorded. A treatment entered by
    mistake is voided, never deleted.
    """

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="treatments")
    type = coded(ProcedureType)
    performed_at = models.DateTimeField()
    performed_on = models.DateField()
    zone = models.CharField(max_length=64)
    needle_depth_mm = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    areas = models.CharField(max_length=400)
    device = models.CharField(max_length=120, blank=True)
    device_serial = models.CharField(max_length=80, blank=True)
    cartridge_lot = models.CharField(max_length=80, blank=True)
    sterile_single_use = coded(Sterility)
    unsterile_since = models.IntegerField(null=True)
    practitioner = models.CharField(max_length=120)
    setting = coded(Setting)
    products = models.TextField(blank=True, max_length=1000)
    adjuncts = models.CharField(max_length=200, blank=True)
    other_risks = models.CharField(max_length=200, blank=True)
    agreed_at = models.DateTimeField(null=True, help_text="agreed to daily logs")
    version = models.PositiveIntegerField(default=1, help_text="rises with each change")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    next_due_at = models.DateTimeField(
        null=True, help_text="when silence is next checked"
    )
    prompted_for = models.DateField(
        null=True, help_text="the last date that was asked for a log"
    )
    next_prompt_at = models.DateTimeField(
        null=True, help_text="when the next reminder goes out"
    )
    nudge_at = models.DateTimeField(
        null=True, help_text="when the one further message of the day goes out"
    )
    left_at = models.DateTimeField(
        null=True, help_text="the patient asked us to stop checking on them"
    )
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            one_of("treatment", "type", ProcedureType),
            one_of("treatment", "sterile_single_use", Sterility),
            one_of("treatment", "setting", Setting),
            models.CheckConstraint(
                condition=Q(needle_depth_mm__gt=0, needle_depth_mm__lte=10)
                | Q(needle_depth_mm__isnull=True),
                name="treatment_depth_possible",
            ),
            models.CheckConstraint(
                condition=Q(sterile_single_use="false", unsterile_since__isnull=False)
                | ~Q(sterile_single_use="false"),
                name="treatment_unsterile_has_day",
            ),
            both_or_neither("treatment", "voided_at", "voided_by"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="treatment_voided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(next_due_at__isnull=True),
                name="treatment_left_is_not_due",
            ),
            # A second press of the same button is not a second treatment.
            models.UniqueConstraint(
                fields=["clinic", "patient", "type", "performed_at"],
                condition=Q(voided_at__isnull=True),
                name="treatment_once_per_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "-performed_on", "id"], name="treatment_newest"
            ),
            models.Index(
                fields=["next_due_at"],
                condition=Q(next_due_at__isnull=False),
                name="treatment_due",
            ),
            models.Index(
                fields=["next_prompt_at"],
                condition=Q(next_prompt_at__isnull=False),
                name="treatment_to_prompt",
            ),
            models.Index(
                fields=["nudge_at"],
                condition=Q(nudge_at__isnull=False),
                name="treatment_to_nudge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} on {self.performed_on:%-d %B %Y}"

    @property
    def risk_factors(self) -> frozenset[str]:
        return frozenset(code for code in RiskFactor if getattr(self, f"risk_{code}"))

    def procedure(self) -> Procedure:
        """The facts of this treatment that the rules read."""
        return Procedure(
            type=ProcedureType(self.type),
            needle_depth_mm=self.needle_depth_mm,
            sterile_single_use=Sterility(self.sterile_single_use),
            risk_factors=self.risk_factors,
        )

    def day_of(self, when: date) -> int:
        """Whole calendar days from the treatment to `when`; negative before it."""
        return (when - self.performed_on).days

    def day_at(self, moment: datetime) -> int:
        """The same for a moment, by the clinic's clock."""
        return self.day_of(moment.astimezone(self.clinic.zoneinfo).date())

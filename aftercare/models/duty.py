"""Who is on duty: the rota, and who read the handover between two shifts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from aftercare.promise.cover import Shift

from .base import ClinicRow
from .people import StaffMember


class Duty(ClinicRow):
    """One person on duty, who stands behind them, from when until when."""

    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="duties")
    backup = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="backup_duties"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="duty_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(backup__isnull=True) | ~Q(backup=F("staff")),
                name="duty_backup_is_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["clinic", "staff", "starts_at"], name="duty_once"
            ),
        ]
        indexes = [models.Index(fields=["clinic", "ends_at"], name="duty_by_end")]

    def shift(self) -> Shift:
        """The facts of this duty that the rota is read from."""
        return Shift(self.staff_id, self.backup_id, self.starts_at, self.ends_at)


class Handover(ClinicRow):
    """Somebody said by name that they had read what is open when a shift changed."""

    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    open_rows = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["clinic", "-at"], name="handover_newest")]

"""A link that lets one person in, once: a patient to their record, staff to their account.

Only a digest of the token is kept, so whoever reads the database cannot use a link.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import ClinicRow
from .people import Patient, StaffMember

MOST_TRIES = 5

UNSPENT = Q(used_at__isnull=True, revoked_at__isnull=True)


class Invitation(ClinicRow):
    """One link. Opening it changes nothing; `used_at` is when its button was pressed.

    `accepted_at` is when the person behind it had proved who they are; `tries` counts
    the wrong birth dates. A new link for the same person takes back the one before.
    """

    patient = models.ForeignKey(
        Patient, models.PROTECT, null=True, related_name="invitations"
    )
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="invitations"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(patient__isnull=True, staff__isnull=False)
                | Q(patient__isnull=False, staff__isnull=True),
                name="invitation_for_one",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="invitation_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(tries__range=(0, MOST_TRIES)), name="invitation_tries"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(used_at__isnull=False, revoked_at__isnull=True),
                name="invitation_accepted_was_used",
            ),
            models.UniqueConstraint(
                fields=["clinic", "patient"],
                condition=UNSPENT,
                name="invitation_once_per_patient",
            ),
            models.UniqueConstraint(
                fields=["clinic", "staff"],
                condition=UNSPENT,
                name="invitation_once_per_staff",
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "patient", "-created_at"],
                name="invitation_of_patient",
            )
        ]

"""Nobody reaches the patient, or it is beyond whoever looks: a clinical lead is asked for.

The lead is told at once, by every way that leads to them, and owns the row. If they do
not look within another full target, the ladder tells all leads again.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from aftercare.messages import words
from aftercare.models import Clinic, FollowUp, StaffMember
from aftercare.promise import promise

from .follow_up import NotPossible, Shown, take_step
from .ladder import AGAIN
from .tell_staff import leads, tell
from .waking import end_snoozes


def escalate(
    *,
    treatment_id: UUID,
    shown: Shown,
    by: StaffMember,
    to: StaffMember,
    at: datetime,
) -> FollowUp:
    """Give a row to a clinical lead, and tell them; a snooze of it ends."""
    if to.pk == by.pk:
        raise NotPossible("Choose somebody else: you have it in hand.")
    with transaction.atomic():
        lead = next((one for one in leads(by.clinic) if one.pk == to.pk), None)
        if lead is None:
            raise NotPossible("Choose a clinical lead who works here.")
        step = take_step("escalated", treatment_id, shown, by, at, assigned_to=lead)
        end_snoozes(step.treatment, at)
        look_again(step, by.clinic, at)
        tell([lead], words.STAFF_URGENT, reason=f"escalated:{step.pk}", at=at)
    return step


def look_again(step: FollowUp, clinic: Clinic, at: datetime) -> None:
    """The ladder looks at each flag when its lead should have, or before."""
    hours = clinic.opening_hours()
    for flag in step.flags.all():
        made = promise(flag.urgency, at, hours, clinic.targets)
        by_then = made.due_at or at + AGAIN
        flag.next_rung_at = min(flag.next_rung_at or by_then, by_then)
        flag.save(update_fields=["next_rung_at"])

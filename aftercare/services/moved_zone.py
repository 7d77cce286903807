"""A clinic keeps another time: what was to happen at noon happens at noon there."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db.models import Q

from aftercare.models import Clinic, Treatment

from .remind import is_followed, plan
from .silence import noon_of

LOOKED_AT = Q(next_due_at__isnull=False) | Q(next_prompt_at__isnull=False)


def locked_clocks(clinic: Clinic) -> list[Treatment]:
    """Every treatment for which a moment is set, locked before the clinic's own row."""
    found = Treatment.objects.select_for_update(of=("self",)).filter(clinic=clinic)
    return list(found.filter(LOOKED_AT).select_related("patient").order_by("pk"))


def move_clocks(treatments: list[Treatment], old: ZoneInfo, clinic: Clinic) -> None:
    """The same dates by the clinic's new clock; a reminder goes by its patient's own."""
    for treatment in treatments:
        treatment.clinic = treatment.patient.clinic = clinic
        if due := treatment.next_due_at:
            treatment.next_due_at = noon_of(treatment, due.astimezone(old).date())
        if treatment.next_prompt_at and is_followed(treatment):
            plan(treatment)
        treatment.save(update_fields=["next_due_at", "next_prompt_at"])

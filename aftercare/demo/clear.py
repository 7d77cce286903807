"""Empties a demo clinic, so that it can be told again as of now.

The one place that deletes logs, and it refuses any clinic that is not a demo. The audit
stays: the database would not let it go.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from aftercare.models import (
    AdviceGiven,
    CallRequest,
    Clinic,
    DailyLog,
    Finding,
    Flag,
    FollowUp,
    Login,
    Patient,
    Retraction,
    Review,
    StaffMember,
    SupportChange,
    Treatment,
)

IN_ORDER = (
    CallRequest,
    AdviceGiven,
    Retraction,
    SupportChange,
    Finding,
    Flag.follow_ups.rel.through,
    Review.shown.through,
    Flag,
    Review,
    FollowUp,
    DailyLog,
    Treatment,
)


def clear_demo(clinic: Clinic) -> None:
    """Remove every treatment, patient and staff member of a demo clinic."""
    if not clinic.is_demo:
        raise ValueError("Only a demo clinic can be emptied.")
    logins = set(
        Login.objects.filter(patients__clinic=clinic).values_list("pk", flat=True)
    )
    logins |= set(
        Login.objects.filter(staff_members__clinic=clinic).values_list("pk", flat=True)
    )
    for model in IN_ORDER:
        path = "clinic" if hasattr(model, "clinic") else "flag__clinic"
        remove(model.objects.filter(**{path: clinic}))
    for people in (Patient, StaffMember):
        remove(people.objects.filter(clinic=clinic))
    remove(Login.objects.filter(pk__in=logins))


def remove(rows: QuerySet[Any]) -> None:
    """Delete past Django's own guards: it would refuse rows that the audit names."""
    rows._raw_delete(rows.db)  # noqa: SLF001  there is no public way

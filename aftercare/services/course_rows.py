"""The rows of one treatment, as every verb about a course reads them under its lock."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from aftercare.models import DailyLog, Finding, Flag, SupportChange, Treatment
from aftercare.models.daily_log import find_corrections
from aftercare.models.follow_up import with_steps
from aftercare.models.prepared import Given, Prepared

Evidence = tuple[int, str, str, int]
"""Day, phase, key of the rule and level of something that was found once."""


def logs_of(treatment: Treatment) -> list[DailyLog]:
    """Every log in the order received, with what became of it."""
    logs = _logs(**_only(treatment))
    for log in logs:
        log.treatment = treatment
    find_corrections(logs)
    return logs


def evidence_of(treatment: Treatment) -> set[Evidence]:
    """Everything that was ever found."""
    return set(_findings(**_only(treatment)))


def flags_of(treatment: Treatment) -> list[Flag]:
    """Every flag with the newest steps on it, and whether the answers still support it."""
    flags = _flags(**_only(treatment))
    for flag in flags:
        flag.treatment = treatment
    return flags


def _only(treatment: Treatment) -> dict[str, Any]:
    return {"clinic": treatment.clinic_id, "treatment": treatment.pk}


@Prepared
def _logs() -> QuerySet[DailyLog]:
    logs = DailyLog.objects.with_retraction()
    return logs.filter(clinic=Given("clinic"), treatment=Given("treatment"))


@Prepared
def _findings() -> QuerySet[Finding, Evidence]:
    return Finding.objects.filter(
        clinic=Given("clinic"), treatment=Given("treatment")
    ).values_list("day", "phase", "rule", "level")


@Prepared
def _flags() -> QuerySet[Flag]:
    supported = SupportChange.objects.filter(flag=OuterRef("pk")).order_by("-at", "-id")
    flags = Flag.objects.filter(clinic=Given("clinic"), treatment=Given("treatment"))
    return (
        with_steps(flags.select_related("review__by"))
        .annotate(supported=Subquery(supported.values("supported")[:1]))
        .order_by("opened_at")
    )

"""The rows of one treatment, as every verb about a course reads them under its lock."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from aftercare.models import (
    DailyLog,
    Finding,
    Flag,
    FollowUp,
    SupportChange,
    Treatment,
)
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


def findings_of(treatment: Treatment) -> tuple[set[Evidence], bool]:
    """Everything that was ever found, and whether anybody has taken a step since."""
    rows = _findings(**_only(treatment))
    return {row[:4] for row in rows}, any(is_followed_up for *_, is_followed_up in rows)


def flags_of(treatment: Treatment, *, followed_up: bool) -> list[Flag]:
    """Every flag, and whether the answers still support it; with the newest steps on it
    where there are any: to look for them takes longer than all the rest."""
    flags = (_flags_with_steps if followed_up else _flags)(**_only(treatment))
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
def _findings() -> QuerySet[Finding, tuple[int, str, str, int, bool]]:
    steps = FollowUp.objects.filter(treatment=OuterRef("treatment"))
    found = Finding.objects.filter(
        clinic=Given("clinic"), treatment=Given("treatment")
    ).annotate(is_followed_up=Exists(steps))
    return found.values_list("day", "phase", "rule", "level", "is_followed_up")


@Prepared
def _flags() -> QuerySet[Flag]:
    supported = SupportChange.objects.filter(flag=OuterRef("pk")).order_by("-at", "-id")
    flags = Flag.objects.filter(clinic=Given("clinic"), treatment=Given("treatment"))
    return (
        flags.select_related("review__by")
        .annotate(supported=Subquery(supported.values("supported")[:1]))
        .order_by("opened_at")
    )


@Prepared
def _flags_with_steps() -> QuerySet[Flag]:
    return with_steps(_flags.queryset)

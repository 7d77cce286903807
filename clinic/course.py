"""Everything that the record knows of one treatment, read once for a page of staff.

A fixed number of queries, however long the course. Nothing here is worded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from aftercare.models import (
    AdviceGiven,
    CallRequest,
    Clinic,
    DailyLog,
    Finding,
    Flag,
    FollowUp,
    MovedPromise,
    Review,
    SupportChange,
    Telling,
    Treatment,
)
from aftercare.promise import OpeningHours
from aftercare.warning_signs.vocabulary import Phase

from .standing import Standing, read_standings


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """One treatment with what was sent, found, said and done; each list oldest first."""

    clinic: Clinic
    treatment: Treatment
    hours: OpeningHours
    standing: Standing | None
    logs: list[DailyLog]
    flags: list[Flag]
    findings: list[Finding]
    follow_ups: list[FollowUp]
    reviews: list[Review]
    advice: list[AdviceGiven]
    call_requests: list[CallRequest]
    support_changes: list[SupportChange]
    tellings: list[Telling]
    moved_promises: list[MovedPromise]
    at: datetime

    @property
    def today(self) -> int:
        """The day of the treatment, on the clinic's calendar."""
        return self.treatment.day_of(self.at.astimezone(self.clinic.zoneinfo).date())

    @property
    def last_review(self) -> Review | None:
        """The newest review that stands."""
        standing = [review for review in self.reviews if review.undone_at is None]
        return standing[-1] if standing else None

    def findings_of(self, flag: Flag) -> list[Finding]:
        """The evidence of a flag, newest first."""
        return [one for one in reversed(self.findings) if one.flag_id == flag.pk]

    def newest_finding(self, flag: Flag) -> UUID | None:
        return next((finding.pk for finding in self.findings_of(flag)), None)

    def is_supported(self, flag: Flag) -> bool:
        """Whether the current answers still support a flag."""
        changes = [one for one in self.support_changes if one.flag_id == flag.pk]
        return changes[-1].supported if changes else True

    def log(self, key: UUID | None) -> DailyLog | None:
        return next((log for log in self.logs if log.pk == key), None)

    @property
    def logs_that_count(self) -> list[DailyLog]:
        return [log for log in self.logs if log.counts and log.phase == Phase.POST]


def read_course(treatment: Treatment, clinic: Clinic, at: datetime) -> CourseRecord:
    """Read a treatment, its patient already with it, as of a moment."""
    hours = clinic.opening_hours()
    standings = read_standings(clinic, at, hours, treatment.pk)
    flags = treatment.flags.select_related("review__by")
    return CourseRecord(
        clinic=clinic,
        treatment=treatment,
        hours=hours,
        standing=standings[0] if standings else None,
        logs=treatment.logs.select_related(
            "retraction__by_staff", "entered_by"
        ).of_courses(),
        flags=list(flags.order_by("opened_at", "-level", "id")),
        findings=list(treatment.findings.order_by("at", "id")),
        follow_ups=list(
            treatment.follow_ups.select_related(
                "by", "assigned_to", "undone_by"
            ).order_by("at", "id")
        ),
        reviews=list(
            treatment.reviews.select_related("by", "undone_by")
            .prefetch_related(Prefetch("flags", clinic.flags.order_by("-level", "id")))
            .order_by("at", "id")
        ),
        advice=list(treatment.advice.order_by("shown_at", "id")),
        call_requests=list(treatment.call_requests.order_by("at", "id")),
        support_changes=list(
            clinic.supportchanges.filter(flag__treatment=treatment).order_by("at", "id")
        ),
        tellings=list(
            clinic.tellings.filter(flag__treatment=treatment)
            .select_related("staff")
            .order_by("at", "staff__name", "id")
        ),
        moved_promises=list(
            clinic.movedpromises.filter(flag__treatment=treatment).order_by("at", "id")
        ),
        at=at,
    )

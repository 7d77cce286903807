"""Closed flags: each review with what it closed, who wrote it and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from aftercare.flag_life import UNDO_REVIEW
from aftercare.models import Clinic, Review
from aftercare.warning_signs.findings import said_once
from aftercare.warning_signs.vocabulary import Level

from .deadlines import short_moment

PAGE = 50


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """One review. `can_undo` while its ten minutes run."""

    review: UUID
    treatment: UUID
    patient: UUID
    name: str
    level: Level
    reasons: tuple[str, ...]
    outcome: str
    useful: bool
    by: str
    when: str
    at: datetime
    note: str
    message: str
    plan: str
    can_undo: bool


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """One page, newest first. `next` is the review after which the next page starts."""

    rows: tuple[ClosedRow, ...]
    next: UUID | None


def read_closed(clinic: Clinic, at: datetime, before: UUID | None = None) -> ClosedPage:
    """The reviews of a clinic that stand, newest first, from after one of them on."""
    reviews = clinic.reviews.filter(undone_at__isnull=True)
    last = reviews.filter(pk=before).first() if before else None
    if last is not None:
        reviews = reviews.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(
        reviews.select_related("by", "treatment__patient")
        .prefetch_related("flags")
        .order_by("-at", "-id")[: PAGE + 1]
    )
    rows = tuple(closed_row(review, clinic, at) for review in found[:PAGE])
    return ClosedPage(rows, rows[-1].review if len(found) > PAGE else None)


def closed_row(review: Review, clinic: Clinic, at: datetime) -> ClosedRow:
    """A review in words."""
    flags = sorted(review.flags.all(), key=lambda flag: (-flag.level, flag.pk))
    patient = review.treatment.patient
    return ClosedRow(
        review=review.pk,
        treatment=review.treatment_id,
        patient=patient.pk,
        name=str(patient),
        level=_worst(flags),
        reasons=tuple(flag.reason for flag in said_once(flags)),
        outcome=review.get_outcome_display(),
        useful=review.useful,
        by=review.by.name,
        when=short_moment(review.at, at, clinic),
        at=review.at,
        note=review.note,
        message=review.message,
        plan=review.plan,
        can_undo=at - review.at <= UNDO_REVIEW,
    )


def _worst(flags: Sequence) -> Level:
    return max((flag.urgency for flag in flags), default=Level.PROMPT)

"""A person looked and says how it ended: the only way in which a flag closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from aftercare.flag_life import UNDO_REVIEW
from aftercare.messages.links import link_to
from aftercare.messages.words import NEW_MESSAGE
from aftercare.models import (
    REACHED,
    Flag,
    FollowUp,
    Review,
    StaffMember,
    Treatment,
)
from aftercare.permissions import May, may
from aftercare.warning_signs.vocabulary import Level, Outcome

from . import audit
from .follow_up import NotPossible, Shown, newest_evidence, require_open
from .locking import locked_treatment
from .tell_patient import take_back, tell_patient


@dataclass(frozen=True, slots=True)
class Findings:
    """What the author says: outcome, note, and whether the flags were useful."""

    outcome: Outcome
    note: str
    useful: bool
    safety_net: bool
    message: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review, the flags it closed, and those it left open with the reason for each."""

    review: Review
    closed: tuple[Flag, ...]
    left_open: tuple[tuple[Flag, str], ...]


def review_flags(
    *,
    treatment_id: UUID,
    shown: Shown,
    by: StaffMember,
    findings: Findings,
    at: datetime,
) -> Reviewed:
    """Close the flags that the author was shown, each with its newest evidence.

    `shown` is flag id → id of its newest finding when the form was drawn. A flag that
    got new evidence since, or that this author may not close, stays open.
    """
    with transaction.atomic():
        treatment = locked_treatment(by.clinic, treatment_id)
        flags = newest_evidence(treatment)
        require_open(treatment, [flag for flag in flags if flag.pk in shown])
        contact = closing_contact(treatment)
        require_authority(by, findings, contact)
        verdicts = {
            flag: obstacle(flag, shown, by, findings, contact) for flag in flags
        }
        closing = [flag for flag, reason in verdicts.items() if not reason]
        if not closing:
            raise NotPossible(next(iter(verdicts.values())))
        review = write_review(treatment, closing, by, findings, contact, at)
    left = tuple((flag, reason) for flag, reason in verdicts.items() if reason)
    return Reviewed(review, tuple(closing), left)


def closing_contact(treatment: Treatment) -> FollowUp | None:
    """The last time the patient was reached: spoken to, called in, or seen."""
    return (
        treatment.follow_ups.filter(result__in=REACHED, undone_at__isnull=True)
        .order_by("-at")
        .first()
    )


def require_authority(
    by: StaffMember, findings: Findings, contact: FollowUp | None
) -> None:
    """What must hold for the whole review, whatever the flag."""
    if findings.outcome == Outcome.NOT_REACHED:
        if not may(by, May.REVIEW_EMERGENCY):
            raise NotPossible(
                "Only a clinical lead can close a patient who was not reached."
            )
        if not findings.plan.strip():
            raise NotPossible("Write the plan for this patient.")
        return
    if findings.outcome == Outcome.SENT_BY_MISTAKE:
        return
    if contact is None:
        raise NotPossible("Log a contact first: spoke, they called, or seen.")
    if not findings.safety_net:
        raise NotPossible(
            "Tick that the patient knows what to look for and when to call."
        )


def obstacle(
    flag: Flag,
    shown: Shown,
    by: StaffMember,
    findings: Findings,
    contact: FollowUp | None,
) -> str:
    """Why this flag stays open; empty when nothing stands in the way."""
    if flag.pk not in shown:
        return "It arrived while you were writing."
    if shown[flag.pk] != flag.newest_finding:
        return "New evidence arrived while you were writing."
    if flag.level == Level.EMERGENCY and not may(by, May.REVIEW_EMERGENCY):
        return "An emergency is closed by a clinical lead."
    without_contact = {Outcome.SENT_BY_MISTAKE, Outcome.NOT_REACHED}
    if (
        findings.outcome not in without_contact
        and contact
        and contact.at < flag.opened_at
    ):
        return "It opened after the last contact."
    return ""


def write_review(
    treatment: Treatment,
    closing: list[Flag],
    by: StaffMember,
    findings: Findings,
    contact: FollowUp | None,
    at: datetime,
) -> Review:
    review = Review.objects.create(
        clinic=by.clinic,
        treatment=treatment,
        by=by,
        at=at,
        outcome=findings.outcome,
        contact=contact,
        note=findings.note.strip(),
        useful=findings.useful,
        safety_net=findings.safety_net,
        message=findings.message.strip(),
        plan=findings.plan.strip(),
    )
    review.shown.set(closing)
    treatment.flags.filter(pk__in=[flag.pk for flag in closing]).update(review=review)
    if review.message:
        link = link_to(reverse("today"))
        tell_patient(NEW_MESSAGE, treatment.patient, review.pk, at, link=link)
    audit.record(
        "flag.reviewed",
        by=by,
        clinic=by.clinic,
        at=at,
        patient_id=treatment.patient_id,
        object_id=review.pk,
    )
    return review


def undo_review(
    *, treatment_id: UUID, review_id: UUID, by: StaffMember, at: datetime
) -> list[Flag]:
    """End a review within ten minutes, unless one of its signs was flagged again."""
    with transaction.atomic():
        treatment = locked_treatment(by.clinic, treatment_id)
        review = treatment.reviews.get(pk=review_id)
        late = review.undone_at is not None or at - review.at > UNDO_REVIEW
        if late or treatment.voided_at is not None:
            raise NotPossible("It is too late to undo this.")
        flags = list(review.flags.all())
        again = [flag.rule for flag in flags]
        newer = treatment.flags.filter(rule__in=again, opened_at__gte=review.at)
        if newer.exists():
            raise NotPossible("These signs were flagged again since.")
        review.flags.update(review=None)
        treatment.reviews.filter(pk=review.pk).update(undone_at=at, undone_by=by)
        take_back(NEW_MESSAGE, review.pk, at)
        audit.record(
            "flag.review_undone",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=treatment.patient_id,
            object_id=review.pk,
        )
    return flags

"""What staff do between a flag and its review: acknowledge, contact, assign, snooze.

Giving a row to a clinical lead is in `escalate`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from aftercare.escalation import UNANSWERED, must_escalate
from aftercare.flag_life import LONGEST_SNOOZE, UNDO_ACKNOWLEDGEMENT, has_contact
from aftercare.messages.words import MISSED_CALL
from aftercare.models import (
    REACHED,
    Channel,
    ContactResult,
    Finding,
    Flag,
    FollowUp,
    FollowUpKind,
    StaffMember,
    Treatment,
)
from aftercare.permissions import May, may
from aftercare.warning_signs.vocabulary import Level

from . import audit
from .locking import locked_treatment
from .row_steps import facts_of, steps_on
from .tell_patient import tell_patient

Shown = Mapping[UUID, UUID | None]
"""Flags that the author of a step was shown, each with its newest finding."""

CHANNELS, RESULTS = Channel.choices(), ContactResult.choices()
"""How a patient can be reached and what can come of it, as choices for a form."""

OUT_OF_REACH = "Three attempts without an answer. Escalate to a clinical lead now."
"""What is answered to whoever would try once more."""


class NotPossible(Exception):
    """The step cannot be taken in this state; the message says why, for people.

    `at` is when somebody else was faster, where that is the reason.
    """

    def __init__(self, message: str, at: datetime | None = None) -> None:
        super().__init__(message)
        self.message, self.at = message, at


@dataclass(frozen=True, slots=True)
class Contact:
    """How the patient was reached, or was not."""

    channel: str
    result: str
    said: str = ""

    @property
    def has_reached(self) -> bool:
        """Whether the patient was spoken to, so that closing comes next."""
        return self.result in REACHED


def acknowledge(
    *, treatment_id: UUID, shown: Shown, by: StaffMember, at: datetime
) -> FollowUp:
    """Take a row on. The patient's page then says that a person has looked.

    What got new evidence since the page was drawn stays as it is.
    """
    return take_step("acknowledged", treatment_id, shown, by, at)


def log_contact(
    *,
    treatment_id: UUID,
    shown: Shown,
    by: StaffMember,
    contact: Contact,
    at: datetime,
) -> FollowUp:
    """Record one attempt to reach the patient.

    After enough attempts in vain only a clinical lead goes on; that the patient was
    reached can always be said. Somebody who did not answer the phone is told of the call.
    """
    return take_step(
        "contacted",
        treatment_id,
        shown,
        by,
        at,
        channel=contact.channel,
        result=contact.result,
        said=contact.said,
    )


def assign(
    *,
    treatment_id: UUID,
    shown: Shown,
    by: StaffMember,
    to: StaffMember,
    at: datetime,
) -> FollowUp:
    """Give a row to a colleague of the same clinic."""
    if to.clinic_id != by.clinic_id:
        raise NotPossible("Choose somebody who works here.")
    return take_step("assigned", treatment_id, shown, by, at, assigned_to=to)


def snooze(
    *,
    treatment_id: UUID,
    shown: Shown,
    by: StaffMember,
    until: datetime,
    at: datetime,
) -> FollowUp:
    """Set a row aside until a time, 24 hours at most, after a contact, no emergency."""
    if not at < until <= at + LONGEST_SNOOZE:
        raise NotPossible("Choose a time within the next 24 hours.")
    return take_step("snoozed", treatment_id, shown, by, at, snoozed_until=until)


def undo_acknowledgement(
    *, treatment_id: UUID, step_id: UUID, by: StaffMember, at: datetime
) -> None:
    """Take back one's own acknowledgement within ten seconds; both stay in the record."""
    with transaction.atomic():
        treatment = locked_treatment(by.clinic, treatment_id)
        undone = treatment.follow_ups.filter(
            pk=step_id,
            by=by,
            kind=FollowUpKind.ACKNOWLEDGED,
            undone_at__isnull=True,
            at__gte=at - UNDO_ACKNOWLEDGEMENT,
        ).update(undone_at=at, undone_by=by)
        if not undone:
            raise NotPossible("It is too late to undo this.")
        audit.record(
            "flag.acknowledgement_undone",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=treatment.patient_id,
            object_id=step_id,
        )


def take_step(
    kind: str,
    treatment_id: UUID,
    shown: Shown,
    by: StaffMember,
    at: datetime,
    **details: object,
) -> FollowUp:
    """Write one step on those of the shown flags that are still open."""
    with transaction.atomic():
        _require_working(by, details.get("assigned_to"))
        treatment = locked_treatment(by.clinic, treatment_id)
        flags = [flag for flag in newest_evidence(treatment) if flag.pk in shown]
        require_open(treatment, flags)
        if kind in {FollowUpKind.ACKNOWLEDGED, FollowUpKind.SNOOZED}:
            flags = _as_shown(flags, shown)
        if kind == FollowUpKind.SNOOZED or details.get("result") in UNANSWERED:
            _require_possible(treatment, flags, kind, by)
        step = FollowUp.objects.create(
            clinic=by.clinic, treatment=treatment, kind=kind, by=by, at=at, **details
        )
        step.flags.set(flags)
        if (step.channel, step.result) == (Channel.PHONE, ContactResult.NO_ANSWER):
            phone = by.clinic.phone
            tell_patient(MISSED_CALL, treatment.patient, step.pk, at, phone=phone)
        audit.record(
            f"flag.{kind}",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=treatment.patient_id,
            object_id=step.pk,
        )
    return step


def _require_working(by: StaffMember, to: object) -> None:
    """Who takes a row on works here, and goes on to until the step is written.

    Their row is locked before the treatment's, as it is when somebody leaves.
    """
    keys = {by.pk, to.pk if isinstance(to, StaffMember) else by.pk}
    working = by.clinic.staffmembers.filter(
        pk__in=keys, joined_at__isnull=False, deactivated_at__isnull=True
    ).order_by("pk")
    if len(working.select_for_update(no_key=True)) < len(keys):
        raise NotPossible("Choose somebody who works here.")


def newest_evidence(treatment: Treatment) -> list[Flag]:
    """The open flags, worst first, each with `newest_finding`."""
    newest = Finding.objects.filter(flag=OuterRef("pk")).order_by("-at", "-id")
    return list(
        treatment.flags.open()
        .annotate(newest_finding=Subquery(newest.values("pk")[:1]))
        .order_by("-level", "due_at")
    )


def _as_shown(flags: Sequence[Flag], shown: Shown) -> list[Flag]:
    """The flags whose newest evidence their author has seen."""
    seen = [flag for flag in flags if shown[flag.pk] == flag.newest_finding]
    if not seen:
        raise NotPossible("New evidence arrived. Please read it first.")
    return seen


def require_open(treatment: Treatment, still_open: Sequence[Flag]) -> None:
    """Say who was faster when none of the shown flags is open any more."""
    if still_open:
        return
    closed = treatment.flags.closed().select_related("review__by")
    last = closed.order_by("-review__at").first()
    if last is None:
        raise NotPossible("There is no open flag here.")
    raise NotPossible(f"{last.review.by} already closed this", last.review.at)


def _require_possible(
    treatment: Treatment, flags: Sequence[Flag], kind: str, by: StaffMember
) -> None:
    """Refuse to put aside, or to try in vain, what must be escalated or settled first."""
    facts = [facts_of(flag) for flag in flags]
    steps = steps_on(treatment, flags)
    if must_escalate(facts, steps) and not may(by, May.REVIEW_EMERGENCY):
        raise NotPossible(OUT_OF_REACH)
    if kind != FollowUpKind.SNOOZED:
        return
    if any(flag.level == Level.EMERGENCY for flag in flags):
        raise NotPossible("An emergency cannot be snoozed.")
    if not all(has_contact(flag, steps) for flag in facts):
        raise NotPossible("Log a contact first.")

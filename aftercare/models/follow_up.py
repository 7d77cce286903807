"""What staff did about flags: rows with an author and a moment, never a status column."""

from __future__ import annotations

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from aftercare.warning_signs.vocabulary import Choice, Outcome

from .base import ClinicRow, both_or_neither, coded, one_of
from .flag import Flag
from .people import StaffMember
from .treatment import Treatment

models.TextField.register_lookup(Length)


class FollowUpKind(Choice):
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    CONTACTED = "contacted", "Contact logged"
    ASSIGNED = "assigned", "Assigned"
    SNOOZED = "snoozed", "Snoozed"
    RELEASED = "released", "Given back"
    ESCALATED = "escalated", "Escalated"


GIVEN = ["assigned", "escalated"]
"""The steps by which somebody gets a row."""


class Channel(Choice):
    PHONE = "phone", "Phone"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    IN_PERSON = "in_person", "In person"


class ContactResult(Choice):
    SPOKE = "spoke", "Spoke"
    THEY_CALLED = "they_called", "They called"
    SEEN = "seen", "Seen here"
    NO_ANSWER = "no_answer", "No answer"
    LEFT_MESSAGE = "left_message", "Left a message"


REACHED = (ContactResult.SPOKE, ContactResult.THEY_CALLED, ContactResult.SEEN)


class FollowUp(ClinicRow):
    """One step of follow-up on the flags that its author was shown.

    `woken_at` is when news ended a snooze before its time.
    """

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="follow_ups")
    flags = models.ManyToManyField(Flag, related_name="follow_ups")
    kind = coded(FollowUpKind)
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    assigned_to = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+"
    )
    channel = coded(Channel, null=True)
    result = coded(ContactResult, null=True)
    said = models.TextField(blank=True, max_length=2000)
    snoozed_until = models.DateTimeField(null=True)
    woken_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            one_of("follow_up", "kind", FollowUpKind),
            one_of("follow_up", "channel", Channel),
            one_of("follow_up", "result", ContactResult),
            both_or_neither("follow_up", "undone_at", "undone_by"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(kind="acknowledged"),
                name="follow_up_only_acknowledgement_undone",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="contacted", channel__isnull=False, result__isnull=False
                )
                | (~Q(kind="contacted") & Q(channel__isnull=True, result__isnull=True)),
                name="follow_up_contact_has_result",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=GIVEN, assigned_to__isnull=False)
                | (~Q(kind__in=GIVEN) & Q(assigned_to__isnull=True)),
                name="follow_up_assigned_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="snoozed",
                    snoozed_until__isnull=False,
                    snoozed_until__gt=F("at"),
                )
                | (~Q(kind="snoozed") & Q(snoozed_until__isnull=True)),
                name="follow_up_snooze_has_end",
            ),
            models.CheckConstraint(
                condition=Q(woken_at__isnull=True) | Q(kind="snoozed"),
                name="follow_up_only_snooze_woken",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "treatment", "at"], name="follow_up_by_time")
        ]


def with_steps(flags: QuerySet[Flag]) -> QuerySet[Flag]:
    """Each flag with the newest steps on it, null where there was none.

    `acknowledged_at`, `contacted_at`, `contacted_by` (a name), `reached_at` (a contact
    with an answer), `escalated_at`, and of the newest snooze that was not woken
    `snoozed_at` and `snoozed_until`.
    """
    steps = FollowUp.objects.filter(
        flags=OuterRef("pk"), undone_at__isnull=True
    ).order_by("-at", "-id")
    acknowledged = steps.filter(kind=FollowUpKind.ACKNOWLEDGED)
    contacted = steps.filter(kind=FollowUpKind.CONTACTED)
    escalated = steps.filter(kind=FollowUpKind.ESCALATED)
    snoozes = steps.filter(kind=FollowUpKind.SNOOZED, woken_at__isnull=True)
    return flags.annotate(
        acknowledged_at=Subquery(acknowledged.values("at")[:1]),
        contacted_at=Subquery(contacted.values("at")[:1]),
        contacted_by=Subquery(contacted.values("by__name")[:1]),
        reached_at=Subquery(contacted.filter(result__in=REACHED).values("at")[:1]),
        escalated_at=Subquery(escalated.values("at")[:1]),
        snoozed_at=Subquery(snoozes.values("at")[:1]),
        snoozed_until=Subquery(snoozes.values("snoozed_until")[:1]),
    )


class Review(ClinicRow):
    """A person looked, and said how it ended. It closes the flags that were shown.

    `useful` answers "was this flag useful?". Undone within ten minutes it closes nothing.
    """

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="reviews")
    shown = models.ManyToManyField(Flag, related_name="+")
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = coded(Outcome)
    contact = models.ForeignKey(FollowUp, models.PROTECT, null=True, related_name="+")
    note = models.TextField(max_length=2000)
    useful = models.BooleanField()
    safety_net = models.BooleanField(
        help_text="patient knows what to look for and when to call"
    )
    message = models.TextField(blank=True, max_length=1000, help_text="for the patient")
    plan = models.TextField(blank=True, max_length=1000)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            one_of("review", "outcome", Outcome),
            both_or_neither("review", "undone_at", "undone_by"),
            models.CheckConstraint(
                condition=Q(note__length__gte=10), name="review_note_10_characters"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["sent_by_mistake", "not_reached"])
                | Q(contact__isnull=False, safety_net=True),
                name="review_needs_contact_and_safety_net",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_reached") | ~Q(plan=""),
                name="review_not_reached_needs_plan",
            ),
        ]
        indexes = [models.Index(fields=["clinic", "-at"], name="review_newest")]

"""What is to leave the house: one row per message, sent by `manage.py worker`.

A row is written in the transaction of what it tells, so there is never a message about
something that did not happen, nor a happening whose message was forgotten.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from .base import Row, both_or_neither, one_of
from .clinic import Clinic
from .people import Patient, StaffMember


class MessageChannel(StrEnum):
    """How a message leaves."""

    EMAIL = "email"
    SMS = "sms"


class MessageKind(StrEnum):
    """What a message is about; its words are in `aftercare.messages.words`."""

    ACCOUNT = "account"
    INVITATION = "invitation"
    SIGN_IN_CODE = "sign_in_code"
    REMINDER = "reminder"
    NUDGE = "nudge"
    NEW_MESSAGE = "new_message"
    MISSED_CALL = "missed_call"
    STAFF_URGENT = "staff_urgent"
    STAFF_NOTICE = "staff_notice"


OF_STAFF = (MessageKind.STAFF_URGENT, MessageKind.STAFF_NOTICE)


class GaveUp(StrEnum):
    """Why a message was never sent."""

    REFUSED = "refused"  # the address does not work
    EXPIRED = "expired"  # no way out was open for as long as it was of use
    CANCELLED = "cancelled"  # its reason is gone


class OutgoingMessage(Row):
    """One message to one person by one channel. Its key is its message id for ever.

    `once` makes the reason for it unique: the same reason never sends twice. An account
    message, a password reset for example, belongs to no clinic. Once it is sent or given
    up, address and text are emptied: they may hold a link that lets somebody in.
    """

    clinic = models.ForeignKey(
        Clinic, models.PROTECT, null=True, related_name="messages", db_index=False
    )
    patient = models.ForeignKey(
        Patient, models.PROTECT, null=True, related_name="outgoing"
    )
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="outgoing"
    )
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=8)
    once = models.CharField(max_length=120, unique=True)
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="not before; moved on after each failure")
    expires_at = models.DateTimeField(help_text="of no use after this")
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(
        null=True, help_text="when the front desk had dealt with a failed delivery"
    )
    settled_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, related_name="+"
    )
    gave_up_why = models.CharField(max_length=10, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            one_of("message", "kind", MessageKind),
            one_of("message", "channel", MessageChannel),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(gave_up_at__isnull=True),
                name="message_sent_or_given_up",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, gave_up_at__isnull=True)
                | Q(to="", body=""),
                name="message_emptied_when_done",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False)
                | Q(gave_up_at__isnull=False)
                | (~Q(to="") & ~Q(body="")),
                name="message_waiting_has_text",
            ),
            models.CheckConstraint(condition=~Q(once=""), name="message_has_reason"),
            one_of("message", "gave_up_why", ("", *GaveUp)),
            models.CheckConstraint(
                condition=Q(gave_up_at__isnull=True, gave_up_why="")
                | (Q(gave_up_at__isnull=False) & ~Q(gave_up_why="")),
                name="message_gave_up_for_a_reason",
            ),
            both_or_neither("message", "settled_at", "settled_by"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(gave_up_at__isnull=False),
                name="message_settled_was_given_up",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, gave_up_at__isnull=True),
                name="message_waiting",
            ),
            models.Index(
                fields=["clinic", "patient", "-created_at"], name="message_of_patient"
            ),
            models.Index(
                fields=["clinic", "patient"],
                condition=Q(gave_up_at__isnull=False),
                name="message_given_up",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(kind=MessageKind.STAFF_URGENT, sent_at__isnull=True),
                name="message_alert_unsent",
            ),
            models.Index(
                fields=["channel", "sent_at"],
                condition=Q(sent_at__isnull=False),
                name="message_sent",
            ),
        ]

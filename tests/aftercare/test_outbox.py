"""What is put into the outbox waits there once, or was never put there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from aftercare.messages.outbox import cancel, enqueue
from aftercare.models import MessageChannel, MessageKind, OutgoingMessage
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db


def put(**over: Any) -> None:
    """An invitation to Maya's address, unless told otherwise."""
    message = {
        "kind": MessageKind.INVITATION,
        "channel": MessageChannel.EMAIL,
        "to": "maya@mail.example",
        "subject": "Ashgrove Clinic: your daily check is ready",
        "body": "Open the link.",
        "once": "invitation:1",
        "at": MONDAY,
    }
    enqueue(**(message | over))


def waiting() -> OutgoingMessage:
    return OutgoingMessage.objects.get()


def test_a_message_waits_from_the_moment_it_was_put_there():
    put()
    message = waiting()
    assert message.due_at == message.created_at == MONDAY
    assert message.expires_at == MONDAY + timedelta(hours=72)
    assert message.sent_at is message.gave_up_at is message.leased_until is None


def test_the_same_reason_twice_is_one_message_and_troubles_nobody():
    with transaction.atomic():
        put()
        put(to="other@mail.example", body="Something else.")
        put(once="invitation:2")
    first, second = OutgoingMessage.objects.order_by("once")
    assert first.to == "maya@mail.example"
    assert second.once == "invitation:2"


def test_a_message_of_what_did_not_happen_is_not_there():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"once": ""},
        {"to": " "},
        {"body": ""},
        {"to": "maya@mail.example\nBcc: all@mail.example"},
        {"expires_at": MONDAY},
        {"kind": "gossip"},
        {"channel": "pigeon"},
    ],
)
def test_nothing_is_dropped_in_silence(wrong):
    with pytest.raises(ValueError):  # noqa: PT011  each says its own sentence
        put(**wrong)


def test_a_subject_is_one_line_of_bounded_length():
    put(subject="Ashgrove\r\nBcc: all@mail.example " + "x" * 300)
    assert waiting().subject.startswith("Ashgrove Bcc: all@mail.example xxx")
    assert len(waiting().subject) == 200


def test_nothing_waits_longer_than_three_days():
    put(expires_at=MONDAY + timedelta(days=7))
    put(expires_at=MONDAY + timedelta(minutes=10), once="code:1")
    ends = OutgoingMessage.objects.order_by("expires_at").values_list(
        "expires_at", flat=True
    )
    assert list(ends) == [MONDAY + timedelta(minutes=10), MONDAY + timedelta(hours=72)]


def test_a_message_that_was_taken_back_keeps_no_address_and_is_not_put_back():
    put()
    put(once="invitation:2")
    cancel(once="invitation:1", at=MONDAY + timedelta(minutes=5))
    put()
    message = OutgoingMessage.objects.get(once="invitation:1")
    assert (message.to, message.body) == ("", "")
    assert message.gave_up_at == MONDAY + timedelta(minutes=5)
    assert OutgoingMessage.objects.get(once="invitation:2").gave_up_at is None


def test_a_message_that_was_sent_stays_sent():
    put()
    OutgoingMessage.objects.update(sent_at=MONDAY, to="", body="")
    cancel(once="invitation:1", at=MONDAY)
    assert waiting().gave_up_at is None

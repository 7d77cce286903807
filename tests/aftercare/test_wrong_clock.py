"""A clock that was ahead puts no message off for longer than it can have to wait."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from aftercare.messages.backoff import MESSAGE, TO_STAFF
from aftercare.messages.channel import NotDelivered
from aftercare.models import MessageKind, OutgoingMessage
from aftercare.pulse import AHEAD
from aftercare.services.claim_messages import LEASE, bring_back, claim, mark_sent
from aftercare.worker.timed_work import TIMED_WORK
from tests.aftercare.post import EMAIL, Clock, Letterbox, postman, put, raising
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db

LATER = NotDelivered("mail: SMTPRecipientsRefused 452")
FAST = MONDAY + timedelta(minutes=110)
MORNING = MONDAY + timedelta(hours=9)


def put_off(at: datetime, **over: object) -> OutgoingMessage:
    """A message that a worker whose clock says `at` tried in vain, and has to try again."""
    message = put(kind=MessageKind.STAFF_URGENT, **over)
    postman(Letterbox(raising(LATER)), Clock(at)).send_batch()
    return message


def due(message: OutgoingMessage) -> datetime:
    return OutgoingMessage.objects.get(pk=message.pk).due_at


def test_what_a_fast_clock_put_off_is_sent_now() -> None:
    message, mail = put_off(FAST), Letterbox()
    assert due(message) > FAST
    assert bring_back(MONDAY) == 1
    postman(mail, Clock()).send_batch()
    assert [one.pk for one in mail.taken] == [message.pk]


def test_what_a_fast_clock_put_down_is_sent_now() -> None:
    message = put(at=MONDAY + timedelta(hours=3))
    assert bring_back(MONDAY) == 1
    assert due(message) == MONDAY
    assert bring_back(MONDAY) == 0


def test_what_fails_again_after_that_waits_as_ever() -> None:
    message = put(at=MONDAY + timedelta(hours=3))
    bring_back(MONDAY)
    postman(Letterbox(raising(LATER)), Clock()).send_batch()
    then = due(message)
    assert bring_back(MONDAY) == 0
    assert due(message) == then


@pytest.mark.parametrize(
    ("kind", "longest"),
    [(MessageKind.STAFF_NOTICE, TO_STAFF[1]), (MessageKind.NUDGE, MESSAGE[1])],
)
def test_each_kind_may_wait_for_as_long_as_it_ever_does(kind, longest) -> None:
    message = put(kind=kind)
    waits = OutgoingMessage.objects.filter(pk=message.pk)
    waits.update(tries=9, due_at=MONDAY + longest + AHEAD)
    assert bring_back(MONDAY) == 0
    waits.update(due_at=MONDAY + longest + AHEAD + timedelta(seconds=1))
    assert bring_back(MONDAY) == 1
    assert due(message) == MONDAY


def test_what_is_to_wait_for_the_morning_waits() -> None:
    message = put(kind=MessageKind.MISSED_CALL, due_at=MORNING)
    assert bring_back(MONDAY) == 0
    assert due(message) == MORNING


def test_a_clock_that_is_a_little_ahead_takes_nothing_out_of_anybodys_hands() -> None:
    put()
    claim([EMAIL], MONDAY + AHEAD, 1)
    put(at=MONDAY + AHEAD)
    assert bring_back(MONDAY) == 0


def test_what_a_fast_worker_that_died_had_in_hand_is_anybodys() -> None:
    message = put()
    claim([EMAIL], FAST, 1)
    assert claim([EMAIL], MONDAY + LEASE, 1) == []
    assert bring_back(MONDAY) == 1
    assert [one.pk for one in claim([EMAIL], MONDAY, 1)] == [message.pk]


def test_what_was_sent_is_left_alone() -> None:
    message = put(kind=MessageKind.STAFF_URGENT, at=FAST)
    mark_sent([message.pk], MONDAY)
    assert bring_back(MONDAY) == 0


def test_the_worker_looks_every_minute() -> None:
    [mine] = [work for work in TIMED_WORK if work.do is bring_back]
    assert mine.every <= timedelta(minutes=1)

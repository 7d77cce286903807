"""A message is sent once, or again with the same id, or given up; it is never lost."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from aftercare.logs import PlainFormatter
from aftercare.messages.backoff import (
    CHANNEL,
    DATABASE,
    MESSAGE,
    TO_STAFF,
    WAY_CLOSED,
    backoff,
)
from aftercare.messages.channel import ChannelDown, NotDelivered
from aftercare.messages.outbox import cancel
from aftercare.models import MessageKind, OutgoingMessage
from aftercare.services.claim_messages import (
    LEASE,
    claim,
    give_up,
    give_up_expired,
    try_again,
)
from aftercare.services.send_messages import BATCH, TURN
from tests.aftercare.post import (
    ADDRESS,
    EMAIL,
    SECRET,
    SMS,
    Clock,
    Letterbox,
    postman,
    put,
    raising,
)
from tests.aftercare.test_at_once import at_once
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db

DOWN = ChannelDown("mail: TimeoutError")
REFUSED = NotDelivered("mail: SMTPRecipientsRefused 550 5.1.1", permanent=True)
LATER = NotDelivered("mail: SMTPRecipientsRefused 451 4.7.1")


class Killed(BaseException):
    """The process ends here: nothing after it runs."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


def state(message: OutgoingMessage) -> OutgoingMessage:
    return OutgoingMessage.objects.get(pk=message.pk)


# --- Sent -----------------------------------------------------------------------------


def test_a_message_is_sent_once_and_then_keeps_neither_address_nor_text(clock):
    message, mail = put(), Letterbox()
    hands = postman(mail, clock)
    assert hands.send_batch().sent == 1
    assert hands.send_batch().claimed == 0
    assert [one.body for one in mail.taken] == [f"Open the link: {SECRET}"]
    row = state(message)
    assert (row.to, row.subject, row.body) == ("", "", "")
    assert (row.sent_at, row.tries, row.leased_until) == (MONDAY, 1, None)
    assert row.kind == "invitation"


def test_what_was_rolled_back_is_never_sent(clock):
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    mail = Letterbox()
    postman(mail, clock).send_batch()
    assert mail.tried == []


def test_nothing_is_sent_inside_a_transaction(clock, transactional_db):
    put()
    inside = []
    mail = Letterbox(lambda _: inside.append(connection.in_atomic_block))
    postman(mail, clock).send_batch()
    assert inside == [False]


def test_the_oldest_goes_first_and_what_is_not_due_stays(clock):
    late = put(at=MONDAY + timedelta(minutes=1))
    second, first = put(), put(at=MONDAY - timedelta(minutes=1))
    mail = Letterbox()
    postman(mail, clock).send_batch()
    assert [one.pk for one in mail.taken] == [first.pk, second.pk]
    assert state(late).leased_until is None


def test_each_channel_takes_its_own(clock):
    put(), put(channel=SMS, to="07700 900318")
    mail, texts = Letterbox(), Letterbox()
    postman(mail, clock, channels={EMAIL: mail, SMS: texts}).send_batch()
    assert [one.to for one in texts.taken] == ["07700 900318"]
    assert [one.to for one in mail.taken] == [ADDRESS]
    assert mail.closed == texts.closed == 1


# --- Killed, and back again -------------------------------------------------------------


def test_killed_between_send_and_mark_one_message_goes_out_twice_with_one_id(clock):
    messages = [put() for _ in range(3)]
    mail = Letterbox()

    def take_time_and_die(message):
        ticks.now += 1
        if message.pk == messages[1].pk and not mail.taken[1:]:
            mail.taken.append(message)
            raise Killed

    ticks = Ticks()
    mail.then = take_time_and_die
    with pytest.raises(Killed):
        postman(mail, clock, stopwatch=ticks).send_batch()
    another = postman(mail, clock, stopwatch=ticks)
    assert another.send_batch().claimed == 0, "the lease of the dead still runs"
    clock.now += LEASE
    assert another.send_batch().sent == 2
    sent = Counter(one.pk for one in mail.taken)
    assert sent == {messages[0].pk: 1, messages[1].pk: 2, messages[2].pk: 1}


class Ticks:
    """A stopwatch in the hands of the test."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_database_that_goes_away_after_the_send_costs_no_second_message(
    clock, monkeypatch
):
    put()
    mail = Letterbox()
    hands = postman(mail, clock)
    with monkeypatch.context() as patch:
        patch.setattr(
            "aftercare.services.send_messages.mark_sent",
            lambda *_: (_ for _ in ()).throw(OperationalError),
        )
        with pytest.raises(OperationalError):
            hands.send_batch()
    hands.send_batch()
    assert len(mail.tried) == 1
    assert OutgoingMessage.objects.get().sent_at == MONDAY


def test_a_worker_that_wakes_up_after_its_lease_spoils_nothing(clock):
    message = put()
    [old] = claim([EMAIL], MONDAY, 10)
    clock.now += LEASE
    postman(Letterbox(), clock).send_batch()
    try_again(old, "late", clock.now)
    give_up(old, "late", clock.now)
    assert state(message).sent_at == clock.now
    assert state(message).last_error == ""


def test_asked_to_stop_it_finishes_the_message_in_hand_and_frees_the_rest(clock):
    for _ in range(3):
        put()
    mail = Letterbox()
    hands = postman(mail, clock, stopping=lambda: len(mail.taken) >= 1)
    assert hands.send_batch().sent == 1
    assert OutgoingMessage.objects.filter(leased_until=None).count() == 3
    assert OutgoingMessage.objects.filter(sent_at=None).count() == 2


def test_a_slow_way_out_gives_the_rest_back_before_its_lease_ends(clock):
    for _ in range(3):
        put()
    mail = Letterbox(lambda _: clock.forward(seconds=20))
    hands = postman(mail, clock)
    assert hands.send_batch().sent == 2
    assert TURN + timedelta(seconds=60) < LEASE
    assert OutgoingMessage.objects.exclude(leased_until=None).count() == 0
    assert hands.send_batch().sent == 1


def test_more_than_one_batch_is_sent_batch_by_batch(clock):
    for _ in range(BATCH + 1):
        put()
    hands = postman(Letterbox(), clock)
    assert [hands.send_batch().sent for _ in range(3)] == [BATCH, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_message_once(clock):
    if connection.vendor == "sqlite":
        pytest.skip("one worker is enough for SQLite, and it refuses a second")
    for _ in range(60):
        put()
    box = Letterbox()

    def work():
        ticks = itertools.count()  # each send takes a second: each is marked alone
        hands = postman(box, clock, stopwatch=lambda: next(ticks))
        while hands.send_batch().claimed:
            """There is more."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aftercare.services.send_messages.BATCH", 7)
        assert at_once(work, work, work) == [None] * 3
    assert Counter(one.pk for one in box.tried).most_common(1)[0][1] == 1
    assert len(box.taken) == 60
    assert not OutgoingMessage.objects.filter(sent_at=None).exists()


# --- Failures ---------------------------------------------------------------------------


def test_a_refused_address_is_given_up_at_once_and_leaves_no_address(clock):
    message = put()
    done = postman(Letterbox(raising(REFUSED)), clock).send_batch()
    row = state(message)
    assert done.given_up == 1
    assert (row.gave_up_at, row.gave_up_why) == (MONDAY, "refused")
    assert (row.to, row.subject, row.body) == ("", "", "")
    assert row.last_error == "mail: SMTPRecipientsRefused 550 5.1.1"


def test_a_message_that_is_put_off_does_not_hold_up_the_others(clock):
    first, second = put(), put()

    def put_off_the_first(message):
        if message.pk == first.pk:
            raise LATER

    mail = Letterbox(put_off_the_first)
    hands = postman(mail, clock)
    hands.send_batch()
    assert state(second).sent_at == MONDAY
    row = state(first)
    assert (row.tries, row.leased_until, row.to) == (1, None, ADDRESS)
    assert MONDAY < row.due_at <= MONDAY + MESSAGE[0]


def test_what_fails_in_a_way_nobody_thought_of_is_tried_again(clock):
    message = put()
    hands = postman(Letterbox(raising(TypeError("of Maya"))), clock)
    assert hands.send_batch().failed == 1
    assert state(message).last_error == "TypeError"


def test_a_closed_way_is_knocked_at_once_and_not_by_every_message(clock):
    for _ in range(5):
        put()
    mail, texts = Letterbox(raising(DOWN)), Letterbox()
    put(channel=SMS, to="07700 900318")
    hands = postman(mail, clock, channels={EMAIL: mail, SMS: texts})
    hands.send_batch()
    assert (len(mail.tried), len(texts.taken)) == (1, 1)
    hands.send_batch()
    assert len(mail.tried) == 1, "it rests"
    clock.forward(seconds=60)
    hands.send_batch()
    assert len(mail.tried) == 2
    assert mail.tried[0].pk != mail.tried[1].pk, "one bad message blocks nobody"
    mail.then = lambda _: None
    clock.forward(seconds=60)
    hands.send_batch()
    clock.forward(minutes=1)
    hands.send_batch()
    assert OutgoingMessage.objects.filter(sent_at=None).count() == 0


def test_two_hours_without_a_mail_server_lose_nothing(clock):
    keys = {put().pk for _ in range(100)}
    mail = Letterbox(raising(DOWN))
    hands = postman(mail, clock)
    while clock.now < MONDAY + timedelta(hours=2):
        hands.send_batch()
        clock.forward(minutes=1)
    assert not mail.taken
    assert len(mail.tried) <= 120, "it was not knocked at for every message"
    mail.then = lambda _: None
    while OutgoingMessage.objects.filter(sent_at=None).exists():
        hands.send_batch()
        clock.forward(minutes=1)
        assert clock.now < MONDAY + timedelta(hours=3)
    assert Counter(one.pk for one in mail.taken) == dict.fromkeys(keys, 1)


def test_after_a_long_outage_whatever_waited_leaves_within_minutes(clock):
    message = put()
    mail = Letterbox(raising(DOWN))
    hands = postman(mail, clock, chance=lambda: 0.999)
    while clock.now < MONDAY + timedelta(hours=12):
        hands.send_batch()
        clock.forward(minutes=1)
    mail.then = lambda _: None
    while state(message).sent_at is None:
        hands.send_batch()
        clock.forward(seconds=20)
        assert clock.now < MONDAY + timedelta(hours=12, minutes=7)


@pytest.mark.parametrize("kind", [MessageKind.STAFF_URGENT, MessageKind.STAFF_NOTICE])
@pytest.mark.parametrize("failure", [LATER, DOWN])
def test_what_staff_are_told_is_tried_again_every_five_minutes(clock, kind, failure):
    message = put(kind=kind)
    hands = postman(Letterbox(raising(failure)), clock)
    while clock.now < MONDAY + timedelta(hours=3):
        hands.send_batch()
        assert state(message).due_at <= clock.now + timedelta(minutes=5)
        clock.forward(minutes=1)
    assert state(message).tries > 30


def test_what_has_expired_is_given_up_and_not_sent_late(clock):
    code = put(expires_at=MONDAY + timedelta(minutes=10))
    mail = Letterbox(raising(DOWN))
    hands = postman(mail, clock)
    hands.send_batch()
    mail.then = lambda _: None
    clock.forward(minutes=10)
    assert hands.send_batch().claimed == 0
    assert give_up_expired(clock.now) == 1
    assert mail.taken == []
    row = state(code)
    assert (row.gave_up_why, row.to, row.body) == ("expired", "", "")
    assert row.last_error == "mail: TimeoutError"


def test_after_72_hours_of_failing_it_is_given_up(clock):
    message = put()
    hands = postman(Letterbox(raising(LATER)), clock)
    while state(message).gave_up_at is None:
        hands.send_batch()
        clock.forward(minutes=20)
        give_up_expired(clock.now)
        assert clock.now < MONDAY + timedelta(hours=73)
    assert state(message).gave_up_at >= MONDAY + timedelta(hours=72)
    assert 20 < state(message).tries < 60


def test_what_is_being_sent_as_it_expires_is_left_to_its_sender(clock):
    message = put(expires_at=MONDAY + timedelta(seconds=10))
    claim([EMAIL], MONDAY, 1)
    assert give_up_expired(clock.forward(seconds=10)) == 0
    clock.now += LEASE
    assert give_up_expired(clock.now) == 1
    assert state(message).gave_up_why == "expired"


def test_what_was_taken_back_is_not_sent(clock):
    message, mail = put(), Letterbox()
    cancel(once=message.once, at=MONDAY)
    postman(mail, clock).send_batch()
    assert mail.tried == []
    assert state(message).gave_up_why == "cancelled"


# --- Waiting ----------------------------------------------------------------------------


@pytest.mark.parametrize("bounds", [MESSAGE, TO_STAFF, WAY_CLOSED, CHANNEL, DATABASE])
def test_waits_double_up_to_a_limit_and_are_drawn_by_lot(bounds):
    first, longest = bounds
    highest = [backoff(n, bounds, lambda: 0.9999) for n in range(80)]
    assert highest[0] == pytest.approx(first, abs=timedelta(seconds=1))
    assert highest == sorted(highest)
    assert longest * 0.99 < highest[-1] <= longest
    assert backoff(70, bounds, lambda: 0.0) == timedelta(seconds=1)
    half = backoff(70, bounds, lambda: 0.5)
    assert half == longest / 2


def test_the_next_try_falls_into_the_time_that_is_left():
    left = timedelta(minutes=3)
    assert backoff(20, MESSAGE, lambda: 0.9999, left=left) < left
    assert backoff(20, MESSAGE, lambda: 0.5, left=-left) == timedelta(seconds=1)


# --- What is written about it -------------------------------------------------------------


def test_no_line_of_the_log_holds_an_address_or_a_text(clock, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(PlainFormatter())
    for then in (
        lambda _: None,
        raising(DOWN),
        raising(LATER),
        raising(REFUSED),
        raising(RuntimeError(f"{ADDRESS} {SECRET}")),
    ):
        put()
        postman(Letterbox(then), clock).send_batch()
        clock.forward(hours=1)
    assert "given up" in caplog.text
    assert "RuntimeError" in caplog.text
    for word in (ADDRESS, "maya", SECRET, "Ashgrove"):
        assert word not in caplog.text


# --- The Nth call fails --------------------------------------------------------------------


class Broken(OperationalError):
    """The database went away at this call."""


def drain_with_failure_at(nth: int, mail: Letterbox, clock: Clock) -> bool:
    """Sends a batch in which the nth call to the database fails; whether there was one."""
    calls = itertools.count(1)

    def fail(execute, *rest):
        if next(calls) == nth:
            raise Broken
        return execute(*rest)

    with connection.execute_wrapper(fail):
        try:
            postman(mail, clock).send_batch()
        except Broken:
            return True
    return False


@pytest.mark.django_db(transaction=True)
def test_whichever_call_fails_nothing_is_half_done_and_everything_arrives(clock):
    for nth in itertools.count(1):
        OutgoingMessage.objects.all().delete()
        first, second, third = put(), put(), put()
        mail = Letterbox(
            lambda one, bad=second, put_off=third: (
                raising(REFUSED)(one)
                if one.pk == bad.pk
                else raising(LATER)(one)
                if one.pk == put_off.pk and len(mail.tried) < 5  # noqa: B023
                else None
            )
        )
        failed = drain_with_failure_at(nth, mail, clock)
        for _ in range(20):
            clock.forward(minutes=10)
            postman(mail, clock).send_batch()
        assert state(first).sent_at
        assert state(third).sent_at
        assert state(second).gave_up_why == "refused"
        sent = Counter(one.pk for one in mail.taken)
        assert max(sent.values()) <= 2
        assert sum(sent.values()) <= 3, "at most one was sent twice"
        if not failed:
            break
    assert nth > 5

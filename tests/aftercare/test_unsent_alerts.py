"""A way that takes no alert to staff does not pass for one that works."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from aftercare.health import read_health
from aftercare.messages.channel import NotDelivered
from aftercare.models import MessageKind, OutgoingMessage
from aftercare.models.undelivered import HELD_UP, unsent_alerts
from aftercare.pulse import Fault
from tests.aftercare.post import EMAIL, SMS, Clock, Letterbox, postman, put, raising
from tests.aftercare.test_health import beats, runs
from tests.builders import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.pulse]

NOT_PERMITTED = NotDelivered("mail: SMTPRecipientsRefused 550", permanent=True)
PUT_OFF = NotDelivered("mail: SMTPRecipientsRefused 452")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def alert(at: datetime = MONDAY, **over: object) -> OutgoingMessage:
    return put(kind=MessageKind.STAFF_URGENT, at=at, **over)


def found(at: datetime) -> tuple[Fault, ...]:
    """What has stopped, beside a worker that does its work."""
    beats(at)
    runs(at)
    return read_health(at).faults


def test_a_server_that_refuses_everybody_is_noticed(clock) -> None:
    alert(), put()
    postman(Letterbox(raising(NOT_PERMITTED)), clock).send_batch()
    assert found(MONDAY) == (Fault.ALERTS,)
    assert read_health(MONDAY).since == MONDAY


def test_a_server_that_puts_everybody_off_is_noticed_after_ten_minutes(clock) -> None:
    alert(), put()
    hands = postman(Letterbox(raising(PUT_OFF)), clock)
    while clock.now < MONDAY + HELD_UP:
        hands.send_batch()
        assert found(clock.now) == ()
        clock.forward(minutes=1)
    assert found(clock.now) == (Fault.ALERTS,)


@pytest.mark.parametrize("failure", [NOT_PERMITTED, PUT_OFF])
def test_one_wrong_address_is_no_fault_of_the_house(clock, failure) -> None:
    wrong = alert(to="gone@clinic.example")
    mail = Letterbox(lambda one: raising(failure)(one) if one.pk == wrong.pk else None)
    hands = postman(mail, clock)
    hands.send_batch()
    put(at=clock.forward(minutes=20))
    hands.send_batch()
    assert found(clock.now) == ()


def test_another_way_that_works_excuses_nothing(clock) -> None:
    alert(), alert(channel=SMS, to="07700 900318")
    refusing, texts = Letterbox(raising(NOT_PERMITTED)), Letterbox()
    ways = {EMAIL: refusing, SMS: texts}
    postman(refusing, clock, channels=ways).send_batch()
    assert len(texts.taken) == 1
    assert found(MONDAY) == (Fault.ALERTS,)


def test_what_was_sent_before_or_ahead_of_us_excuses_nothing(clock) -> None:
    put(at=MONDAY - MINUTE)
    postman(Letterbox(), clock).send_batch()
    ahead = put()
    postman(Letterbox(), Clock(MONDAY + timedelta(hours=2))).send_batch()
    assert OutgoingMessage.objects.get(pk=ahead.pk).sent_at > MONDAY
    alert(at=clock.forward(minutes=1))
    postman(Letterbox(raising(NOT_PERMITTED)), clock).send_batch()
    assert found(clock.now) == (Fault.ALERTS,)


def test_a_refusal_of_yesterday_is_no_news(clock) -> None:
    alert()
    postman(Letterbox(raising(NOT_PERMITTED)), clock).send_batch()
    assert found(MONDAY + timedelta(days=1)) == (Fault.ALERTS,)
    assert found(MONDAY + timedelta(days=1, seconds=1)) == ()


def test_what_still_waits_is_news_for_as_long_as_it_waits() -> None:
    alert()
    assert found(MONDAY + timedelta(hours=71)) == (Fault.ALERTS,)


@pytest.mark.parametrize(
    "kind", [one for one in MessageKind if one != MessageKind.STAFF_URGENT]
)
def test_nothing_but_an_alert_turns_the_house_red(clock, kind) -> None:
    put(kind=kind)
    postman(Letterbox(raising(NOT_PERMITTED)), clock).send_batch()
    assert found(MONDAY) == ()


def test_machines_are_told(client: Client, clock, monkeypatch) -> None:
    alert()
    postman(Letterbox(raising(NOT_PERMITTED)), clock).send_batch()
    found(MONDAY)
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["faults"] == ["alerts to staff do not leave"]


def test_it_is_two_looks_into_indexes_however_many_messages_there_are() -> None:
    """It is asked for every page that is opened."""
    numbers = itertools.count()
    rows = [
        OutgoingMessage(
            kind=MessageKind.NUDGE,
            channel=EMAIL,
            once=f"many:{next(numbers)}",
            to="",
            body="",
            created_at=MONDAY - one * MINUTE,
            due_at=MONDAY,
            expires_at=MONDAY,
            sent_at=MONDAY - one * MINUTE,
        )
        for one in range(3000)
    ]
    OutgoingMessage.objects.bulk_create(rows)
    for one in range(30):
        alert(at=MONDAY - one * MINUTE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE aftercare_outgoingmessage")
    plan = unsent_alerts(MONDAY).explain()
    assert "message_alert_unsent" in plan, plan
    assert "message_sent" in plan, plan

"""A flag that was raised by a clock ahead of ours does not keep anybody waiting for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import Flag, OutgoingMessage, Telling, Treatment
from aftercare.pulse import AHEAD
from aftercare.services.ladder import FURTHEST_AHEAD, climb_ladder, due_flags
from tests.aftercare.ladder.telling import flag, letters, told
from tests.builders import EMERGENCY, GLANDS, MONDAY, fever, send_log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_rota", "lead")]

FAST = MONDAY + timedelta(hours=3)


def test_an_emergency_dated_ahead_of_us_is_told_now(treatment: Treatment) -> None:
    send_log(treatment, EMERGENCY, at=FAST)
    assert climb_ladder(MONDAY) == 1
    assert told() == [("raised", "Priya Nair"), ("raised", "Sam Kerr")]
    assert {one.due_at for one in OutgoingMessage.objects.filter(tries=0)} == {MONDAY}


def test_an_urgent_flag_dated_ahead_of_us_is_told_now(treatment: Treatment) -> None:
    send_log(treatment, fever(), at=FAST)
    climb_ladder(MONDAY)
    assert told() == [("raised", "Priya Nair")]


def test_it_is_told_once_and_goes_on_when_its_time_comes(treatment: Treatment) -> None:
    send_log(treatment, fever(), at=FAST)
    climb_ladder(MONDAY)
    assert climb_ladder(MONDAY + timedelta(minutes=1)) == 0
    assert flag().next_rung_at > FAST
    climb_ladder(FAST + timedelta(minutes=30))
    assert ("quarter", "Sam Kerr") in told()
    assert Telling.objects.filter(rung="raised").count() == 1


def test_a_clock_that_is_a_little_ahead_is_waited_for(treatment: Treatment) -> None:
    send_log(treatment, EMERGENCY, at=MONDAY + AHEAD)
    assert climb_ladder(MONDAY) == 0
    assert climb_ladder(MONDAY + AHEAD) == 1


def test_what_is_told_later_is_not_told_earlier(treatment: Treatment) -> None:
    send_log(treatment, GLANDS, at=FAST)
    assert climb_ladder(MONDAY) == 0
    assert letters() == []


def test_only_an_end_of_the_index_is_looked_at(treatment: Treatment) -> None:
    """Many flags wait for days: for a contact that is owed, or for an opening."""
    send_log(treatment, EMERGENCY, at=MONDAY + FURTHEST_AHEAD + timedelta(minutes=2))
    first = treatment.flags.first()
    columns = [one.attname for one in Flag._meta.concrete_fields if one.name != "id"]
    values = {name: getattr(first, name) for name in columns}
    later = {"next_rung_at": MONDAY + 5 * FURTHEST_AHEAD}
    Flag.objects.bulk_create(
        Flag(**values | later | {"rule": f"MADE-UP:{number}"}) for number in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE aftercare_flag")
    with CaptureQueriesContext(connection) as captured:
        assert due_flags(MONDAY) == []
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {captured[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "flag_to_tell" in plan, plan

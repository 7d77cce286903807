"""What a posted log costs: twelve queries, whatever it says and whatever is open."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.services.follow_up import snooze
from tests.aftercare.log_values import CALM
from tests.aftercare.pages import call, queries
from tests.builders import GLANDS, MONDAY, fever, send_log, shown_flags

TEN_FLAGS = CALM | {
    "pain": "9",
    "signs": ["glands", "unwell", "fluid", "spreading", "rash", "marks", "worry"],
    "node_sites": "neck-left",
    "temperature": "39.5",
    "discharge": "pus",
    "spreading": ["hot_skin", "red_streaks", "redness_spreading"],
    "blisters": "widespread",
    "hives": "widespread",
    "marks_more": ["bumps_firm_lumps", "numb_patch"],
    "call_me": "contact_request",
}


def cost(maya: Any, path: str, sent: dict[str, Any]) -> list[str]:
    """The queries of one accepted post, after authentication."""
    with CaptureQueriesContext(connection) as captured:
        answer = maya.post(path, {"key": str(uuid.uuid4())} | sent)
    assert answer.status_code == 303
    return queries(captured)


@pytest.fixture
def path(treatment) -> str:
    return f"/log/{treatment.pk}/"


@pytest.mark.parametrize("sent", [CALM, TEN_FLAGS], ids=["no flag", "ten flags"])
@pytest.mark.parametrize("days", [0, 3], ids=["first log", "after other days"])
def test_a_log_takes_twelve_queries_whatever_it_raises(
    sent, days, maya, treatment, path
):
    for back in range(days, 0, -1):
        send_log(treatment, GLANDS, at=MONDAY - timedelta(days=back))
    asked = cost(maya, path, sent)
    assert (treatment.flags.count() >= 10) == (sent is TEN_FLAGS)
    assert len(asked) <= 12, "\n".join(asked)


def test_a_log_with_blanks_is_read_once_more_before_it_is_stored(maya, path):
    """Whether it raises a flag decides whether it is sent back: five reads more."""
    asked = cost(maya, path, {"pain": "9"})
    assert len(asked) <= 12 + 5, "\n".join(asked)


def test_a_correction_takes_twelve_queries(maya, treatment):
    log = send_log(treatment, GLANDS, fever()).log
    asked = cost(maya, f"/log/{treatment.pk}/correct/{log.pk}/", CALM)
    assert len(asked) <= 12, "\n".join(asked)


def test_a_log_for_an_earlier_day_takes_twelve_queries(maya, treatment, path):
    send_log(treatment, GLANDS)
    day = MONDAY.date() - timedelta(days=2)
    asked = cost(maya, path, TEN_FLAGS | {"for_date": day})
    assert len(asked) <= 12, "\n".join(asked)


def test_a_log_that_wakes_a_row_writes_that_down_in_two_queries_more(
    maya, wall, nurse, treatment, path
):
    send_log(treatment, GLANDS)
    call(treatment, nurse, wall.forward(minutes=1), "spoke")
    snooze(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=nurse,
        until=wall.now + timedelta(hours=4),
        at=wall.now,
    )
    wall.forward(minutes=1)
    asked = cost(maya, path, TEN_FLAGS)
    assert len(asked) <= 12 + 2, "\n".join(asked)

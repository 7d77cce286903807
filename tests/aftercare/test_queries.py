"""What a posted log costs: twelve queries, whatever it says and whatever is open."""

from __future__ import annotations

import uuid
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.services.follow_up import snooze
from aftercare.services.silence import check_silence
from tests.aftercare.log_values import CALM
from tests.aftercare.pages import call, queries
from tests.builders import GLANDS, MONDAY, fever, send_log, shown_flags
from tests.signing_in import sign_in

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


MANY_SIGNS = (
    GLANDS
    | fever("39.5")
    | {
        "pain": 9,
        "discharge_pus": True,
        "hot_skin": True,
        "red_streaks": True,
        "redness_spreading": True,
        "blisters": "widespread",
        "hives": "widespread",
        "numb_patch": True,
        "bumps_firm_lumps": True,
        "contact_request": True,
    }
)

TWELVE = 12
READS = 4
TODAY = MONDAY.date()


def cost(
    client: Any, path: str, sent: dict[str, Any], status: int = HTTPStatus.SEE_OTHER
) -> list[str]:
    """The queries of one post, after authentication."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(path, {"key": str(uuid.uuid4())} | sent)
    assert answer.status_code == status
    return queries(captured)


@pytest.fixture
def path(treatment) -> str:
    return f"/log/{treatment.pk}/"


@pytest.fixture(params=[False, True], ids=["none open", "ten open"])
def ten_open(request, treatment) -> bool:
    """Whether ten flags are open when the log comes."""
    if request.param:
        send_log(treatment, MANY_SIGNS, at=MONDAY - timedelta(hours=2))
        assert treatment.flags.open().count() >= 10
    return request.param


@pytest.mark.parametrize("sent", [CALM, TEN_FLAGS], ids=["no flag", "ten flags"])
@pytest.mark.parametrize("days", [0, 3], ids=["first log", "after other days"])
def test_a_log_takes_twelve_queries_whatever_it_raises(
    sent, days, ten_open, maya, treatment, path
):
    for back in range(days, 0, -1):
        send_log(treatment, GLANDS, at=MONDAY - timedelta(days=back))
    asked = cost(maya, path, sent)
    assert len(asked) <= TWELVE, "\n".join(asked)


def test_a_log_with_blanks_takes_twelve_queries(ten_open, maya, path):
    asked = cost(maya, path, {"pain": "9"})
    assert len(asked) <= TWELVE, "\n".join(asked)


def test_a_log_that_comes_back_for_its_blanks_takes_twelve_queries(
    ten_open, maya, path
):
    asked = cost(maya, path, {"pain": "1"}, status=422)
    assert len(asked) <= TWELVE, "\n".join(asked)


def test_a_correction_takes_twelve_queries(ten_open, maya, treatment):
    log = send_log(treatment, GLANDS, fever()).log
    asked = cost(maya, f"/log/{treatment.pk}/correct/{log.pk}/", CALM)
    assert len(asked) <= TWELVE, "\n".join(asked)


def test_a_correction_that_is_too_late_takes_twelve_queries(
    ten_open, maya, wall, treatment
):
    log = send_log(treatment, GLANDS, fever()).log
    wall.forward(days=4)
    path, sent = f"/log/{treatment.pk}/correct/{log.pk}/", CALM | {"for_date": TODAY}
    asked = cost(maya, path, sent, status=422)
    assert len(asked) <= TWELVE, "\n".join(asked)


def test_a_log_for_an_earlier_day_takes_twelve_queries(ten_open, maya, treatment, path):
    send_log(treatment, GLANDS)
    day = TODAY - timedelta(days=2)
    asked = cost(maya, path, TEN_FLAGS | {"for_date": day})
    assert len(asked) <= TWELVE, "\n".join(asked)


def set_aside(treatment, nurse, wall) -> None:
    """Called about, and snoozed for some hours."""
    call(treatment, nurse, wall.forward(minutes=1), "spoke")
    snooze(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=nurse,
        until=wall.now + timedelta(hours=4),
        at=wall.now,
    )
    wall.forward(minutes=1)


def test_a_log_that_wakes_a_row_takes_twelve_queries(
    ten_open, maya, wall, nurse, treatment, path
):
    send_log(treatment, GLANDS)
    set_aside(treatment, nurse, wall)
    asked = cost(maya, path, TEN_FLAGS)
    assert treatment.follow_ups.filter(woken_at=wall.now).exists()
    assert len(asked) <= TWELVE, "\n".join(asked)


def test_a_log_that_does_all_there_is_to_do_takes_twelve_queries(
    maya, wall, nurse, treatment
):
    """Corrects, raises, opens, wakes, unsupports and asks to be looked for again."""
    log = send_log(treatment, GLANDS, fever()).log
    check_silence(wall.forward(days=2, hours=4))
    set_aside(treatment, nurse, wall)
    worse = {**CALM, "signs": ["glands", "pus"], "pain": "9"}
    asked = cost(maya, f"/log/{treatment.pk}/correct/{log.pk}/", worse)
    written = [sql.split()[2 if "INSERT" in sql else 1] for sql in asked[READS:]]
    assert written == [
        f'"aftercare_{table}"'
        for table in (
            "dailylog",
            "flag",
            "finding",
            "followup",
            "supportchange",
            "advicegiven",
            "treatment",
            "auditentry",
        )
    ]
    assert len(asked) <= TWELVE


def test_a_log_by_telephone_takes_twelve_queries(
    ten_open, wall, nurse, treatment, client
):
    sign_in(client, nurse)
    asked = cost(client, f"/treatments/{treatment.pk}/log/", TEN_FLAGS)
    assert len(asked) <= TWELVE, "\n".join(asked)

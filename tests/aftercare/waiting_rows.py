"""One good row of each kind that keeps a promise, and the bad ones; see `test_constraints`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models

from aftercare.models import (
    Clinic,
    DayRecord,
    Duty,
    Flag,
    Handover,
    MovedPromise,
    OutgoingMessage,
    Patient,
    StaffMember,
    Telling,
)
from tests.builders import MONDAY

from .access_rows import BadRow, Rows

EARLIER = MONDAY - timedelta(minutes=1)


def good_rows(clinic: Clinic, staff: StaffMember, flag: Flag) -> Rows:
    """One row of each kind, not saved."""
    return {
        Duty: Duty(
            clinic=clinic,
            staff=staff,
            starts_at=MONDAY,
            ends_at=MONDAY + timedelta(hours=8),
        ),
        Handover: Handover(clinic=clinic, by=staff, at=MONDAY, open_rows=3),
        Telling: Telling(
            clinic=clinic, flag=flag, raised_at=MONDAY, rung="quarter", at=MONDAY
        ),
        MovedPromise: MovedPromise(
            clinic=clinic, flag=flag, missed_at=MONDAY, at=MONDAY
        ),
        DayRecord: DayRecord(
            clinic=clinic,
            date=MONDAY.date(),
            at=MONDAY,
            open_flags=2,
            unseen=0,
            late=0,
            silent=1,
            undelivered=0,
        ),
    }


def fresh(model: type[models.Model]) -> dict[str, Any]:
    """New values where a copy would break a unique key that is not being tested."""
    return {DayRecord: {"date": date(2026, 1, 1)}}.get(model, {})


BAD: dict[str, BadRow] = {
    "patient_remind_by_known": (Patient, {"remind_by": "pigeon"}),
    "patient_language_known": (Patient, {"language": "la"}),
    "duty_ends_later": (Duty, {"ends_at": MONDAY}),
    "telling_rung_known": (Telling, {"rung": "roof"}),
    "telling_after_the_flag": (Telling, {"at": EARLIER}),
    "moved_promise_was_missed": (MovedPromise, {"at": EARLIER}),
    "moved_promise_lies_ahead": (MovedPromise, {"next_at": MONDAY}),
    "day_record_parts_of_open": (DayRecord, {"late": 3}),
    "message_settled_at_with_settled_by": (
        OutgoingMessage,
        {
            "settled_at": MONDAY,
            "gave_up_at": MONDAY,
            "gave_up_why": "refused",
            "to": "",
            "body": "",
        },
    ),
}

# What two rows may not have in common.
TWICE: dict[str, BadRow] = {
    "duty_once": (Duty, {}),
    "telling_nobody_once": (Telling, {}),
    "moved_promise_once": (MovedPromise, {}),
    "day_record_once": (DayRecord, {"date": date(2026, 1, 2)}),
}

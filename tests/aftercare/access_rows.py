"""One good row of each kind that lets people in or lets data out, and the bad ones.

Each bad row is a good row with one thing made wrong; `test_constraints` inserts them.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import models

from aftercare.models import (
    Clinic,
    Erasure,
    ErasureRequest,
    Export,
    Invitation,
    OutgoingMessage,
    Patient,
    StaffMember,
    TimedRun,
    WorkerBeat,
)
from tests.builders import MONDAY

Rows = dict[type[models.Model], models.Model]
BadRow = tuple[type[models.Model], dict[str, Any]]


def good_rows(clinic: Clinic, staff: StaffMember, patient: Patient) -> Rows:
    """One row of each kind, not saved."""
    return {
        Invitation: Invitation(
            clinic=clinic,
            patient=patient,
            digest="0" * 64,
            created_at=MONDAY,
            expires_at=MONDAY + timedelta(days=7),
        ),
        OutgoingMessage: OutgoingMessage(
            clinic=clinic,
            kind="invitation",
            channel="email",
            once="invitation:1",
            to="maya@mail.example",
            body="Your daily check is ready.",
            created_at=MONDAY,
            due_at=MONDAY,
            expires_at=MONDAY + timedelta(days=3),
        ),
        WorkerBeat: WorkerBeat(name="desk:1", started_at=MONDAY, at=MONDAY),
        TimedRun: TimedRun(name="sessions", next_at=MONDAY),
        ErasureRequest: ErasureRequest(clinic=clinic, patient=patient, asked_at=MONDAY),
        Erasure: Erasure(
            clinic=clinic, patient=uuid.uuid4(), at=MONDAY, reason="asked", rows=1
        ),
        Export: Export(
            clinic=clinic,
            by_staff=staff,
            patient=patient,
            what="record",
            at=MONDAY,
            reason="The patient moves to another clinic.",
        ),
    }


def fresh(model: type[models.Model]) -> dict[str, Any]:
    """New values where a copy would break a unique key that is not being tested."""
    again = {
        Invitation: {"digest": uuid.uuid4().hex * 2},
        OutgoingMessage: {"once": str(uuid.uuid4())},
        WorkerBeat: {"name": str(uuid.uuid4())},
        TimedRun: {"name": str(uuid.uuid4())},
        Erasure: {"patient": uuid.uuid4()},
    }
    return again.get(model, {})


BAD: dict[str, BadRow] = {
    "clinic_retention_possible": (Clinic, {"retention_months": 5}),
    "invitation_for_one": (Invitation, {"patient_id": None}),
    "invitation_ends_later": (Invitation, {"expires_at": MONDAY}),
    "invitation_tries": (Invitation, {"tries": 6}),
    "invitation_accepted_was_used": (Invitation, {"accepted_at": MONDAY}),
    "message_kind_known": (OutgoingMessage, {"kind": "gossip"}),
    "message_channel_known": (OutgoingMessage, {"channel": "pigeon"}),
    "message_sent_or_given_up": (
        OutgoingMessage,
        {
            "sent_at": MONDAY,
            "gave_up_at": MONDAY,
            "gave_up_why": "expired",
            "to": "",
            "body": "",
        },
    ),
    "message_emptied_when_done": (OutgoingMessage, {"sent_at": MONDAY}),
    "message_waiting_has_text": (OutgoingMessage, {"body": ""}),
    "message_has_reason": (OutgoingMessage, {"once": ""}),
    "message_gave_up_why_known": (
        OutgoingMessage,
        {"gave_up_at": MONDAY, "gave_up_why": "bored", "to": "", "body": ""},
    ),
    "message_gave_up_for_a_reason": (
        OutgoingMessage,
        {"gave_up_at": MONDAY, "to": "", "body": ""},
    ),
    "worker_has_name": (WorkerBeat, {"name": ""}),
    "timed_run_has_name": (TimedRun, {"name": ""}),
    "timed_run_goes_on": (TimedRun, {"began_at": MONDAY}),
    "timed_run_began_before_it_was_done": (TimedRun, {"done_at": MONDAY}),
    "erasure_request_answer_known": (
        ErasureRequest,
        {"answered_at": MONDAY, "answer": "perhaps"},
    ),
    "erasure_request_answered": (ErasureRequest, {"answered_at": MONDAY}),
    "erasure_request_kept_with_words": (
        ErasureRequest,
        {"answered_at": MONDAY, "answer": "keep"},
    ),
    "erasure_has_reason": (Erasure, {"reason": ""}),
    "export_what_known": (Export, {"what": "everything", "patient_id": None}),
    "export_has_reason": (Export, {"reason": ""}),
    "export_of_a_record_has_patient": (Export, {"patient_id": None}),
}

"""What tests of pages ask: the queries that a page takes, and its words."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftercare.models import StaffMember, Treatment
from aftercare.services.follow_up import Contact, acknowledge, log_contact
from aftercare.services.review_flags import Findings, review_flags
from aftercare.warning_signs.vocabulary import Outcome
from tests.builders import shown_flags

NOT_QUERIES = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
WHO_IS_IT = (
    "django_session",
    "aftercare_login",
    "aftercare_staffmember",
    "aftercare_workerbeat",
)


def queries(captured: CaptureQueriesContext) -> list[str]:
    """Queries after authentication, without savepoints: what the budgets count."""
    return [
        sql
        for sql in (query["sql"] for query in captured.captured_queries)
        if not sql.startswith(NOT_QUERIES)
        and "'aftercare.clinic'" not in sql  # the second wall goes up
        and not any(f'FROM "{table}"' in sql for table in WHO_IS_IT)
        and not re.search(r'FROM "aftercare_patient".*"login_id" =', sql)
    ]


def queries_of(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return queries(captured)


def words(page: Any) -> str:
    """What a page says, without its markup, in one line."""
    body = page.content.decode().partition("<body")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def open_flags(treatment: Treatment) -> Any:
    return shown_flags(treatment)


def look(treatment: Treatment, by: StaffMember, at: datetime) -> Any:
    """Somebody takes the open flags on."""
    return acknowledge(
        treatment_id=treatment.pk, shown=open_flags(treatment), by=by, at=at
    )


def call(treatment: Treatment, by: StaffMember, at: datetime, result: str) -> Any:
    """Somebody calls the patient about the open flags."""
    contact = Contact("phone", result)
    return log_contact(
        treatment_id=treatment.pk,
        shown=open_flags(treatment),
        by=by,
        contact=contact,
        at=at,
    )


def close(
    treatment: Treatment,
    by: StaffMember,
    at: datetime,
    message: str = "",
    outcome: Outcome = Outcome.ADVISED,
) -> Any:
    """A review of every open flag, after a call."""
    shown = {
        flag.pk: flag.findings.order_by("-at", "-id")
        .values_list("pk", flat=True)
        .first()
        for flag in treatment.flags.open()
    }
    findings = Findings(
        outcome, "Spoke about it and when to call.", True, True, message
    )
    return review_flags(
        treatment_id=treatment.pk, shown=shown, by=by, findings=findings, at=at
    )

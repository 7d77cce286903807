"""When the worker would next find something to do, by kind of work: one query.

The real worker looks for itself every second. For weeks of simulated time that is too
often, so this says in which minutes a look would find nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection

NEVER = datetime.max.replace(tzinfo=UTC)

POST = "the outbox"
KINDS = (
    "climb the ladder",
    "send reminders",
    "send nudges",
    "check for silence",
    "give up expired messages",
    POST,
)

FIRST = """
SELECT
  (SELECT MIN(next_rung_at) FROM aftercare_flag WHERE review_id IS NULL),
  (SELECT MIN(next_prompt_at) FROM aftercare_treatment),
  (SELECT MIN(nudge_at) FROM aftercare_treatment),
  (SELECT MIN(next_due_at) FROM aftercare_treatment WHERE voided_at IS NULL),
  (SELECT MIN(expires_at) FROM aftercare_outgoingmessage
    WHERE sent_at IS NULL AND gave_up_at IS NULL),
  (SELECT MIN(due_at) FROM aftercare_outgoingmessage
    WHERE sent_at IS NULL AND gave_up_at IS NULL)
"""


def first_due() -> dict[str, datetime]:
    """For each kind of work the first moment at which there is any."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST)
        return dict(zip(KINDS, map(moment, cursor.fetchone()), strict=True))


def moment(found: datetime | str | None) -> datetime:
    """As the database says it: SQLite in words, in UTC and without saying so."""
    if found is None:
        return NEVER
    if isinstance(found, str):
        found = datetime.fromisoformat(found)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found

"""What a log would raise, asked before it is stored."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from aftercare.models import Patient, StaffMember
from aftercare.warning_signs.assessment import assess, supported_by
from aftercare.warning_signs.vocabulary import Level, Phase

from .locked_course import lock_course
from .submit_log import LogEntry, draft, require_access


def would_flag(
    *, treatment_id: UUID, by: Patient | StaffMember, entry: LogEntry, at: datetime
) -> bool:
    """Whether a log with blanks, read as "no", raises a flag by itself. Stores nothing.

    The days before it count as history; other logs of its day do not.
    """
    with transaction.atomic():
        course = lock_course(by.clinic, treatment_id)
    require_access(course, by)
    log = draft(course, by, entry, at)
    others = [
        old for old in course.logs if (old.day, old.phase) != (log.day, log.phase)
    ]
    facts, log_facts = course.course([*others, log]), log.facts()
    supported = supported_by(facts, log_facts)
    results = assess(facts, log.day, Phase(log.phase)).results
    return any(
        result.level >= Level.PROMPT and result.key in supported for result in results
    )

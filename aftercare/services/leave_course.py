"""A patient leaves the course: nobody asks after them any more, until they come back.

What is in the record stays, open flags stay with the staff, and a log that is sent
all the same is judged and answered like any other.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from aftercare.models import Patient, Treatment

from . import audit
from .follow_up import NotPossible
from .locking import locked_record
from .remind import plan
from .silence import next_noon
from .silent_course import read_silent

STOPPED = ("next_due_at", "next_prompt_at", "nudge_at")
"""What would have been done by the clock: looking for silence, and reminding."""


def leave_course(*, by: Patient, at: datetime) -> int:
    """Stop every check and reminder of a patient; how many treatments it was about.

    `NotPossible` where there is nothing that could be stopped.
    """
    with transaction.atomic():
        _, treatments = locked_record(by.clinic, by.pk)
        standing = _standing(treatments)
        if not standing:
            raise NotPossible("There is no treatment that we check on.")
        left = [one for one in standing if one.left_at is None]
        for treatment in left:
            treatment.left_at = at
            for name in STOPPED:
                setattr(treatment, name, None)
            treatment.save(update_fields=["left_at", *STOPPED])
            _record("course.left", by, treatment, at)
    return len(left)


def come_back(*, by: Patient, at: datetime) -> int:
    """Check on the patient again from now on; how many treatments it was about.

    What would have been noticed meanwhile is not: it was asked that nobody looks.
    """
    with transaction.atomic():
        _, treatments = locked_record(by.clinic, by.pk)
        left = [one for one in _standing(treatments) if one.left_at is not None]
        for course in read_silent(left):
            treatment = course.treatment
            treatment.left_at = None
            treatment.next_due_at = next_noon(course, at)
            plan(treatment)
            treatment.save(update_fields=["left_at", "next_due_at", "next_prompt_at"])
            _record("course.rejoined", by, treatment, at)
    return len(left)


def _standing(treatments: list[Treatment]) -> list[Treatment]:
    return [one for one in treatments if one.voided_at is None]


def _record(verb: str, by: Patient, treatment: Treatment, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        clinic=by.clinic,
        at=at,
        patient_id=by.pk,
        object_id=treatment.pk,
    )

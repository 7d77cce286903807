"""A clinic's whole history judged once more, with other parameters. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice
from uuid import UUID

from aftercare.models import Clinic, DailyLog, Treatment
from aftercare.warning_signs.facts import Course
from aftercare.warning_signs.parameters import Parameters
from aftercare.warning_signs.shadow import Compared, Shadow

AT_ONCE = 200
"""Courses in memory at a time."""


def reassess(
    clinic: Clinic, parameters: Parameters, since: date | None = None
) -> Iterator[tuple[UUID, Compared]]:
    """What becomes of each result, course by course; those treated since a date.

    What the clock and the procedure record raise is not judged here.
    """
    shadow = Shadow(parameters)
    for treatment, logs in courses(clinic, since):
        course = Course(treatment.procedure(), tuple(log.facts() for log in logs))
        for compared in shadow.compare(course):
            yield treatment.pk, compared


def courses(
    clinic: Clinic, since: date | None = None
) -> Iterator[tuple[Treatment, list[DailyLog]]]:
    """Every treatment that stands with the logs that count, in constant memory."""
    standing = clinic.treatments.filter(voided_at__isnull=True)
    if since is not None:
        standing = standing.filter(performed_on__gte=since)
    coming = standing.order_by("-performed_on", "id").iterator(chunk_size=AT_ONCE)
    while read := {treatment.pk: treatment for treatment in islice(coming, AT_ONCE)}:
        logs = clinic.dailylogs.filter(
            treatment__in=list(read),
            retraction__isnull=True,
            corrected_by__isnull=True,
        )
        ordered = logs.order_by("treatment", "submitted_at", "id")
        for key, of_course in groupby(ordered, key=lambda log: log.treatment_id):
            yield read[key], list(of_course)

"""The daily logs of a record as a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aftercare.models import DailyLog, Patient
from aftercare.models.answers import columns
from aftercare.warning_signs.vocabulary import Sign

from .reading import AT_ONCE

# The wide ones are read like the narrow ones where both are typed.
DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"
NOT_ASKED = "not asked"

TILES = (*(f"signs_{sign}" for sign in Sign), "none_of_these")
ANSWERS = tuple(column.name for column in columns())
HEAD = (
    "log",
    "treatment",
    "procedure",
    "date",
    "day",
    "phase",
    "sent_utc",
    "sent_local",
    "entered_by_staff",
    "stands",
    "corrects",
    "taken_back_because",
    *TILES,
    *ANSWERS,
    "temperature_c",
    "could_not_be_used",
    "best_number",
    "best_time",
    "advice_level",
    "advice_title",
)


def logs_csv(patient: Patient) -> Iterator[bytes]:
    """One line for each log that was ever received, in the order of their arrival.

    It begins with a byte order mark, by which spreadsheets know the letters.
    """
    writer = csv.writer(_Echo())
    yield (BYTE_ORDER_MARK + writer.writerow(HEAD)).encode()
    logs = DailyLog.objects.filter(clinic=patient.clinic_id, treatment__patient=patient)
    logs = logs.select_related("treatment", "advice", "entered_by").with_fate()
    for log in logs.iterator(chunk_size=AT_ONCE):
        row = list(_row(log, patient.clinic.zoneinfo))
        yield writer.writerow(map(neutral, row)).encode()


def neutral(cell: object) -> object:
    """A text that a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(cell, str) and cell.startswith(DANGEROUS):
        return f"'{cell}"
    return cell


def _row(log: DailyLog, zone: ZoneInfo) -> Iterator[object]:
    """The cells of one log, in the order of `HEAD`."""
    yield from (log.pk, log.treatment_id, log.treatment.type)
    yield from (log.for_date.isoformat(), log.day, log.phase)
    yield from (_minute(log.submitted_at, UTC), _minute(log.submitted_at, zone))
    yield log.entered_by.name if log.entered_by else ""
    yield from (_fate(log), log.corrects_id or "")
    yield log.retraction.reason if hasattr(log, "retraction") else ""
    yield from ("ticked" if getattr(log, name) else "not ticked" for name in TILES)
    yield from (_said(getattr(log, name)) for name in ANSWERS)
    yield _said(log.temperature_c)
    yield from (log.unusable, log.best_number, log.best_time or "")
    yield from _told(log)


def _said(value: Any) -> object:
    """An answer as it was given."""
    if value is None:
        return NOT_ASKED
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _fate(log: DailyLog) -> str:
    if hasattr(log, "retraction"):
        return "taken back"
    return "corrected" if hasattr(log, "corrected_by") else "yes"


def _told(log: DailyLog) -> Sequence[str]:
    advice = getattr(log, "advice", None)
    return (advice.get_level_display(), advice.title) if advice else ("", "")


def _minute(moment: datetime, zone: Any) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(" ", "minutes")


class _Echo:
    """Gives back what a CSV writer writes."""

    def write(self, text: str) -> str:
        return text

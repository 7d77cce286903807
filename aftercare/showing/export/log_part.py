"""One log on the page: what was said, what became of it, what the patient was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aftercare.models import AdviceGiven, DailyLog

from .said import AllSaid, all_said
from .stamps import Stamp, full_date

Row = tuple[str, tuple[str, ...]]

ADVICE = (
    ("Why", "why"),
    ("What it can mean", "meaning"),
    ("If nobody answers", "backup"),
    ("Do", "do"),
    ("Do not", "do_not"),
    ("What is usual now", "expected"),
    ("Keep an eye on", "watch"),
    ("Emergency signs", "emergency_signs"),
)


@dataclass(frozen=True, slots=True)
class LogPart:
    """A log with its whole story."""

    title: str
    notes: tuple[str, ...]
    said: AllSaid
    told_title: str
    told: tuple[Row, ...]


def log_part(log: DailyLog, stamp: Stamp) -> LogPart:
    when = "Before treatment" if log.phase == "baseline" else f"Day {log.day}"
    advice = getattr(log, "advice", None)
    return LogPart(
        title=f"{when}, {full_date(log.for_date)}",
        notes=tuple(_notes(log, stamp)),
        said=all_said(log),
        told_title=advice.title if advice else "",
        told=tuple(_told(advice, stamp)) if advice else (),
    )


def _notes(log: DailyLog, stamp: Stamp) -> Iterator[str]:
    """When it came, from whom, and what became of it."""
    by = f" by telephone, written down by {log.entered_by}" if log.entered_by else ""
    yield f"Sent {stamp(log.submitted_at)}{by}."
    if log.corrects:
        yield f"This corrects the log sent {stamp(log.corrects.submitted_at)}."
    if log.conflicts_with:
        before = stamp(log.conflicts_with.submitted_at)
        yield f"The log sent {before} says something else. Both are kept."
    if hasattr(log, "corrected_by"):
        yield (
            f"It was corrected {stamp(log.corrected_by.submitted_at)} "
            "and does not count any more."
        )
    if hasattr(log, "retraction"):
        back = log.retraction
        who = f" by {back.by_staff}" if back.by_staff else ""
        yield (
            f"It was taken back{who} {stamp(back.at)} and does not count. "
            f"The reason: {back.reason}"
        )


def _told(advice: AdviceGiven, stamp: Stamp) -> Iterator[Row]:
    if advice.action:
        yield "What to do", _lines(advice.action)
    if advice.call_number:
        yield "Number to call", (advice.call_number,)
    for heading, column in ADVICE:
        if words := getattr(advice, column):
            yield heading, _lines(words)
    if advice.promised_at:
        yield "A person looks by", (stamp(advice.promised_at),)
    yield "Shown", (f"{stamp(advice.shown_at)}, by rules {advice.protocol}",)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line)

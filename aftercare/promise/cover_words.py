"""Spans of time and gaps in cover, in words for staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from .opening_hours import Span
from .words import clock_words, day_words

MOST = 3
"""How many gaps a sentence names."""


def span_words(span: Span, at: datetime, zone: ZoneInfo) -> str:
    """When, seen from `at`: "tomorrow 2pm–6pm", or "now until 6pm" while it runs."""
    closes = clock_words(span.closes.astimezone(zone))
    if span.opens <= at < span.closes:
        return f"now until {closes}"
    return f"{day_words(span.opens, at, zone)} {times_words(span, zone)}"


def times_words(span: Span, zone: ZoneInfo) -> str:
    """From when until when, and the day where it ends on another: "10pm–6am Tuesday"."""
    opens, closes = (moment.astimezone(zone) for moment in span)
    words = f"{clock_words(opens)}–{clock_words(closes)}"
    return words if opens.date() == closes.date() else f"{words} {closes:%A}"


def gap_words(gaps: Sequence[Span], at: datetime, zone: ZoneInfo) -> str:
    """The gaps of a sentence; empty where there are none."""
    said = [span_words(gap, at, zone) for gap in gaps[:MOST]]
    if len(gaps) > MOST:
        return f"{', '.join(said)} and more"
    *first, last = said or [""]
    return f"{', '.join(first)} and {last}" if first else last

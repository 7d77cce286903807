"""Opening hours of a day as people write them: "8:30–13:00, 2pm–6pm".

Whatever cannot be read or cannot be is answered by one sentence (ValueError).
"""

from __future__ import annotations

import re
from datetime import time

from .opening_hours import Interval, refuse_overlap

EXAMPLE = "8:30–13:00, 14:00–18:00"
CLOSED = frozenset({"", "closed", "-", "–"})
NOON, MINUTES, HOURS = 12, 60, 24
# An interval ends on its own day: closing at midnight is the last minute of the day.
LAST_MINUTE = time(23, 59)

_BETWEEN_SPANS = re.compile(r"\s*(?:[,;&+\n]|\band\b)\s*")
_BETWEEN_CLOCKS = re.compile(r"\s*(?:[-‐‑–—]|\bto\b|\buntil\b|\btill\b)\s*")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|h)?")
_WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0)}


def read_hours(text: str) -> tuple[Interval, ...]:
    """The intervals of a day, in order; none when the clinic is closed."""
    text = text.strip().lower()
    if text in CLOSED:
        return ()
    spans = tuple(sorted(_span(part) for part in _BETWEEN_SPANS.split(text) if part))
    refuse_overlap(spans)
    return spans


def hours_text(intervals: tuple[Interval, ...]) -> str:
    """Intervals as they would be typed; empty when there are none."""
    return ", ".join(f"{_clock(one.opens)}–{_clock(one.closes)}" for one in intervals)


def _span(text: str) -> Interval:
    clocks = _BETWEEN_CLOCKS.split(text)
    if len(clocks) != 2:
        raise _unreadable(text)
    opens, closes = _read_clock(clocks[0], text), _read_clock(clocks[1], text)
    if closes == time(0):
        closes = LAST_MINUTE
    if closes <= opens:
        raise ValueError(
            f"Closing at {_clock(closes)} is not after opening at {_clock(opens)}. "
            "Write the evening as 18:00 or 6pm, and close before midnight."
        )
    return Interval(opens, closes)


def _read_clock(text: str, span: str) -> time:
    if text in _WORDS:
        return _WORDS[text]
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise _unreadable(span)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half in {"am", "pm"}:
        if not 1 <= hour <= NOON:
            raise _unreadable(span)
        hour = hour % NOON + (NOON if half == "pm" else 0)
    if (hour, minute) == (HOURS, 0):
        return time(0)
    if hour >= HOURS or minute >= MINUTES:
        raise _unreadable(span)
    return time(hour, minute)


def _unreadable(text: str) -> ValueError:
    return ValueError(f"“{text}” cannot be read. Write hours as {EXAMPLE}.")


def _clock(clock: time) -> str:
    return f"{clock.hour}:{clock.minute:02}"

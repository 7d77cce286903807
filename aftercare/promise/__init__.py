"""When a person will have looked: opening hours, targets and the words for it.

Plain typed Python. There is no clock here: the moment is always handed in.
"""

from aftercare.warning_signs.opening import OpeningState, When

from .cover_words import gap_words, span_words, times_words
from .hours_text import EXAMPLE as HOURS_EXAMPLE
from .hours_text import hours_text, read_hours
from .opening_hours import HORIZON_DAYS, Interval, OpeningHours, Span
from .target import SPECIFIED, Promise, Targets, promise
from .words import (
    clock_words,
    day_words,
    moment_words,
    time_left,
    when,
    zone_words,
)

__all__ = [
    "HORIZON_DAYS",
    "HOURS_EXAMPLE",
    "SPECIFIED",
    "Interval",
    "OpeningHours",
    "OpeningState",
    "Promise",
    "Span",
    "Targets",
    "When",
    "clock_words",
    "day_words",
    "gap_words",
    "hours_text",
    "moment_words",
    "promise",
    "read_hours",
    "span_words",
    "time_left",
    "times_words",
    "when",
    "zone_words",
]

"""What the clinic's clock means for the advice, already put into words.

The rules know no clock and no time zone. Whoever does (`aftercare.promise`) hands over
these few words, so that the same advice can be computed again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OpeningState(StrEnum):
    """Can the clinic keep its promise before it next closes?"""

    OPEN = "open"
    """Open, and the target falls before closing time."""
    CLOSING = "closing"
    """Open, but closing time comes first: nobody may be told to wait for the clinic."""
    CLOSED = "closed"
    """Closed; opens again within the horizon."""
    NO_HOURS = "no_hours"
    """No opening hours within the horizon in which to keep a promise: none is made."""


@dataclass(frozen=True, slots=True)
class When:
    """The promise in words: "10:14am", "tomorrow, 6pm"; empty where there is none."""

    state: OpeningState
    due: str = ""
    opens: str = ""
    closes: str = ""

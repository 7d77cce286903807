"""When a patient is asked for a log: which days, and at what moment of their own day.

Plain typed Python. There is no clock here: the moment is always handed in.
"""

from .moments import (
    LATEST,
    NUDGE_AFTER,
    QUIET_FROM,
    QUIET_UNTIL,
    SPREAD,
    awake,
    is_quiet,
    nudge_moment,
    reminder_moment,
)
from .prompts import PROMPT_DAYS, Prompt, next_prompt, still_of_use
from .silence import Delivery, Known, LastState, Silence, silence_of, silence_words

__all__ = [
    "LATEST",
    "NUDGE_AFTER",
    "PROMPT_DAYS",
    "QUIET_FROM",
    "QUIET_UNTIL",
    "SPREAD",
    "Delivery",
    "Known",
    "LastState",
    "Prompt",
    "Silence",
    "awake",
    "is_quiet",
    "next_prompt",
    "nudge_moment",
    "reminder_moment",
    "silence_of",
    "silence_words",
    "still_of_use",
]

"""How staff read what is owed: what each level promises, and how much time is left."""

from __future__ import annotations

from datetime import datetime, timedelta

from aftercare.flag_life import RowState, State
from aftercare.models import Clinic
from aftercare.promise import clock_words, day_words, time_left
from aftercare.warning_signs.vocabulary import Level

SOON = timedelta(hours=2)
NEAR = frozenset({"yesterday", "tomorrow"})


def promises(clinic: Clinic) -> dict[Level, str]:
    """What is promised for each level of flag, worst first."""
    return {
        Level.EMERGENCY: f"Acknowledge in {clinic.emergency_minutes} min",
        Level.URGENT: f"Review in {_span(clinic.urgent_minutes)}",
        Level.PROMPT: "By end of next working day",
    }


def due_words(state: RowState, at: datetime, clinic: Clinic) -> str:
    """Until when something is owed: time left, or the moment where that is far away."""
    if state.due_at is None:
        return ""
    moment = short_moment(state.due_at, at, clinic)
    if state.state is State.SNOOZED:
        return f"Until {moment}"
    if state.is_late(at) or state.level > Level.PROMPT:
        left = time_left(state.due_at, at)
        return f"Call: {left}" if state.state is State.ACKNOWLEDGED else left
    return f"By {moment}"


def due_state(state: RowState, at: datetime) -> str:
    """How pressing it is: "late", "soon" or nothing."""
    if state.due_at is None or state.state is State.SNOOZED:
        return ""
    if state.is_late(at) or state.level is Level.EMERGENCY:
        return "late"
    urgent = state.level is Level.URGENT or state.due_at - at <= SOON
    return "soon" if urgent else ""


def short_moment(moment: datetime, at: datetime, clinic: Clinic) -> str:
    """A moment on the clinic's clock: "6pm", "tomorrow 6pm", "Thu 6pm", "Thu 4 June 6pm"."""
    local = moment.astimezone(clinic.zoneinfo)
    day = day_words(moment, at, clinic.zoneinfo)
    if day == "today":
        return clock_words(local)
    weekday, _, date = day.partition(" ")
    short = day if day in NEAR else f"{weekday[:3]} {date}".strip()
    return f"{short} {clock_words(local)}"


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{minutes} min"
    return "1 hour" if hours == 1 else f"{hours} hours"

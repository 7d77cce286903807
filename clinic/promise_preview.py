"""What a patient would be told now, with these hours and targets: one line for each level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aftercare.models import Clinic
from aftercare.promise import OpeningHours, Targets, promise, when
from aftercare.warning_signs import advice_words
from aftercare.warning_signs.vocabulary import Level

LEVELS = (Level.EMERGENCY, Level.URGENT, Level.PROMPT)


@dataclass(frozen=True, slots=True)
class Told:
    """One level: what its page says first, and by when somebody looks."""

    level: Level
    title: str
    looks: str


def preview(
    clinic: Clinic, hours: OpeningHours, targets: Targets, at: datetime
) -> tuple[Told, ...]:
    """What the page after a log would say if it came in at `at`."""
    return tuple(_told(level, clinic, hours, targets, at) for level in LEVELS)


def _told(
    level: Level, clinic: Clinic, hours: OpeningHours, targets: Targets, at: datetime
) -> Told:
    said = when(promise(level, at, hours, targets), hours.zone)
    head = {
        Level.EMERGENCY: advice_words.EMERGENCY,
        Level.URGENT: advice_words.URGENT[said.state],
        Level.PROMPT: advice_words.PROMPT[said.state],
    }[level]
    gaps = {
        "clinic": clinic.name,
        "phone": clinic.phone,
        "emergency": clinic.emergency_number,
        "out_of_hours": clinic.out_of_hours_number,
        "due": said.due,
        "opens": said.opens,
        "closes": said.closes,
    }
    looks = f"by {said.due}" if said.due else "no time can be promised"
    return Told(level, head.title.format_map(gaps), looks)

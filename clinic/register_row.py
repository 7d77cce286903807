"""One row of the patients list: how somebody stands today, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.models import Patient, Treatment
from aftercare.reminders import PROMPT_DAYS, LastState, Silence, silence_words
from aftercare.warning_signs.vocabulary import Level

from .medical import day_words
from .patient_rights import left_words


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What is true of the whole page. `undelivered`: sentences by patient."""

    today: date
    undelivered: Mapping[UUID, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient with the newest treatment; `level` is that of the worst open flag.

    `why` says why a silence matters; it is empty for whoever is not silent. `is_pressing`:
    what was last known is a reason to ask soon.
    """

    id: UUID
    name: str
    born: date
    phone: str
    procedure: str
    treatment: UUID | None
    day: str
    last_log: str
    today: str
    why: str
    is_pressing: bool
    undelivered: tuple[str, ...]
    level: Level | None


def patient_row(
    patient: Patient,
    treatments: Mapping[UUID, Treatment],
    silent: Mapping[UUID, Silence],
    facts: RowFacts,
) -> PatientRow:
    treatment = treatments.get(patient.newest)
    silence = silent.get(patient.newest)
    return PatientRow(
        id=patient.pk,
        name=str(patient),
        born=patient.birth_date,
        phone=patient.phone,
        procedure=treatment.get_type_display() if treatment else "No treatment yet",
        treatment=treatment.pk if treatment else None,
        day=day_words(treatment.day_of(facts.today)).lower() if treatment else "",
        last_log=_last_log(treatment, facts.today),
        today=today_words(treatment, silence, facts.today),
        why=silence_words(silence) if silence else "",
        is_pressing=silence is not None and silence.state is LastState.WORSE,
        undelivered=facts.undelivered.get(patient.pk, ()),
        level=Level(patient.open_level) if patient.open_level else None,
    )


def today_words(
    treatment: Treatment | None, silence: Silence | None, today: date
) -> str:
    """How a patient stands with today's log."""
    if treatment is None:
        return ""
    if treatment.left_at is not None:
        return left_words(treatment)
    if treatment.last_date == today:
        return "Logged"
    if silence:
        return missed_words(silence)
    return "Due" if treatment.day_of(today) in PROMPT_DAYS else "Not asked today"


def missed_words(silence: Silence) -> str:
    """How long somebody has been silent who was asked."""
    if silence.state is LastState.NEVER_HEARD:
        return "Not started"
    return "Missed 1 day" if silence.missed == 1 else f"Missed {silence.missed} days"


def _last_log(treatment: Treatment | None, today: date) -> str:
    if treatment is None or treatment.last_date is None:
        return "None yet"
    ago = (today - treatment.last_date).days
    return {0: "Today", 1: "Yesterday"}.get(
        ago, f"Day {treatment.day_of(treatment.last_date)}"
    )

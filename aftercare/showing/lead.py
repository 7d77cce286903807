"""What every page of a patient leads with while a flag is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aftercare.models import Clinic, Patient
from aftercare.promise import OpeningHours, moment_words, promise
from aftercare.warning_signs.opening import OpeningState
from aftercare.warning_signs.vocabulary import Level

from .followed import Done, Followed, followed
from .moments import Clock, clock_of
from .tracker import due, late_words, looked_step


@dataclass(frozen=True, slots=True)
class Lead:
    """The promise of a patient's open flags. `number` is whom to call, if anybody.

    `log_id` is the log whose advice says more.
    """

    level: Level
    title: str
    lines: tuple[str, ...]
    number: str = ""
    log_id: UUID | None = None


def lead_of(patient: Patient, now: datetime) -> Lead | None:
    """The lead of a page, or None while no flag is open; three queries at most."""
    return lead(followed(patient), patient.clinic, clock_of(patient, now))


def lead(
    follow: Followed, clinic: Clinic, clock: Clock, hours: OpeningHours | None = None
) -> Lead | None:
    """The same from what was read already; one query where `hours` are not given."""
    if not follow.open:
        return None
    still = follow.only({flag.pk for flag in follow.open})
    title, number, lines = words(still, clinic, clock, hours)
    logs = [flag.newest_log for flag in still.open if flag.newest_log]
    return Lead(still.level, title, lines, number, next(iter(logs), None))


def words(
    follow: Followed, clinic: Clinic, clock: Clock, hours: OpeningHours | None
) -> tuple[str, str, tuple[str, ...]]:
    """Title, number to call and lines."""
    spoken = follow.spoken()
    if spoken:
        return spoken_to(spoken, clinic, clock)
    step = looked_step(follow, clock)
    said = tuple(f"{line.rstrip('.')}." for line in (step.words, step.detail) if line)
    calls = tried(follow, clock)
    said = (*calls, *said)
    if follow.level is Level.EMERGENCY:
        title = f"Call {clinic.emergency_number} now if it is still there"
        return title, clinic.emergency_number, said
    if follow.level is Level.URGENT:
        return urgent(clinic, clock, hours or clinic.opening_hours(), said)
    return routine(follow, clinic, clock, calls)


def spoken_to(
    call: Done, clinic: Clinic, clock: Clock
) -> tuple[str, str, tuple[str, ...]]:
    title = f"{call.by} is looking after this"
    spoke = f"We spoke to you {clock.at(call.at)}."
    return title, clinic.phone, (spoke, "If it gets worse, log again or call us.")


def urgent(
    clinic: Clinic, clock: Clock, hours: OpeningHours, said: tuple[str, ...]
) -> tuple[str, str, tuple[str, ...]]:
    """Out of hours nobody is told to wait for the clinic."""
    now = promise(Level.URGENT, clock.now, hours, clinic.targets)
    if now.state is OpeningState.OPEN:
        return "Call the clinic today", clinic.phone, said
    number = clinic.out_of_hours_number
    title = f"Call {number} today"
    if now.open_now:
        return title, number, ("The clinic closes soon. Do not wait for us.", *said)
    opens = now.opens_at
    until = moment_words(opens, clock.now, clock.zone) if opens else ""
    closed = (
        f"The clinic is closed until {until}." if until else "The clinic is closed."
    )
    return title, number, (f"{closed} Do not wait for us.", *said)


def tried(follow: Followed, clock: Clock) -> tuple[str, ...]:
    """The last call that nobody answered."""
    unanswered = [call for call in follow.calls() if call.tried][-1:]
    return tuple(
        f"We tried to call you {clock.at(call.at)}. Please call us back."
        for call in unanswered
    )


def routine(
    follow: Followed, clinic: Clinic, clock: Clock, calls: tuple[str, ...]
) -> tuple[str, str, tuple[str, ...]]:
    """A routine flag names its deadline, until somebody has called."""
    more, due_at = "If it gets worse, log again or call us.", due(follow)
    if follow.called():
        return "Please call us back", clinic.phone, (*calls, more)
    if due_at is None:
        number = clinic.out_of_hours_number
        look = "A nurse will look when the clinic opens."
        return f"Call {number} about this", number, (*calls, look)
    if due_at <= clock.now:
        return (
            f"We said {clock.by(due_at)}",
            clinic.phone,
            (*calls, late_words(follow, clock)),
        )
    return f"We will contact you by {clock.by(due_at)}", "", (*calls, more)

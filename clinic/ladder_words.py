"""What was done about a flag that waited, in words for staff: one table for every page."""

from __future__ import annotations

from collections.abc import Iterable

from aftercare.promise.ladder import Rung

# Who was told at each rung, and what is said where there was nobody to tell.
TOLD: dict[Rung, tuple[str, str]] = {
    Rung.RAISED: ("Alerted at once", "Nobody was on call"),
    Rung.QUARTER: ("Backup told", "There was no backup to tell"),
    Rung.LATE: ("Clinical lead told", "There was no clinical lead to tell"),
}
SHORT: dict[Rung, tuple[str, str]] = {
    Rung.RAISED: ("Alerted", "Nobody on call"),
    Rung.QUARTER: ("Backup told", "No backup"),
    Rung.LATE: ("Lead told", "No lead"),
}
NOT_CALLED = ("Nobody called in time. Told", "Nobody called in time, nobody to tell")
"""Somebody had taken it on, and then the time for a contact went by."""


def told_words(rung: str, names: Iterable[str] = (), *, again: bool = False) -> str:
    """Who was told: "Backup told: Sam Kerr", "Nobody was on call"."""
    said, nobody = NOT_CALLED if again else TOLD[Rung(rung)]
    told = list(dict.fromkeys(name for name in names if name))
    return f"{said}: {', '.join(told)}" if told else nobody


def told_shortly(rung: str, *, anybody: bool) -> str:
    """The same for a row of the queue: "Lead told"."""
    said, nobody = SHORT[Rung(rung)]
    return said if anybody else nobody


def moved_words(next_at: str) -> str:
    """What the patient's page said when a time had passed; `next_at` is the new one."""
    if not next_at:
        return "Patient told that we are late, and no new time"
    return f"Patient told a new time: by {next_at}"

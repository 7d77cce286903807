"""What was done about a flag that waited, in words for staff: one table for every page."""

from __future__ import annotations

from collections.abc import Iterable

from aftercare.promise.ladder import Rung

# Who was told at each rung, and what is said where there was nobody to tell.
TOLD: dict[Rung, tuple[str, str]] = {
    Rung.RAISED: ("Alerted", "There was nobody to alert"),
    Rung.QUARTER: ("Backup told", "There was no backup to tell"),
    Rung.LATE: ("Clinical lead told", "There was no clinical lead to tell"),
}
SHORT: dict[Rung, tuple[str, str]] = {
    Rung.RAISED: ("", "Nobody to alert"),
    Rung.QUARTER: ("Backup told", "No backup"),
    Rung.LATE: ("Lead told", "No lead"),
}
ON_CALL = ("Nobody was on call", "Nobody on call")
"""The first rung, with nobody to tell while the clinic was closed; and shortly."""

NOT_CALLED = ("Nobody called in time. Told", "Nobody called in time, nobody to tell")
"""Somebody had taken it on, and then the time for a contact went by."""


def told_words(
    rung: str, names: Iterable[str] = (), *, open_then: bool, again: bool = False
) -> str:
    """Who was told: "Backup told: Sam Kerr", "Nobody was on call".

    `open_then`: whether the clinic was open when they were told.
    """
    said, nobody = NOT_CALLED if again else TOLD[Rung(rung)]
    told = list(dict.fromkeys(name for name in names if name))
    if told:
        return f"{said}: {', '.join(told)}"
    return ON_CALL[0] if rung == Rung.RAISED and not open_then else nobody


def told_shortly(rung: str, *, anybody: bool, open_then: bool) -> str:
    """The same for a row of the queue: "Lead told".

    That somebody was alerted is true of every urgent row, so a row does not say it.
    """
    said, nobody = SHORT[Rung(rung)]
    if anybody:
        return said
    return ON_CALL[1] if rung == Rung.RAISED and not open_then else nobody


def moved_words(next_at: str) -> str:
    """What the patient's page said when a time had passed; `next_at` is the new one."""
    if not next_at:
        return "Patient told that we are late, and no new time"
    return f"Patient told a new time: by {next_at}"

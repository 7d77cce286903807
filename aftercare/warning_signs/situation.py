"""What the advice must know beside the results: whom to call, and who is reading."""

from __future__ import annotations

from dataclasses import dataclass

from .vocabulary import AftercareLapse, Phase, Sign


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom the patient can call: the clinic's settings, never template text."""

    clinic: str
    phone: str
    emergency: str
    out_of_hours: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Who has looked at the same sign before, and when ("8:31am", "yesterday, 6pm")."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Background:
    """The log and its patient.

    `today` is the day after treatment on which the page is read, where the log is for
    an earlier one. `open_flag`: a flag is open from before.
    `late` is the time, in words, by which an earlier promise was not kept.
    """

    signs: frozenset[Sign] = frozenset()
    lapses: frozenset[AftercareLapse] = frozenset()
    risk_factors: frozenset[str] = frozenset()
    phase: Phase = Phase.POST
    today: int | None = None
    open_flag: bool = False
    late: str = ""

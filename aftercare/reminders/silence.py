"""Who has fallen silent, and why it matters: the order in which somebody should ask.

The two scheduled rules raise flags; this orders everybody else who owes a log, so that a
patient who was getting worse is never lost among those who were fine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from aftercare.warning_signs.vocabulary import Level

from .prompts import PROMPT_DAYS


class LastState(IntEnum):
    """What was last known, the more worrying the higher."""

    CALM = 0
    WATCHED = 1
    NEVER_HEARD = 2
    WORSE = 3


class Delivery(StrEnum):
    """What became of the last reminder."""

    NONE = "none"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a patient today. Days are days of treatment.

    `logged` are the days with a log that counts; `last_level` and `got_worse` are those
    of the newest of them; `left`: the patient asked us to stop.
    """

    today: int
    logged: frozenset[int] = frozenset()
    last_level: Level = Level.NONE
    got_worse: bool = False
    high_risk: bool = False
    reminder: Delivery = Delivery.NONE
    left: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Silence:
    """A silence; the greater, the sooner somebody should ask. `missed` counts days."""

    state: LastState
    high_risk: bool
    missed: int
    undelivered: bool


def silence_of(known: Known) -> Silence | None:
    """How silent a patient is; None for one who owes no log of a day before today.

    Whether the reminder arrived decides last: one that did not is the front desk's own
    task, and says that the patient was perhaps never asked.
    """
    missed = missed_days(known)
    if not missed or known.left:
        return None
    return Silence(
        last_state(known),
        known.high_risk,
        len(missed),
        known.reminder is Delivery.FAILED,
    )


def missed_days(known: Known) -> tuple[int, ...]:
    """The days before today that asked for a log since the last one came."""
    last = max(known.logged, default=0)
    return tuple(day for day in PROMPT_DAYS if last < day < known.today)


def last_state(known: Known) -> LastState:
    if known.got_worse or known.last_level >= Level.PROMPT:
        return LastState.WORSE
    if not known.logged:
        return LastState.NEVER_HEARD
    return LastState.WATCHED if known.last_level is Level.WATCH else LastState.CALM


WHY = {
    LastState.WORSE: "The last log was worse or had a warning sign",
    LastState.NEVER_HEARD: "Has never logged",
    LastState.WATCHED: "The last log was to be watched",
    LastState.CALM: "The last log was as expected",
}


def silence_words(silence: Silence) -> str:
    """Why it matters, for staff: "The last log was worse …; higher risk"."""
    more = [
        words
        for said, words in (
            (silence.high_risk, "higher risk"),
            (silence.undelivered, "the last reminder did not arrive"),
        )
        if said
    ]
    return "; ".join((WHY[silence.state], *more)) + "."

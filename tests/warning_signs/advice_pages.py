"""Advice pages of a made-up clinic at every opening state."""

from dataclasses import fields

from aftercare.warning_signs.advice import Advice, Background, Contacts, advice
from aftercare.warning_signs.findings import Result
from aftercare.warning_signs.opening import OpeningState, When
from aftercare.warning_signs.vocabulary import Level

CONTACTS = Contacts("Ashgrove Clinic", "020 7946 0311", "999", "111")
OPEN = When(OpeningState.OPEN, "10:14am", "tomorrow, 8am", "8pm")
CLOSING = When(OpeningState.CLOSING, "tomorrow, 9:30am", "tomorrow, 8am", "8pm")
CLOSED = When(OpeningState.CLOSED, "tomorrow, 10am", "tomorrow, 8am")
NO_HOURS = When(OpeningState.NO_HOURS)
STATES = (OPEN, CLOSING, CLOSED, NO_HOURS)
OUT_OF_HOURS = (CLOSING, CLOSED, NO_HOURS)


def result(rule, level, reason="A sign on day 4.", *, past=False):
    return Result(rule, rule, level, reason, past=past)


def told(*results, day=4, when=OPEN, looked=None, **background):
    level = max((found.level for found in results), default=Level.NONE)
    return advice(level, day, results, when, CONTACTS, Background(**background), looked)


def words_of(page):
    """Every string of a page."""
    found = []
    for part in fields(Advice):
        value = getattr(page, part.name)
        found += value if isinstance(value, tuple) else [str(value)]
    return found

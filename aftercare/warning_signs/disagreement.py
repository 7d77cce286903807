"""Answers that contradict each other: shown on the flag, no level (section 10.11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .case import Case
from .day_facts import DayFacts
from .findings import Result
from .rules.own_words import phrases_in_notes
from .vocabulary import (
    Blisters,
    Discharge,
    FeverState,
    Hives,
    OverallChange,
    Pustules,
    Severity,
)


def _feverish(day: DayFacts) -> bool:
    return day.fever is not FeverState.NONE


def _pus(day: DayFacts) -> bool:
    return Discharge.PUS in day.discharge or day.pustules > Pustules.NONE


def _spreading(day: DayFacts) -> bool:
    return day.redness_spreading or day.red_streaks


def _infected(day: DayFacts) -> bool:
    return _pus(day) or _feverish(day) or _spreading(day) or day.hot_skin


def _blistered(day: DayFacts) -> bool:
    return day.blisters > Blisters.TINGLING_ONLY


# The answers that a shipped phrase speaks of; a clinic's own phrase has none.
MATCHING: dict[str, Callable[[DayFacts], bool]] = {
    "pus": _pus,
    "infected": _infected,
    "swollen gland": lambda day: day.nodes,
    "swollen glands": lambda day: day.nodes,
    "swollen lymph": lambda day: day.nodes,
    "lump in my neck": lambda day: day.nodes,
    "lumps in my neck": lambda day: day.nodes,
    "fever": _feverish,
    "chills": _feverish,
    "shivering": _feverish,
    "blister": _blistered,
    "blisters": _blistered,
    "cold sore": lambda day: day.blisters > Blisters.NONE,
    "hives": lambda day: day.hives > Hives.NONE,
    "spreading": _spreading,
    "getting worse": lambda day: day.overall_change is OverallChange.WORSE,
}


def disagreements(case: Case, results: Iterable[Result]) -> tuple[str, ...]:
    """Where today's answers contradict each other, in words for staff."""
    today = case.today
    found = []
    if (
        "redness" in today.asked
        and today.redness is Severity.NONE
        and today.redness_spreading
    ):
        found.append("Redness none, but redness that is spreading")
    if today.overall_change is OverallChange.BETTER and any(
        result.is_flag for result in results
    ):
        found.append("Better than the day before, but a warning sign")
    found += [
        f"The note says “{phrase}”, the answers do not"
        for phrase in phrases_in_notes(case, case.parameters.text_prompt)
        if phrase in MATCHING and not MATCHING[phrase](today)
    ]
    return tuple(found)

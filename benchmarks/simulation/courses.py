"""How recoveries go, and what patients answer on each of their days.

Not medicine: enough of each kind that every level of the rules is met again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

Answers = dict[str, Any]

CALM_END: Answers = {
    "none_of_these": True,
    "feels_feverish": False,
    "fatigue": "none",
    "node_present": False,
}


@dataclass(frozen=True)
class Recovery:
    """One course: its kind, and from which day to which it shows."""

    kind: str
    onset: int = 0
    lasts: int = 0
    diligence: float = 0.9
    late_after: int = 0

    def answers(self, day: int, by: Random) -> Answers:
        """What the log of a day says."""
        if self.kind in SIGNS and self.onset <= day < self.onset + self.lasts:
            return four(day, change="worse") | SIGNS[self.kind](by)
        return four(day) | CALM_END

    def is_silent(self, day: int) -> bool:
        """Whether nothing makes them log on that day."""
        if self.kind == "never":
            return True
        return self.kind == "vanishes" and day >= self.onset + self.lasts


def four(day: int, change: str = "better") -> Answers:
    """Change, pain, redness and swelling as they usually are on a day."""
    if day <= 1:
        return answered("same", 2, "moderate", "mild")
    if day <= 3:
        return answered(change, 1, "mild", "none")
    return answered(change, 0, "none", "none")


def answered(change: str, pain: int, redness: str, swelling: str) -> Answers:
    return {
        "overall_change": change,
        "pain": pain,
        "redness": redness,
        "swelling": swelling,
    }


def infection(by: Random) -> Answers:
    return {
        "pain": by.randint(5, 8),
        "redness": "moderate",
        "swelling": "mild",
        "signs_pus": True,
        "discharge_pus": True,
        "hot_skin": True,
        "signs_spread": True,
    }


def fever(by: Random) -> Answers:
    value = Decimal(by.choice(("38.1", "38.4", "38.8")))
    return {
        "signs_unwell": True,
        "feels_feverish": True,
        "temperature_value": value,
        "temperature_unit": "C",
        "temperature_c": value,
    }


def glands(by: Random) -> Answers:
    return {
        "signs_glands": True,
        "node_present": True,
        "node_sites_neck": True,
        "node_size": by.choice(("lt_1cm", "1_to_2cm")),
    }


def emergency(by: Random) -> Answers:
    what = by.choice(("breathing_difficulty", "collapse_faint", "chest_pain"))
    return {"signs_emergency": True, f"red_flags_{what}": True}


def worry(_: Random) -> Answers:
    return {"signs_worry": True, "contact_request": True}


def marks(_: Random) -> Answers:
    return {"signs_marks": True, "numb_patch": True}


SIGNS = {
    "infection": infection,
    "fever": fever,
    "glands": glands,
    "emergency": emergency,
    "worry": worry,
    "marks": marks,
    "vanishes": infection,
}

SICK = (
    ("infection", 3, 6),
    ("fever", 3, 4),
    ("glands", 2, 6),
    ("emergency", 0, 2),
    ("worry", 1, 5),
    ("marks", 2, 4),
    ("vanishes", 2, 3),
)
"""A kind of trouble, on which day it begins at the earliest, and how often it is met."""


def drawn(by: Random, signs: float) -> Recovery:
    """By lot: most are calm; `signs` says how much more trouble than usual there is."""
    diligence = by.choice((0.6, 0.85, 0.95))
    trouble = min(0.75, 0.3 * signs)
    lot = by.random()
    if lot < trouble:
        kinds, begins, weights = zip(*SICK, strict=True)
        number = by.choices(range(len(kinds)), weights)[0]
        onset = begins[number] + by.randint(0, 4)
        return Recovery(kinds[number], onset, by.randint(1, 3), diligence)
    if lot < trouble + 0.06:
        return Recovery("never", diligence=0)
    if lot < trouble + 0.13:
        return Recovery("late", diligence=1, late_after=by.randint(2, 3))
    return Recovery("calm", diligence=diligence)

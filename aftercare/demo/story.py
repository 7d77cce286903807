"""The language in which the demo's recoveries are written.

A course is a person, a treatment some days ago, the logs they sent, and what staff did.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from aftercare.warning_signs.treatment_words import ProcedureType, RiskFactor

Answers = dict[str, Any]

DENIED: Answers = {
    "none_of_these": True,
    "red_flags_breathing_difficulty": False,
    "red_flags_collapse_faint": False,
    "red_flags_chest_pain": False,
    "red_flags_vision_change_or_eye_pain": False,
    "node_present": False,
    "feels_feverish": False,
    "fatigue": "none",
    "discharge_clear": False,
    "discharge_pus": False,
    "hot_skin": False,
    "redness_spreading": False,
    "hives": "none",
    "blisters": "none",
    "pustules": "none",
    "bumps_rash": False,
    "numb_patch": False,
    "contact_request": False,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A log for a day of treatment, sent at a local time, or some minutes ago."""

    day: int
    answers: Answers
    clock: str = "08:20"
    minutes_ago: int | None = None


@dataclass(frozen=True, slots=True)
class Did:
    """What a staff member did, some minutes after the newest log, or some minutes ago."""

    what: str
    by: str
    after: int = 0
    minutes_ago: int | None = None
    words: str = ""
    message: str = ""
    outcome: str = "advised"
    result: str = "spoke"


@dataclass(frozen=True, slots=True)
class Course:
    """One invented patient. `day` is today's day of treatment; `about` is for visitors."""

    name: str
    born: date
    phone: str
    day: int
    logs: tuple[Sent, ...] = ()
    staff: tuple[Did, ...] = ()
    depth: str | None = "1.0"
    rf: bool = False
    risks: tuple[RiskFactor, ...] = ()
    areas: str = "Full face"
    products: str = "Numbing cream, hyaluronic serum, plain moisturiser"
    sterile: str = "true"
    about: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> ProcedureType:
        if self.rf:
            return ProcedureType.RF_MICRONEEDLING
        return ProcedureType.MICRONEEDLING

    @property
    def depth_mm(self) -> Decimal | None:
        return Decimal(self.depth) if self.depth else None


def calm(change: str, pain: int, redness: str, swelling: str, **more: Any) -> Answers:
    """The four questions, and "None of these"."""
    return _four(change, pain, redness, swelling) | DENIED | more


def signs(change: str, pain: int, redness: str, swelling: str, **more: Any) -> Answers:
    """The four questions, and what was ticked or written."""
    return _four(change, pain, redness, swelling) | more


def _four(change: str, pain: int, redness: str, swelling: str) -> Answers:
    return {
        "overall_change": change,
        "pain": pain,
        "redness": redness,
        "swelling": swelling,
    }


def temperature(celsius: str) -> Answers:
    """A reading on the thermometer, with the feeling that made them take it."""
    value = Decimal(celsius)
    return {
        "signs_unwell": True,
        "temperature_value": value,
        "temperature_unit": "C",
        "temperature_c": value,
    }


def gland(
    size: str = "lt_1cm", pain: str = "tender_when_pressed", **sites: bool
) -> Answers:
    """A swollen gland that they felt."""
    where = {f"node_sites_{site}": True for site in sites or {"neck": True}}
    return {
        "signs_glands": True,
        "node_present": True,
        "node_size": size,
        "node_pain": pain,
    } | where


def usual(days: int, *, deep: bool = False) -> tuple[Sent, ...]:
    """The first days of a recovery that goes as expected, one log a day."""
    light = (
        calm(
            "same",
            4,
            "severe" if deep else "moderate",
            "moderate",
            discharge_clear=True,
        ),
        calm("same", 3, "moderate", "moderate"),
        calm("better", 2, "moderate", "mild", itch="mild"),
        calm("better", 1, "moderate" if deep else "mild", "mild", peeling="mild"),
        calm("better", 1, "mild", "mild", peeling="moderate"),
        calm("better", 0, "mild", "none", peeling="mild"),
        calm("better", 0, "mild", "none"),
        calm("better", 0, "mild", "none"),
        calm("same", 0, "none", "none"),
    )
    calmest = calm("same", 0, "none", "none")
    clocks = ("19:40", "08:12", "08:31", "07:55", "12:20", "08:05", "20:10", "08:47")
    return tuple(
        Sent(
            day,
            light[day] if day < len(light) else calmest,
            clock=clocks[day % len(clocks)],
        )
        for day in range(days)
    )

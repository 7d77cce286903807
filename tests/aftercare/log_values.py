"""Every value that a log can say: the field, what is sent, the column, what is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aftercare.showing.question_kinds import OneOf, Ticks
from aftercare.showing.questions import every_question

CALM = {
    "overall_change": "better",
    "pain": "0",
    "redness": "none",
    "swelling": "none",
    "signs": "none",
}
SIDED = {"neck", "under_jaw", "front_of_ear"}


def every_value() -> list[tuple[str, str, str, Any]]:
    """(field, value sent, column, value kept) of every answer there is."""
    listed: list[tuple[str, str, str, Any]] = []
    for question in every_question():
        if isinstance(question, Ticks):
            listed += _of_ticks(question)
        elif isinstance(question, OneOf):
            values = [value for value, _ in question.choices()]
            listed += [(question.name, one, question.name, one) for one in values]
    return [
        *listed,
        *(("pain", str(number), "pain", number) for number in range(11)),
        ("still_present_now", "yes", "still_present_now", True),
        ("still_present_now", "no", "still_present_now", False),
        ("free_text", "my cheek", "free_text", "my cheek"),
        ("temperature", "38.2", "temperature_value", Decimal("38.20")),
        ("temperature", "38.2", "temperature_unit", "C"),
        ("temperature", "101.1", "temperature_unit", "F"),
    ]


def _of_ticks(question: Ticks) -> list[tuple[str, str, str, Any]]:
    listed: list[tuple[str, str, str, Any]] = []
    for tick in question.ticks:
        side = "-left" if question.name == "node_sites" and tick.value in SIDED else ""
        listed.append((question.name, tick.value + side, tick.column, True))
    if question.none:
        listed += [(question.name, "none", name, False) for name in question.columns]
    return listed


def needed_by(column: str) -> dict[str, str]:
    """What else must be said for an answer to mean something."""
    if column.startswith("node_"):
        return {"signs": "glands"}
    if column == "blisters_near_eye":
        return {"blisters": "cold_sore"}
    return {"swelling": "mild"} if column.startswith("swelling_sites") else {}

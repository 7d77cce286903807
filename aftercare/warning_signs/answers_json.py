"""The answers of one log in the assess format.

An omitted answer is the "no" of the specification; `null` is *not asked*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from .answer_checks import problems
from .decimals import as_whole
from .facts import Answers, LymphNodes
from .temperature import UnusableTemperature, to_celsius
from .vocabulary import (
    AftercareLapse,
    Blisters,
    Bump,
    Choice,
    ColourChange,
    Discharge,
    FeverMedicine,
    Hives,
    NodePain,
    NodeSite,
    NodeSize,
    OverallChange,
    Pustules,
    RedFlag,
    Scar,
    Severity,
    Sign,
    SwellingSite,
    TemperatureUnit,
)

Reader = Callable[[Any], Any]


class BadValue(ValueError):
    """A value that the form would refuse; the message continues the item's name."""


def whole_number(value: object) -> int:
    """A JSON number without a fraction."""
    whole = as_whole(value)
    if isinstance(whole, bool) or not isinstance(whole, int):
        raise BadValue("must be a whole number")
    return whole


def number(value: object) -> Decimal:
    """A JSON number, as a decimal."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise BadValue("must be a number")
    return Decimal(value)


def yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadValue("must be true or false")
    return value


def text(value: object) -> str:
    if not isinstance(value, str):
        raise BadValue("must be text")
    return value


def one_of(vocabulary: type[Choice]) -> Reader:
    """A reader of one choice."""

    members = {member.value: member for member in vocabulary}

    def read(value: object) -> Choice:
        if not isinstance(value, str) or value not in members:
            raise BadValue(f"must be one of {', '.join(members)}")
        return members[value]

    return read


def several_of(vocabulary: type[Choice]) -> Reader:
    """A reader of a list of choices."""
    read_one = one_of(vocabulary)

    def read(value: object) -> frozenset[Choice]:
        if not isinstance(value, list):
            raise BadValue("must be a list")
        return frozenset(read_one(item) for item in value)

    return read


def fever_medicine(value: object) -> FeverMedicine:
    """True, false or "unsure"."""
    if value == FeverMedicine.UNSURE:
        return FeverMedicine.UNSURE
    return FeverMedicine.YES if yes_or_no(value) else FeverMedicine.NO


def temperature(log: Mapping[str, Any]) -> Decimal | None:
    """The reading in °C, given as value and unit or as `temperature_c`."""
    readings = set()
    try:
        unit = one_of(TemperatureUnit)(log.get("temperature_unit") or "C")
        if log.get("temperature_value") is not None:
            readings.add(to_celsius(number(log["temperature_value"]), unit))
        if log.get("temperature_c") is not None:
            readings.add(to_celsius(number(log["temperature_c"])))
    except UnusableTemperature as error:
        raise BadValue(str(error)) from error
    if len(readings) > 1:
        raise BadValue("is given twice, with different readings")
    return next(iter(readings), None)


# Item: how its value is read, and what it is when omitted.
ITEMS: dict[str, tuple[Reader, Any]] = {
    "red_flags": (several_of(RedFlag), frozenset()),
    "pain": (whole_number, 0),
    "redness": (one_of(Severity), Severity.NONE),
    "redness_spreading": (yes_or_no, False),
    "red_streaks": (yes_or_no, False),
    "hot_skin": (yes_or_no, False),
    "swelling": (one_of(Severity), Severity.NONE),
    "swelling_sites": (several_of(SwellingSite), frozenset()),
    "feels_feverish": (yes_or_no, False),
    "fever_medicine_8h": (fever_medicine, FeverMedicine.NO),
    "fatigue": (one_of(Severity), Severity.NONE),
    "discharge": (several_of(Discharge), frozenset()),
    "pustules": (one_of(Pustules), Pustules.NONE),
    "blisters": (one_of(Blisters), Blisters.NONE),
    "blisters_near_eye": (yes_or_no, False),
    "itch": (one_of(Severity), Severity.NONE),
    "hives": (one_of(Hives), Hives.NONE),
    "bumps": (several_of(Bump), frozenset()),
    "colour_change": (several_of(ColourChange), frozenset()),
    "scar": (several_of(Scar), frozenset()),
    "peeling": (one_of(Severity), Severity.NONE),
    "bruising": (one_of(Severity), Severity.NONE),
    "joint_pain": (yes_or_no, False),
    "rash_elsewhere": (yes_or_no, False),
    "numb_patch": (yes_or_no, False),
    "numbing_symptoms": (yes_or_no, False),
    "overall_change": (one_of(OverallChange), OverallChange.SAME),
    "contact_request": (yes_or_no, False),
    "aftercare_lapses": (several_of(AftercareLapse), frozenset()),
    "still_present_now": (yes_or_no, None),
}
# These have no "not asked": null reads as omitted.
ALWAYS: dict[str, tuple[Reader, Any]] = {
    "signs": (several_of(Sign), frozenset()),
    "free_text": (text, ""),
}
NODE_ITEMS: dict[str, tuple[Reader, Any]] = {
    "present": (yes_or_no, False),
    "sites": (several_of(NodeSite), frozenset()),
    "size": (one_of(NodeSize), NodeSize.UNSURE),
    "pain": (one_of(NodePain), NodePain.NONE),
    "getting_bigger": (yes_or_no, False),
    "hard_or_fixed": (yes_or_no, False),
    "skin_red_over": (yes_or_no, False),
}
TEMPERATURE_KEYS = {"temperature_value", "temperature_unit", "temperature_c"}
ANSWER_KEYS = {*ITEMS, *ALWAYS, *TEMPERATURE_KEYS, "lymph_nodes"}


def read_answers(log: Mapping[str, Any]) -> Answers:
    """The answers of a log. Raises `BadValue` naming every item that is refused."""
    refused: dict[str, str] = {}
    answers = Answers(
        **_values(log, ITEMS, refused),
        **{
            name: default if value is None else value
            for name, value in _values(log, ALWAYS, refused).items()
            for default in [ALWAYS[name][1]]
        },
        lymph_nodes=_lymph_nodes(log.get("lymph_nodes", {}), refused),
        temperature_c=_noting("temperature", refused, temperature, log),
    )
    refused = problems(answers) | refused
    if refused:
        raise BadValue("; ".join(f"{item} {why}" for item, why in refused.items()))
    return answers


def _values(
    raw: Mapping[str, Any],
    items: Mapping[str, tuple[Reader, Any]],
    refused: dict[str, str],
) -> dict[str, Any]:
    """The value of each item, None where null or refused; refusals are noted."""
    values = {}
    for name, (read, default) in items.items():
        value = raw.get(name, default)
        known = value is None or name not in raw
        values[name] = value if known else _noting(name, refused, read, value)
    return values


def _noting(name: str, refused: dict[str, str], read: Reader, value: object) -> Any:
    try:
        return read(value)
    except BadValue as error:
        refused[name] = str(error)
        return None


def _lymph_nodes(raw: object, refused: dict[str, str]) -> LymphNodes:
    if raw is None:
        return LymphNodes()
    if not isinstance(raw, Mapping):
        refused["lymph_nodes"] = "must be an object"
        return LymphNodes()
    node_refusals: dict[str, str] = {}
    nodes = LymphNodes(**_values(raw, NODE_ITEMS, node_refusals))
    refused |= {f"lymph_nodes.{name}": why for name, why in node_refusals.items()}
    return nodes

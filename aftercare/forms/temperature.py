"""A thermometer reading as people type it: "38,2", "101.1 F", "38.2°"."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from aftercare.warning_signs.vocabulary import TemperatureUnit

C, F = TemperatureUnit.CELSIUS, TemperatureUnit.FAHRENHEIT

TYPED = re.compile(r"(?P<value>\d{1,4}(?:[.,]\d{1,6})?)\s*°?\s*(?P<unit>[cCfF]?)")
LOWEST_C, HIGHEST_C = Decimal("32.0"), Decimal("43.0")
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


class Unusable(ValueError):
    """Not a temperature that a living person has; the message says what to do."""


class Reading(NamedTuple):
    """The value and unit as typed, and the same in degrees Celsius, one decimal."""

    value: Decimal
    unit: TemperatureUnit
    celsius: Decimal


def read(typed: str, unit: str | None = None) -> Reading:
    """The reading behind what was typed.

    Without a unit the value says it, since no temperature of a body is possible in
    both. Raises `Unusable`.
    """
    found = TYPED.fullmatch(typed.strip())
    if found is None:
        raise Unusable("Type your temperature as a number, for example 37.5.")
    value = Decimal(found["value"].replace(",", "."))
    said = unit or found["unit"].upper()
    fitting = [one for one in (C, F) if is_possible(celsius(value, one))]
    if not fitting:
        raise Unusable(f"{found['value']} cannot be right. Check it and type it again.")
    if said and said != fitting[0]:
        other = TemperatureUnit(said).label
        raise Unusable(
            f"{found['value']} {other} cannot be right. Did you mean {fitting[0].label}?"
        )
    shown = value.quantize(HUNDREDTH, ROUND_HALF_UP)
    return Reading(shown, fitting[0], celsius(value, fitting[0]))


def celsius(value: Decimal, unit: TemperatureUnit) -> Decimal:
    """Degrees Celsius, one decimal, half up, never through a binary float."""
    degrees = value if unit is C else (value - 32) * 5 / 9
    return degrees.quantize(TENTH, ROUND_HALF_UP)


def is_possible(degrees: Decimal) -> bool:
    return LOWEST_C <= degrees <= HIGHEST_C

"""A temperature as typed, in degrees Celsius (specification 2.2): decimals only."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from .vocabulary import TemperatureUnit

LOWEST_C, HIGHEST_C = Decimal("32.0"), Decimal("43.0")
UNLIKELY_BELOW_C, UNLIKELY_ABOVE_C = Decimal("35.0"), Decimal("41.0")
# Far beyond any reading in any unit; keeps decimals small enough to reckon with.
ABSURD = 1000


class UnusableTemperature(ValueError):
    """A reading that no living person has, most often in the other unit."""


def to_celsius(
    value: Decimal, unit: TemperatureUnit = TemperatureUnit.CELSIUS
) -> Decimal:
    """One decimal, half up. Raises `UnusableTemperature` outside 32.0 to 43.0 °C."""
    if not value.is_finite() or not -ABSURD <= value <= ABSURD:
        raise UnusableTemperature(_refusal(value, unit))
    in_fahrenheit = unit is TemperatureUnit.FAHRENHEIT
    celsius = (value - 32) * 5 / 9 if in_fahrenheit else value
    rounded = celsius.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if not LOWEST_C <= rounded <= HIGHEST_C:
        raise UnusableTemperature(_refusal(value, unit))
    return rounded


def is_unlikely(celsius: Decimal) -> bool:
    """Whether to ask "is this right?"; the reading counts all the same."""
    return celsius < UNLIKELY_BELOW_C or celsius > UNLIKELY_ABOVE_C


def _refusal(value: Decimal, unit: TemperatureUnit) -> str:
    return (
        f"{value} {unit.label} is not between {LOWEST_C} and {HIGHEST_C} °C; did you "
        "mean the other unit?"
    )

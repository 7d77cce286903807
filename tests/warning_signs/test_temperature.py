"""Temperatures as typed (specification 2.2)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aftercare.warning_signs.temperature import (
    UnusableTemperature,
    is_unlikely,
    to_celsius,
)
from aftercare.warning_signs.vocabulary import TemperatureUnit

C, F = TemperatureUnit


@pytest.mark.parametrize(
    ("value", "unit", "celsius"),
    [
        ("38", C, "38.0"),
        ("37.95", C, "38.0"),
        ("37.949", C, "37.9"),
        ("37.75", C, "37.8"),
        ("101.1", F, "38.4"),
        ("101.6", F, "38.7"),
        ("100.4", F, "38.0"),
        ("100.3", F, "37.9"),
        ("31.95", C, "32.0"),
        ("43.04", C, "43.0"),
        ("89.6", F, "32.0"),
        ("109.4", F, "43.0"),
    ],
)
def test_a_reading_is_rounded_half_up_to_one_decimal(
    value: str, unit: TemperatureUnit, celsius: str
) -> None:
    assert to_celsius(Decimal(value), unit) == Decimal(celsius)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("31.94", C),
        ("43.05", C),
        ("101.1", C),
        ("38.2", F),
        ("388", C),
        ("-1e999999", F),
        ("1e999999", F),
        ("NaN", C),
        ("Infinity", C),
    ],
)
def test_a_reading_that_nobody_has_asks_for_the_unit(
    value: str, unit: TemperatureUnit
) -> None:
    with pytest.raises(UnusableTemperature, match="did you mean the other unit"):
        to_celsius(Decimal(value), unit)


@pytest.mark.parametrize(
    ("celsius", "unlikely"),
    [("34.9", True), ("35.0", False), ("41.0", False), ("41.1", True)],
)
def test_an_unlikely_reading_is_taken_and_asked_about(
    celsius: str, unlikely: bool
) -> None:
    assert is_unlikely(to_celsius(Decimal(celsius))) is unlikely

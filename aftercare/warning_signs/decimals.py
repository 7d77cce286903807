"""Decimals that are whole numbers, without ever building a huge one."""

from __future__ import annotations

from decimal import Decimal

MAX_DIGITS = 18


def as_whole(value: object) -> object:
    """A decimal without a fraction as the whole number it is; all else as it came."""
    if (
        isinstance(value, Decimal)
        and value.is_finite()
        and value.adjusted() < MAX_DIGITS
        and value == value.to_integral_value()
    ):
        return int(value)
    return value

"""Parameters that notice when one of a few values is looked at.

Rules are pure: where none of the values that differ was looked at, another set says the
same. So a course need only be judged a second time where it can matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, cast

from .parameters import Parameters
from .treatment_words import RecoveryClass

Values = TypeVar("Values")


@dataclass(slots=True)
class Looked:
    """Whether any of the watched values was looked at since this was last put back."""

    at: bool = False


def watch_differences(
    parameters: Parameters, other: Parameters
) -> tuple[Parameters, Looked]:
    """The first set, watched where the other differs from it."""
    looked = Looked()
    windows = {
        recovery_class.value.lower(): _watched(
            mine, different(mine, other.for_class(recovery_class)), looked
        )
        for recovery_class in RecoveryClass
        for mine in [parameters.for_class(recovery_class)]
    }
    singles = [name for name in different(parameters, other) if name not in windows]
    return _watched(parameters, singles, looked, windows), looked


def different(one: Any, other: Any) -> list[str]:
    """The names of the fields in which two of a kind differ."""
    names = [field.name for field in fields(one)]
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def _watched(
    given: Values,
    names: Iterable[str],
    looked: Looked,
    instead: Mapping[str, object] | None = None,
) -> Values:
    """A copy of which the named fields notice being read; `instead` are other values."""
    kind: Any = type(given)
    watching = type(
        kind.__name__, (kind,), {n: _noticing(kind, n, looked) for n in names}
    )
    copy: Any = object.__new__(watching)
    values = {field.name: getattr(given, field.name) for field in fields(kind)}
    for name, value in (values | dict(instead or {})).items():
        getattr(kind, name).__set__(copy, value)
    return cast(Values, copy)


def _noticing(kind: Any, name: str, looked: Looked) -> property:
    slot = getattr(kind, name)

    def read(self: object) -> object:
        looked.at = True
        return slot.__get__(self)

    return property(read)

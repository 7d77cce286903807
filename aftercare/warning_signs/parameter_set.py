"""A parameter set as a file or a row holds it: {name: value or {class: value}}."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from .decimals import as_whole
from .limits import WordsLimit
from .parameters import DEFAULTS, ParameterError, Parameters
from .treatment_words import RecoveryClass
from .windows import Window

SINGLE = {f.name.upper(): f for f in fields(Parameters) if "limit" in f.metadata}
BY_CLASS = {f.name.upper(): f for f in fields(Window)}


def read_parameters(values: object, base: Parameters = DEFAULTS) -> Parameters:
    """The base set with the named values in place; numbers are `int` or `Decimal`.

    Raises `ParameterError` naming every unknown name and every value out of bounds.
    """
    if not isinstance(values, Mapping):
        raise ParameterError("a parameter set is an object of names and values")
    unknown = [str(name) for name in values if name not in SINGLE | BY_CLASS]
    if unknown:
        raise ParameterError(f"unknown parameter: {', '.join(sorted(unknown))}")
    changes: dict[str, Any] = {
        SINGLE[name].name: _single(name, value)
        for name, value in values.items()
        if name in SINGLE
    }
    for recovery_class in RecoveryClass:
        changes[recovery_class.value.lower()] = _window(values, recovery_class, base)
    return replace(base, **changes)


def check_not_looser(clinic: Parameters, shipped: Parameters = DEFAULTS) -> None:
    """Refuse a clinic's set that loosens a sign that the source texts name."""
    problems = [
        f"{name} may not be loosened"
        for (name, limit, value), (_, _, default) in zip(
            clinic.entries(), shipped.entries(), strict=True
        )
        if limit.locked and limit.is_looser(value, default)
    ]
    if problems:
        raise ParameterError("; ".join(problems))


def _single(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        raise ParameterError(f"{name} has one value for all classes")
    if isinstance(SINGLE[name].metadata["limit"], WordsLimit):
        return tuple(value) if isinstance(value, list) else value
    return as_whole(value)


def _window(
    values: Mapping[str, object], recovery_class: RecoveryClass, base: Parameters
) -> Window:
    changes: dict[str, Any] = {}
    for name in values.keys() & BY_CLASS.keys():
        value = values[name]
        by_class = value if isinstance(value, Mapping) else {recovery_class: value}
        unknown = set(by_class) - set(RecoveryClass)
        if unknown:
            raise ParameterError(f"{name}: unknown class {', '.join(sorted(unknown))}")
        if recovery_class in by_class:
            changes[BY_CLASS[name].name] = as_whole(by_class[recovery_class])
    return replace(base.for_class(recovery_class), **changes)

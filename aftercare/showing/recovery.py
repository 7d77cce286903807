"""A recovery as plots: what was answered by day, against what we expect.

Several logs of one day are shown as one, the worst answer of each kind. A day on which
something was not asked has no value; it is never drawn as "none".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aftercare.models import DailyLog, Treatment
from aftercare.plots import Series
from aftercare.warning_signs.expected import LAST_ROW, Ceiling, ceiling
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.recovery_class import recovery_class
from aftercare.warning_signs.vocabulary import Severity

from .course import post
from .told import Told

STEPS = {severity.rank: severity.label for severity in Severity}
RANKS = {severity.value: severity.rank for severity in Severity}
YES_NO = {0: "No", 1: "Yes"}

Sent = DailyLog | Told
Read = Callable[[Sent], float | None]


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something that is plotted. `items` are the answers of the rules that it shows."""

    name: str
    title: str
    read: Read
    expected: Callable[[Ceiling], float] | None = None
    items: tuple[str, ...] = ()


def _severity(name: str) -> Read:
    def read(log: Sent) -> float | None:
        value = getattr(log, name)
        return None if value is None else RANKS[value]

    return read


def _glands(log: Sent) -> float | None:
    """Yes if said or ticked; an empty tile alone is no answer."""
    if log.signs_glands:
        return 1.0
    return None if log.node_present is None else float(log.node_present)


def _temperature(log: Sent) -> float | None:
    return None if log.temperature_c is None else float(log.temperature_c)


def _graded(name: str, title: str) -> Symptom:
    return Symptom(
        name,
        title,
        _severity(name),
        lambda limits: float(getattr(limits, name).rank),
        items=(name,),
    )


SYMPTOMS: tuple[Symptom, ...] = (
    _graded("redness", "Redness or darker skin"),
    _graded("swelling", "Swelling"),
    Symptom(
        "pain",
        "Pain, 0 to 10",
        lambda log: log.pain,
        lambda limits: float(limits.pain),
        items=("pain",),
    ),
    Symptom(
        "glands",
        "Swollen glands",
        _glands,
        lambda _: 0.0,
        items=("lymph_nodes",),
    ),
    Symptom(
        "temperature",
        "Temperature",
        _temperature,
        items=("temperature_c", "feels_feverish", "fever"),
    ),
    _graded("itch", "Itch"),
    _graded("peeling", "Peeling"),
    _graded("bruising", "Bruises"),
)

BY_NAME = {symptom.name: symptom for symptom in SYMPTOMS}
ALWAYS = ("redness", "swelling", "pain")


def plots_of(
    treatment: Treatment,
    logs: Iterable[DailyLog],
    today: int,
    names: Iterable[str] | None = None,
    *,
    staff: bool = False,
) -> tuple[Series, ...]:
    """Plots of the logs that count; baseline logs are left out."""
    return plots_after(treatment, post(logs), today, names, staff=staff)


def plots_after(
    treatment: Treatment,
    logs: Collection[Sent],
    today: int,
    names: Iterable[str] | None = None,
    *,
    staff: bool = False,
) -> tuple[Series, ...]:
    """Plots that share one axis: the named symptoms, or the usual three and all told.

    `logs` are those that count, from after the treatment.
    """
    last = max((log.day for log in logs), default=0)
    values = {symptom.name: worst_by_day(symptom.read, logs) for symptom in SYMPTOMS}
    wanted = names or [name for name, said in values.items() if said or name in ALWAYS]
    return tuple(
        _series(BY_NAME[name], values[name], treatment, today, last, staff=staff)
        for name in wanted
    )


def plotted_items(items: Iterable[str]) -> list[str]:
    """The names of the plots that show some answers of the rules."""
    shown = set(items)
    return [symptom.name for symptom in SYMPTOMS if shown & set(symptom.items)]


def worst_by_day(read: Read, logs: Iterable[Sent]) -> dict[int, float]:
    """The worst answer of each day that has one."""
    worst: dict[int, float] = {}
    for log in logs:
        value = read(log)
        if value is not None:
            worst[log.day] = max(value, worst.get(log.day, value))
    return worst


def _series(
    symptom: Symptom,
    values: Mapping[int, float],
    treatment: Treatment,
    today: int,
    last: int,
    *,
    staff: bool,
) -> Series:
    shared: dict[str, Any] = {"today": max(today, 0), "last_day": last}
    if symptom.name == "temperature":
        return _temperature_series(values, shared)
    if symptom.name == "pain":
        scale: dict[str, Any] = {"high": 10}
    elif symptom.name == "glands":
        gist = _glands_gist(values, staff=staff)
        scale = {"high": 1, "words": YES_NO, "gist": gist}
    else:
        scale = {"words": STEPS}
    band = _band(symptom, treatment)
    return Series(symptom.title, values, band=band, **scale, **shared)


def _band(symptom: Symptom, treatment: Treatment) -> tuple[float, ...]:
    """What we expect on each day from 0; the last value holds on."""
    if symptom.expected is None:
        return ()
    kind = recovery_class(treatment.procedure())
    return tuple(symptom.expected(ceiling(kind, day)) for day in range(LAST_ROW + 1))


def _glands_gist(values: Mapping[int, float], *, staff: bool) -> str:
    if not values or not values[max(values)]:
        return ""
    return "Not expected" if staff else "Not usual"


def _temperature_series(
    values: Mapping[int, float], shared: Mapping[str, Any]
) -> Series:
    """Readings in degrees Celsius, with the line from which we want a call."""
    fever = float(DEFAULTS.fever)
    newest = f"{values[max(values)]:.1f} °C on day {max(values)}" if values else ""
    return Series(
        "Temperature",
        values,
        low=min(36.0, *values.values()) if values else 36.0,
        high=max(39.0, *values.values()) if values else 39.0,
        call_line=fever,
        call_words=f"{fever:g} °C",
        unit="°C",
        top_label="",
        not_asked="Not taken",
        gist=newest or "Not taken",
        **shared,
    )

"""The assess format: one course in, one answer out (see `manage.py assess`)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .answers_json import (
    ANSWER_KEYS,
    NODE_ITEMS,
    BadValue,
    one_of,
    read_answers,
    text,
    whole_number,
)
from .parameters import DEFAULTS, Parameters
from .procedure_json import KEYS as PROCEDURE_KEYS
from .procedure_json import Record, read_record
from .protocol import PROTOCOL
from .recovery_class import recovery_class
from .replay import ByDay, Entry, EntryKind, replay
from .vocabulary import Phase

COURSE_KEYS = {"id", "procedure", "record_day", "observe_until", "logs"}
PLACE_KEYS = {"day", "for_date", "submitted_on_day", "phase", "entry"}


class CourseError(ValueError):
    """A line that is not a course; the message says where."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a log stands in a course."""

    day: int
    submitted_on_day: int


def answer_line(line: str | bytes, parameters: Parameters = DEFAULTS) -> dict[str, Any]:
    """The answer to one line: judged, or its id with an error; never raises."""
    course: object = None
    try:
        course = _parse(line)
        return answer(course, parameters)
    except CourseError as error:
        return {"id": _id_of(course), "error": str(error)}


def answer(course: object, parameters: Parameters = DEFAULTS) -> dict[str, Any]:
    """A course judged. Raises `CourseError` for what is not a course."""
    raw = _object(course, "the line", COURSE_KEYS)
    record = _record(raw)
    logs = raw.get("logs")
    if not isinstance(logs, list):
        raise CourseError("logs must be a list")
    places = [_place(log, f"logs[{index}]", record) for index, log in enumerate(logs)]
    record_day = _whole(raw, "record_day", "record_day", default=0)
    last_listed = max(
        [record_day, *(max(place.day, place.submitted_on_day) for place in places)]
    )
    entries, rejected = _entries(logs, places, parameters)
    outcome = replay(
        record.procedure,
        entries,
        record_day=record_day,
        observe_until=_whole(
            raw, "observe_until", "observe_until", default=last_listed
        ),
        parameters=parameters,
    )
    return {
        "id": _id_of(raw),
        "protocol": PROTOCOL.id,
        "recovery_class": recovery_class(record.procedure).value,
        "highest": outcome.highest.name,
        "first_flag_day": outcome.first_flag_day,
        "raised": _days(outcome.raised),
        "current": _days(outcome.current),
        "rejected": rejected,
    }


def _parse(line: str | bytes) -> object:
    try:
        return json.loads(
            line,
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_unique,
        )
    except CourseError:
        raise
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise CourseError(f"not valid JSON: {error}") from error


def _no_constant(name: str) -> None:
    raise CourseError(f"{name} is not a JSON number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key given twice would hide an answer."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CourseError(f"{twice} is given twice")
    return found


def _id_of(course: object) -> str | int | None:
    found = course.get("id") if isinstance(course, Mapping) else None
    return found if isinstance(found, str | int) else None


def _object(value: object, where: str, keys: Collection[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CourseError(f"{where} must be an object")
    unknown = [name for name in value if name not in keys]
    if unknown:
        raise CourseError(f"{where} has an unknown key: {', '.join(unknown)}")
    return value


def _record(course: Mapping[str, Any]) -> Record:
    raw = _object(course.get("procedure"), "procedure", PROCEDURE_KEYS)
    try:
        return read_record(raw)
    except BadValue as error:
        raise CourseError(str(error)) from error


def _place(log: object, where: str, record: Record) -> Place:
    """The day of a log, from its date where the treatment's date is known."""
    raw = _object(log, where, ANSWER_KEYS | PLACE_KEYS)
    nodes = raw.get("lymph_nodes")
    if isinstance(nodes, Mapping):
        _object(nodes, f"{where}.lymph_nodes", NODE_ITEMS)
    day = _day(raw, where, record)
    submitted = _whole(
        raw, "submitted_on_day", f"{where}.submitted_on_day", default=day
    )
    return Place(day, submitted)


def _day(raw: Mapping[str, Any], where: str, record: Record) -> int:
    for_date = raw.get("for_date")
    if for_date is None or (record.day_zero is None and raw.get("day") is not None):
        return _whole(raw, "day", f"{where}.day")
    if record.day_zero is None:
        raise CourseError(
            f"{where}.for_date needs the procedure's performed_at and clinic_timezone"
        )
    try:
        return (date.fromisoformat(text(for_date)) - record.day_zero).days
    except ValueError as error:
        raise CourseError(f"{where}.for_date must be an ISO date") from error


def _whole(
    raw: Mapping[str, Any], name: str, where: str, default: int | None = None
) -> int:
    value = default if raw.get(name) is None else raw[name]
    try:
        return whole_number(value)
    except BadValue as error:
        raise CourseError(f"{where} {error}") from error


def _entries(
    logs: list[Mapping[str, Any]], places: list[Place], parameters: Parameters
) -> tuple[list[Entry], list[dict[str, Any]]]:
    """The entries that count, and those that the form would refuse."""
    entries, rejected = [], []
    for index, (log, place) in enumerate(zip(logs, places, strict=True)):
        try:
            entries.append(_entry(log, place, parameters))
        except BadValue as error:
            refusal = {"index": index, "day": place.day, "reason": str(error)}
            rejected.append(refusal)
    return entries, rejected


def _entry(log: Mapping[str, Any], place: Place, parameters: Parameters) -> Entry:
    kind = _choice_of_kind(log.get("entry"))
    phase = _phase(log.get("phase"), place.day)
    if kind is EntryKind.RETRACTION:
        if set(log) & ANSWER_KEYS:
            raise BadValue("a retraction carries no answers")
        return Entry(place.day, place.submitted_on_day, kind, phase)
    _check_dates(place, parameters)
    return Entry(place.day, place.submitted_on_day, kind, phase, read_answers(log))


def _choice_of_kind(value: object) -> EntryKind:
    if value is None:
        return EntryKind.LOG
    if not isinstance(value, str) or value not in set(EntryKind):
        raise BadValue("entry must be correction or retraction")
    return EntryKind(value)


def _phase(value: object, day: int) -> Phase:
    """Any day before the treatment is a baseline, whatever it says."""
    try:
        phase = one_of(Phase)(Phase.POST if value is None else value)
    except BadValue as error:
        raise BadValue(f"phase {error}") from error
    if phase is Phase.BASELINE and day > 0:
        raise BadValue("phase baseline is not possible after day 0")
    return Phase.BASELINE if day < 0 or phase is Phase.BASELINE else Phase.POST


def _check_dates(place: Place, parameters: Parameters) -> None:
    late = place.submitted_on_day - place.day
    if late < 0:
        raise BadValue("day must not be in the future")
    if late > parameters.max_backdate_days:
        raise BadValue(
            f"day must not be more than {parameters.max_backdate_days} days ago; "
            "describe it in today's log"
        )
    if place.day > parameters.max_log_day:
        raise BadValue(f"day must not be after day {parameters.max_log_day}")


def _days(days: ByDay) -> list[dict[str, Any]]:
    return [
        {
            "day": day,
            "results": [
                {
                    "rule": result.rule,
                    "level": result.level.name,
                    "reason": result.reason,
                }
                for result in results
            ],
        }
        for day, results in days.items()
    ]

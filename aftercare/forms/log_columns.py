"""From what was answered to columns of the record: yes, no, or not asked.

A "no" is written only where the patient said it: by choosing it, by a "None of these"
that stands alone. Everything else is left out and stays *not asked*.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aftercare.showing import questions as q
from aftercare.showing.questions import BLOCKS, every_question
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.signs import TILES
from aftercare.warning_signs.vocabulary import Choice, Sign

from .log_fields import NONE
from .temperature import Reading

Cleaned = Mapping[str, Any]
Columns = dict[str, Any]

PRESENT = "node_present"

# A name of `signs.TILES` that is no column as it stands.
COLUMN = {"lymph_nodes.present": PRESENT}
FIRST_CHOICE = {
    question.name: next(iter(question.choice))
    for question in every_question()
    if isinstance(question, q.OneOf)
}


def columns(
    cleaned: Cleaned, signs: frozenset[Sign], *, none_of_these: bool
) -> Columns:
    """Every column that was said something about; `none_of_these` where it stands alone."""
    said: Columns = {f"signs_{sign}": True for sign in signs}
    for question in every_question():
        said |= columns_of(question, cleaned)
    if asks_for_a_call(cleaned):
        said["contact_request"] = True
    said = with_glands(said, cleaned, signs)
    return denied() | said if none_of_these else said


def asks_for_a_call(cleaned: Cleaned) -> bool:
    """Whoever leaves a number or a time for a call asks for one."""
    return bool(cleaned.get("best_number") or cleaned.get("best_time"))


def columns_of(question: q.Question, cleaned: Cleaned) -> Columns:
    """The columns that one answer writes."""
    value = cleaned.get(question.name)
    if isinstance(question, q.Ticks):
        return _ticked(question, value or [])
    if isinstance(question, q.Temperature):
        return _reading(value)
    return {} if value in (None, "") else {question.name: value}


def _ticked(question: q.Ticks, values: list[str]) -> Columns:
    if values == [NONE]:
        return dict.fromkeys(question.columns, False)
    column = {tick.value: tick.column for tick in question.ticks}
    # The places on the neck map name a side, which has no column.
    return {column[value.partition("-")[0]]: True for value in values if value != NONE}


def _reading(value: Reading | None) -> Columns:
    if value is None:
        return {}
    return {
        "temperature_value": value.value,
        "temperature_unit": value.unit,
        "temperature_c": value.celsius,
    }


def with_glands(said: Columns, cleaned: Cleaned, signs: frozenset[Sign]) -> Columns:
    """The tile asks "do you have a swollen gland?", and a description answers it too."""
    described = any(is_sign(question, cleaned) for question in BLOCKS[Sign.GLANDS])
    if Sign.GLANDS in signs or described:
        return said | {PRESENT: True}
    # "Does it hurt? No" about a gland that nobody has is no answer at all.
    return {name: value for name, value in said.items() if not name.startswith("node_")}


def denied() -> dict[str, bool | Choice]:
    """What "None of these" says no to: only what is printed on the tiles."""
    names = [name for tile in TILES for name in tile.denied]
    listed = [COLUMN.get(name, name.replace(".", "_")) for name in names]
    return {column: FIRST_CHOICE.get(column, False) for column in listed}


def is_sign(question: q.Question, cleaned: Cleaned) -> bool:
    """Whether the answer to a question behind a tile says as much as ticking the tile."""
    value = cleaned.get(question.name)
    if isinstance(question, q.Ticks):
        return question.settles and any(one != NONE for one in value or ())
    if isinstance(question, q.OneOf):
        return question.settles and value is not None and value.rank > 0
    if isinstance(question, q.Temperature) and value is not None:
        return value.celsius >= DEFAULTS.fever_low
    return False

"""Every answer of a log in words: yes, no, or not asked, and never one for another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aftercare.models import DailyLog
from aftercare.showing.answers import listed, ticked_tiles, words_for
from aftercare.showing.call_times import in_words
from aftercare.showing.question_kinds import Question, Ticks
from aftercare.showing.questions import every_question

Row = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class AllSaid:
    """What a log says, question by question, and which questions it does not answer."""

    rows: tuple[Row, ...]
    not_asked: tuple[str, ...]


def all_said(log: DailyLog) -> AllSaid:
    """Every question of the log page is in one of the two."""
    rows, blank = [_tiles(log)], []
    for question in every_question():
        lines = tuple(_lines(question, log))
        if lines:
            rows.append((question.short, lines))
        else:
            blank.append(question.short)
    return AllSaid((*rows, *_besides(log)), tuple(blank))


def _tiles(log: DailyLog) -> Row:
    ticked = [sign.label for sign in ticked_tiles(log)]
    if log.none_of_these:
        ticked.append("None of these")
    return "Warning signs ticked", (listed(ticked, "; ") or "Nothing",)


def _lines(question: Question, log: DailyLog) -> Iterator[str]:
    """An answer; of boxes, which were said yes and no to, and which were not asked."""
    if not isinstance(question, Ticks):
        words = words_for(question, log)
        if words:
            yield words
        return
    said = {tick.label: getattr(log, tick.column) for tick in question.ticks}
    if all(value is None for value in said.values()):
        return
    for words, wanted in (("Yes", True), ("No", False), ("Not asked", None)):
        found = [label for label, value in said.items() if value is wanted]
        if found:
            yield f"{words}: {listed(found, '; ')}"


def _besides(log: DailyLog) -> Iterator[Row]:
    """What was sent with the answers."""
    if log.temperature_unit == "F":
        yield "Temperature in °C", (f"{log.temperature_c} °C",)
    if log.unusable:
        yield "Typed, but of no use", (log.unusable,)
    if log.best_number:
        yield "Best number", (log.best_number,)
    if log.best_time:
        yield "Best time to call", (in_words(log.best_time),)

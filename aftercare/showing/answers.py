"""The answers of a log in words: only what was said, never what was not asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aftercare.models import DailyLog
from aftercare.warning_signs.vocabulary import Sign

from . import call_times
from .question_kinds import Number, OneOf, Question, Temperature, Text, Ticks, YesNo
from .questions import every_question

NOT_ASKED = "Not asked"
SHORT_LINE = ("pain", "redness", "swelling")


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: the field it was given in, the question in short, the words.

    `columns` are the columns it stands on, so that evidence can be marked.
    """

    field: str
    question: str
    words: str
    columns: tuple[str, ...]


def answers_of(log: DailyLog) -> tuple[Said, ...]:
    """Everything that a log says, in the order of the page, the ticked tiles first."""
    return (*_tiles(log), *_answers(log), *_wishes(log))


def ticked_tiles(log: DailyLog) -> tuple[Sign, ...]:
    """The tiles that were ticked."""
    return tuple(sign for sign in Sign if getattr(log, f"signs_{sign}"))


def sent_words(log: DailyLog) -> dict[str, str]:
    """What was sent, by form field, to stand beside the empty field of a correction."""
    words = {said.field: small(said.words) for said in answers_of(log)}
    if log.free_text:
        words["free_text"] = f"“{log.free_text}”"
    return words


def one_line(log: DailyLog) -> str:
    """A log in one line: pain, redness and swelling, then the ticked tiles."""
    known = {said.field: said for said in answers_of(log)}
    parts = [
        f"{known[name].question} {known[name].words.lower()}"
        for name in SHORT_LINE
        if name in known
    ]
    signs = known["signs"].words if "signs" in known else ""
    return ". ".join(part for part in (listed(parts, ", "), signs) if part) + "."


def listed(parts: Sequence[str], between: str) -> str:
    """Parts in one sentence; only the first keeps its capital."""
    return between.join([*parts[:1], *(small(part) for part in parts[1:])])


def small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _tiles(log: DailyLog) -> Iterator[Said]:
    ticked = ticked_tiles(log)
    columns = tuple(f"signs_{sign}" for sign in ticked)
    words = listed([sign.label for sign in ticked], "; ")
    if log.none_of_these and not ticked:
        words, columns = "None of these", ("none_of_these",)
    if words:
        yield Said("signs", "Warning signs", words, columns)


def _answers(log: DailyLog) -> Iterator[Said]:
    for question in every_question():
        if words := words_for(question, log):
            yield Said(question.name, question.short, words, question.columns)


def _wishes(log: DailyLog) -> Iterator[Said]:
    if log.best_number:
        yield Said("best_number", "Best number", log.best_number, ())
    if log.best_time:
        words = call_times.in_words(log.best_time)
        yield Said("best_time", "Best time", words, ())


def words_for(question: Question, log: DailyLog) -> str:
    """The answer to one question; empty where it was not asked."""
    if isinstance(question, Ticks):
        return _ticked(question, log)
    if isinstance(question, Temperature):
        return _temperature(log)
    value = getattr(log, question.name)
    return "" if value in (None, "") else _value(question, value)


def _value(question: OneOf | YesNo | Number | Text, value: Any) -> str:
    if isinstance(question, OneOf):
        return question.words(value)
    if isinstance(question, YesNo):
        return "Yes" if value else "No"
    return f"{value} of 10" if isinstance(question, Number) else str(value)


def _ticked(question: Ticks, log: DailyLog) -> str:
    """The ticked boxes; "No" only where every box was said no to."""
    said = {tick: getattr(log, tick.column) for tick in question.ticks}
    ticked = [tick.label for tick, value in said.items() if value]
    if ticked:
        return listed(ticked, "; ")
    denied = all(value is False for value in said.values())
    return (question.none or "No") if denied else ""


def _temperature(log: DailyLog) -> str:
    if log.temperature_value is None:
        return ""
    unit = "°" + log.temperature_unit
    typed = f"{log.temperature_value:.2f}".rstrip("0").rstrip(".")
    return f"{typed} {unit}"

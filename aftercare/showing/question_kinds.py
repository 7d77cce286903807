"""The kinds of questions a daily log has, and the columns of the record each writes."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.warning_signs.vocabulary import Choice


@dataclass(frozen=True, slots=True)
class Tick:
    """One box: the value it sends, the column it writes, its words."""

    value: str
    column: str
    label: str


@dataclass(frozen=True, slots=True)
class Ticks:
    """Several boxes. `none` is the words of a box that says no to all the others.

    `settles`: whether a ticked box is a sign by itself, whatever its tile says.
    `short` is the question in a list of answers.
    """

    name: str
    legend: str
    short: str
    ticks: tuple[Tick, ...]
    hint: str = ""
    none: str = ""
    settles: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(tick.column for tick in self.ticks)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One choice out of a vocabulary, none of them chosen beforehand.

    `labels` are other words than the vocabulary's, by value; `last` is the value shown
    after all others. `pictures` names the set of drawings that goes with the choices.
    """

    name: str
    legend: str
    short: str
    choice: type[Choice]
    hint: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    pictures: str = ""
    last: str = ""
    settles: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)

    def choices(self) -> list[tuple[str, str]]:
        words = dict(self.labels)
        listed = [
            (value, words.get(value, label)) for value, label in self.choice.choices()
        ]
        return sorted(listed, key=lambda choice: choice[0] == self.last)

    def words(self, value: str) -> str:
        return dict(self.choices())[value]


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no, both said aloud."""

    name: str
    legend: str
    short: str
    hint: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Number:
    """A number from 0 to 10, one tile for each."""

    name: str
    legend: str
    short: str
    hint: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Temperature:
    """A reading as it was typed, and its unit."""

    name: str
    legend: str
    short: str
    hint: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return ("temperature_value", "temperature_unit")


@dataclass(frozen=True, slots=True)
class Text:
    """The patient's own words."""

    name: str
    legend: str
    short: str
    hint: str = ""
    longest: int = 2000

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)


Question = Ticks | OneOf | YesNo | Number | Temperature | Text


def ticks_of(question: str, choice: type[Choice]) -> tuple[Tick, ...]:
    """A box for each option of a pick-several answer."""
    return tuple(
        Tick(option.value, f"{question}_{option}", option.label) for option in choice
    )


def yes(column: str, label: str) -> Tick:
    """A box for a yes/no answer."""
    return Tick(column, column, label)

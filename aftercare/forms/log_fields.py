"""From a question of the log to its form fields. None has a value beforehand."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms

from aftercare.showing import questions as q
from aftercare.showing.call_times import CALL_TIMES
from aftercare.warning_signs.signs import TILES
from aftercare.warning_signs.vocabulary import TemperatureUnit

from .widgets import (
    BARS,
    FACES,
    GLAND_CHOICES,
    SIZES,
    BodyMap,
    CheckList,
    ChoiceTiles,
    PainSelect,
    ScaleSelect,
    SignList,
)

NONE = "none"
PICTURES = {"bars": BARS, "faces": FACES, "sizes": SIZES}
YES_NO = [("yes", "Yes"), ("no", "No")]
SHORT_LABEL = 30

BLANK = {
    "overall_change": "Choose how your skin is since yesterday.",
    "pain": "Choose a number for your worst pain.",
    "redness": "Choose how red or dark your skin is.",
    "swelling": "Choose how much swelling you have.",
    "signs": "Tick any signs you have, or tick None of these.",
}
NOT_OFFERED = "Choose one of the answers on the page."
TOO_LONG = "Make this shorter: %(limit_value)s letters or fewer."


class KeyField(forms.UUIDField):
    """The form's own key. A broken one is no reason to send anything back."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class WordsField(forms.CharField):
    """The patient's own words; a line break counts as one character, as in browsers."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class TicksField(forms.MultipleChoiceField):
    """Several boxes, of which any number may be ticked."""

    def known(self, sent: list[str]) -> list[str]:
        """What was sent, without what was never offered."""
        return [value for value in sent if self.valid_value(value)]


@cache
def every_field() -> dict[str, forms.Field]:
    """The fields of every question in the order of the page.

    They are the same for everybody, and all forms share them: nobody changes one.
    """
    fields: dict[str, forms.Field] = {}
    for question in q.every_question():
        fields |= fields_of(question)
        if question is q.SWELLING_SITES:
            fields["signs"] = tiles_field()
    return fields | call_fields()


def tiles_field() -> TicksField:
    """The eight tiles and "None of these"."""
    tiles = [(tile.sign.value, tile.sign.label) for tile in TILES]
    return TicksField(
        label="Do you have any of these today?",
        help_text="Tick all that you have, even if it is mild.",
        choices=[*tiles, (NONE, "None of these")],
        widget=SignList(hints={tile.sign.value: tile.hint for tile in TILES}),
        required=False,
        error_messages=_errors("signs"),
    )


def fields_of(question: q.Question) -> dict[str, forms.Field]:
    """The form fields of a question, by name. None is required, none has a value."""
    words: dict[str, Any] = {
        "label": question.legend,
        "help_text": question.hint,
        "required": False,
        "error_messages": _errors(question.name),
    }
    if isinstance(question, q.Temperature):
        return _temperature_fields(words)
    return {question.name: _field(question, words)}


def _errors(name: str) -> dict[str, str]:
    wrong = BLANK.get(name, NOT_OFFERED)
    return {"invalid_choice": wrong, "invalid_list": wrong}


def _field(question: q.Question, words: dict[str, Any]) -> forms.Field:
    if isinstance(question, q.Number):
        numbers = [(number, str(number)) for number in range(11)]
        return forms.TypedChoiceField(
            choices=numbers, coerce=int, empty_value=None, widget=PainSelect, **words
        )
    if isinstance(question, q.OneOf):
        return forms.TypedChoiceField(
            choices=question.choices(),
            coerce=question.choice,
            empty_value=None,
            widget=_tiles(question),
            **words,
        )
    if isinstance(question, q.YesNo):
        return forms.TypedChoiceField(
            choices=YES_NO,
            coerce=lambda said: said == "yes",
            empty_value=None,
            widget=ChoiceTiles,
            **words,
        )
    if isinstance(question, q.Ticks):
        return _ticks(question, words)
    assert isinstance(question, q.Text)  # noqa: S101  the last of the union
    return WordsField(
        max_length=question.longest,
        widget=forms.Textarea({"rows": 3}),
        **{**words, "error_messages": {"max_length": TOO_LONG}},
    )


def _tiles(question: q.OneOf) -> forms.RadioSelect:
    if question.pictures:
        return ScaleSelect(icons=PICTURES[question.pictures])
    return ChoiceTiles()


def _ticks(question: q.Ticks, words: dict[str, Any]) -> TicksField:
    if question is q.NODE_SITES:
        return TicksField(choices=GLAND_CHOICES, widget=BodyMap, **words)
    choices = [(tick.value, tick.label) for tick in question.ticks]
    short = len(choices) > 1 and all(len(label) <= SHORT_LABEL for _, label in choices)
    if question.none:
        choices.append((NONE, question.none))
    return TicksField(
        choices=choices,
        widget=CheckList(short=short, exclusive=NONE if question.none else ""),
        **words,
    )


def _temperature_fields(words: dict[str, Any]) -> dict[str, forms.Field]:
    number = forms.TextInput(
        {"inputmode": "decimal", "autocomplete": "off", "class": "input--short"}
    )
    return {
        "temperature": forms.CharField(
            widget=number, max_length=40, **{**words, "error_messages": {}}
        ),
        "temperature_unit": forms.TypedChoiceField(
            label="Unit",
            choices=TemperatureUnit.choices(),
            coerce=TemperatureUnit,
            empty_value=None,
            widget=ChoiceTiles,
            required=False,
            error_messages=_errors("temperature_unit"),
        ),
    }


def call_fields() -> dict[str, forms.Field]:
    """How to reach somebody who wants a call; no answers, and read by no rule."""
    return {
        "best_number": forms.CharField(
            label="Best number",
            help_text="Leave this blank if we have the right one.",
            max_length=30,
            required=False,
            widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
            error_messages={"max_length": TOO_LONG},
        ),
        "best_time": forms.ChoiceField(
            label="Best time",
            choices=CALL_TIMES,
            required=False,
            widget=ChoiceTiles,
            error_messages=_errors("best_time"),
        ),
    }

"""The patient's own pages read as easily as the advice: questions, errors, templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from aftercare.forms import come_in
from aftercare.forms.come_in import AddressForm, BirthDateForm, CodeForm
from aftercare.forms.log_form import LogForm
from aftercare.forms.log_layout import PAST
from aftercare.showing.question_kinds import OneOf, Ticks
from aftercare.showing.questions import every_question
from tests.house.programs import ROOT
from tests.house.reading_grade import Reading
from tests.house.test_words import (
    BANNED,
    GRADE,
    GRADE_OF_ONE,
    LONG_WORDS,
    LONGEST_SENTENCE,
    ON_DARK_SKIN,
    RED,
    SENTENCE,
    SHORT,
    ended,
)

TEMPLATES = sorted(
    file
    for folder in ("patient", "come_in")
    for file in (ROOT / "templates" / folder).glob("*.html")
)
TAG = re.compile(r"<[^>]+>")
# Medicines have the names that they have.
NAMES = {"fever_medicine_8h"}


def words_of_questions() -> Iterator[tuple[str, str]]:
    """Every question with its hint, its choices, and what is said when it is wrong."""
    for question in every_question():
        yield question.name, question.legend
        if question.hint:
            yield f"{question.name}, hint", question.hint
        if isinstance(question, OneOf):
            yield from (
                (f"{question.name}.{v}", words) for v, words in question.choices()
            )
        if isinstance(question, Ticks):
            yield from ((f"{question.name}.{t.value}", t.label) for t in question.ticks)
    yield from ((f"past.{name}", words) for name, words in PAST.items())
    for name, field in LogForm(today=date(2026, 6, 1)).fields.items():
        if words := field.error_messages.get("invalid_choice"):
            yield f"error.{name}", str(words)


def words_of_coming_in() -> Iterator[tuple[str, str]]:
    """What is asked before a patient is let in, and what is said when it is wrong."""
    for name, words in vars(come_in).items():
        if name.isupper() and isinstance(words, str):
            yield f"come_in.{name}", words
    for form in (BirthDateForm(today=date(2026, 6, 1)), AddressForm(), CodeForm()):
        for name, field in form.fields.items():
            yield f"come_in.{name}", str(field.label)
            if field.help_text:
                yield f"come_in.{name}, hint", str(field.help_text)
            yield f"come_in.{name}, blank", str(field.error_messages["required"])


def words_of_templates() -> Iterator[tuple[str, str]]:
    """What stands in the templates, piece by piece, with a number for every blank."""
    for template in TEMPLATES:
        text = re.sub(r"{#.*?#}", "", template.read_text("utf-8"))
        for place, quoted in enumerate(
            re.findall(r'{% (?:care_)?card "([^"]+)"', text)
        ):
            yield f"{template.stem}.title{place}", quoted
        text = re.sub(r"{{.*?}}", "4", re.sub(r"{%.*?%}", "|", text))
        for place, piece in enumerate(TAG.sub("|", text).split("|")):
            said = " ".join(piece.split())
            if len(re.findall(r"[A-Za-z]{2,}", said)) > 1:
                yield f"{template.stem}.{place}", said


WORDS = dict([*words_of_questions(), *words_of_coming_in(), *words_of_templates()])
each = pytest.mark.parametrize("place", WORDS)


def test_there_are_words_to_judge():
    assert len(WORDS) > 200


@each
def test_a_text_is_not_hard_to_read(place):
    reading = Reading.of(ended(WORDS[place]))
    if len(reading.words) > SHORT and place not in NAMES:
        assert reading.grade <= GRADE_OF_ONE, WORDS[place]


@each
def test_no_sentence_is_long(place):
    assert max(Reading.of(ended(WORDS[place])).sentences) <= LONGEST_SENTENCE


@each
def test_no_text_speaks_as_doctors_do_or_calms(place):
    assert not BANNED.search(WORDS[place]), WORDS[place]


@each
def test_redness_is_described_for_dark_skin_too(place):
    text = WORDS[place]
    assert not RED.search(text) or ON_DARK_SKIN.search(text), text


def test_all_in_all_a_child_can_read_it():
    whole = Reading.of(" ".join(ended(text) for text in WORDS.values()))
    assert whole.grade <= GRADE
    assert len(whole.words) / len(whole.sentences) <= SENTENCE
    assert len(whole.long_words) / len(whole.words) <= LONG_WORDS

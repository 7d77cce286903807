"""Patients can read what they are told, and nothing calms where it must not."""

import re

import pytest

from aftercare.warning_signs.course_json import answer
from tests.warning_signs.day_table import read_tables

from .patient_words import patient_words
from .programs import ROOT
from .reading_grade import Reading, syllables

WORDS = patient_words()
RECOVERIES = ROOT / "tests" / "warning_signs" / "recoveries"
GRADE = 5.0
GRADE_OF_ONE = 7.0
SHORT = 5
LONG_WORDS = 0.08
SENTENCE = 15
LONGEST_SENTENCE = 25

# Words for doctors, words that calm, words that diagnose, words for a form.
BANNED = re.compile(
    r"\b(lymph\w*|nodes?|pyrexia|febrile|purulent|discharge|exudate|erythema|oedema|"
    r"abnormal|concerning|normal(ly)?|fine|harmless|safe|nothing to worry about|"
    r"don['’]t worry|do not worry|you have an infection|submissions?|survey|PRO)\b",
    re.IGNORECASE,
)
RED = re.compile(r"\b(red|redness|pink|pinkness)\b", re.IGNORECASE)
ON_DARK_SKIN = re.compile(r"\b(dark|darker|brown|black|purple|grey)\b", re.IGNORECASE)

strings = pytest.mark.parametrize("place", WORDS)


def ended(text):
    """A text that ends as a sentence, so that lines add up to sentences."""
    return text if text[-1] in ".?!" else f"{text}."


EVERYTHING = Reading.of(" ".join(ended(text) for text in WORDS.values()))


def test_there_are_words_to_judge():
    assert len(WORDS) > 200


@strings
def test_a_text_is_not_hard_to_read(place):
    reading = Reading.of(ended(WORDS[place]))
    if len(reading.words) > SHORT:
        assert reading.grade <= GRADE_OF_ONE, WORDS[place]


@strings
def test_no_sentence_is_long(place):
    assert max(Reading.of(ended(WORDS[place])).sentences) <= LONGEST_SENTENCE


@strings
def test_no_text_speaks_as_doctors_do_or_calms(place):
    assert not BANNED.search(WORDS[place]), WORDS[place]


@strings
def test_redness_is_described_for_dark_skin_too(place):
    # A tile and its small print are read together.
    text = f"{WORDS[place]} {WORDS.get(f'{place}, small print', '')}"
    assert not RED.search(text) or ON_DARK_SKIN.search(text), text


def test_all_in_all_a_child_of_eleven_can_read_it():
    assert EVERYTHING.grade <= GRADE


def test_sentences_are_short_on_average():
    assert len(EVERYTHING.words) / len(EVERYTHING.sentences) <= SENTENCE


def test_long_words_are_rare():
    share = len(EVERYTHING.long_words) / len(EVERYTHING.words)
    assert share <= LONG_WORDS, sorted(set(EVERYTHING.long_words))


# Reasons, which are put together from what the patient answered


def reasons():
    """Every reason that the recoveries of the rule tests give rise to."""
    return sorted(
        {
            result["reason"]
            for file in RECOVERIES.glob("*.txt")
            for recovery in read_tables(file)
            for day in answer(recovery.course)["raised"]
            for result in day["results"]
        }
    )


def test_reasons_are_plain_and_are_true_of_dark_skin_too():
    found = reasons()
    assert len(found) > 100
    assert [text for text in found if BANNED.search(text)] == []
    assert [
        text for text in found if RED.search(text) and not ON_DARK_SKIN.search(text)
    ] == []
    together = Reading.of(" ".join(found))
    assert together.grade <= GRADE
    assert len(together.words) / len(together.sentences) <= SENTENCE


# The measure itself


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("skin", 1),
        ("bruise", 1),
        ("asked", 1),
        ("breathe", 1),
        ("swollen", 2),
        ("treated", 2),
        ("table", 2),
        ("temperature", 4),
        ("emergency", 4),
        ("38.2", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert syllables(word) == count


def test_the_grade_tells_plain_from_hard():
    plain = Reading.of("You have a fever. Call us today.")
    hard = Reading.of(
        "Peripheral lymphadenopathy necessitates immediate professional evaluation."
    )
    assert plain.grade < 1
    assert hard.grade > 20


def test_sentences_are_counted_by_their_ends():
    assert Reading.of("Is it worse? Call 111. It is 38.2 today.").sentences == (3, 2, 4)

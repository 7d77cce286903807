"""Danger words in the free text (specification 6.1)."""

from __future__ import annotations

import pytest

from aftercare.warning_signs.parameter_set import read_parameters
from aftercare.warning_signs.parameters import DEFAULTS

from .builders import levels, log


def level(text: str) -> str | None:
    return levels([log(2, free_text=text)], 2).get("TEXT")


@pytest.mark.parametrize("phrase", DEFAULTS.text_urgent)
def test_every_urgent_phrase_is_urgent(phrase: str) -> None:
    assert level(f"Since this morning {phrase}, help") == "URGENT"


@pytest.mark.parametrize("phrase", DEFAULTS.text_prompt)
def test_every_prompt_phrase_is_prompt(phrase: str) -> None:
    assert level(f"I have {phrase} on my cheek") == "PROMPT"


@pytest.mark.parametrize(
    "text",
    [
        "I CAN’T BREATHE",
        "i can‘t breathe",
        "I can't\tbreathe",
        "I can't - breathe",
        "can't (breathe)",
        "fever.I passed out",
    ],
)
def test_case_quotes_and_marks_do_not_hide_a_phrase(text: str) -> None:
    assert level(text) == "URGENT"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pustule",  # only whole words
        "swollen. gland",  # not across sentences
        "swollen\ngland",
        "cold and sore",  # next to each other
        "sore cold",  # in order
        "push",
        "no fever",
        "I don't have a fever",
        "I don’t have any fever",
        "not a single blister",
    ],
)
def test_parts_of_a_phrase_and_denied_phrases_are_not_found(text: str) -> None:
    assert level(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "no sleep at all, fever",  # four words before
        "I said no. Fever again",  # another sentence
        "no fever then but chills",  # each occurrence alone: chills is four words off
        "fever, not hives",  # a denial before does not reach back
        "no fever yesterday or at noon. Fever now",
    ],
)
def test_a_denial_reaches_three_words_and_its_own_sentence(text: str) -> None:
    assert level(text) == "PROMPT"


@pytest.mark.parametrize("separator", [".", "!", "?", ";", "\n", "\r\n"])
def test_sentences_end_at_these_marks(separator: str) -> None:
    assert level(f"I said no{separator} fever") == "PROMPT"
    assert level(f"I have swollen{separator} glands") is None


def test_letters_of_any_script_are_letters() -> None:
    assert level("éfever") is None
    assert level("Fièvre – fever") == "PROMPT"
    assert level("2fever") is None


def test_the_graver_list_wins_and_each_log_is_read_alone() -> None:
    assert level("fever and double vision") == "URGENT"
    assert levels([log(2, free_text="I said no"), log(2, free_text="fever")], 2) == {
        "TEXT": "PROMPT"
    }
    split = [log(2, free_text="swollen"), log(2, free_text="gland")]
    assert levels(split, 2) == {}


def test_a_clinic_may_add_phrases() -> None:
    words = read_parameters({"TEXT_URGENT": [*DEFAULTS.text_urgent, "I can’t swallow"]})
    today = log(2, free_text="Now I can't swallow")
    assert levels([today], 2, parameters=words) == {"TEXT": "URGENT"}

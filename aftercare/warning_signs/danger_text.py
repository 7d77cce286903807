"""Danger words in free text (specification 6.1): phrases, sentences, negations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

SENTENCE_ENDS = re.compile(r"[.!?;\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CURLY_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'"})


def found_phrases(
    text: str,
    phrases: Iterable[str],
    negations: Iterable[str],
    lookback: int,
) -> list[str]:
    """The phrases said in the text, in the order of the list.

    A phrase counts when its words stand side by side in one sentence and none of the
    `lookback` words before it in that sentence takes it back.
    """
    sentences = [words_of(sentence) for sentence in SENTENCE_ENDS.split(text)]
    there = {word for sentence in sentences for word in sentence}
    taken_back = {word for negation in negations for word in words_of(negation)}
    return [
        phrase
        for phrase in phrases
        if there.issuperset(words_of(phrase))
        and any(_says(words, phrase, taken_back, lookback) for words in sentences)
    ]


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words; everything but letters, digits and ' parts them."""
    kept = (
        letter if letter.isalpha() or letter.isdecimal() or letter == "'" else " "
        for letter in text.lower().translate(CURLY_QUOTES)
    )
    return tuple("".join(kept).split())


def _says(
    words: tuple[str, ...], phrase: str, taken_back: set[str], lookback: int
) -> bool:
    return any(
        taken_back.isdisjoint(words[max(0, start - lookback) : start])
        for start in _starts(words, words_of(phrase))
    )


def _starts(words: tuple[str, ...], phrase: tuple[str, ...]) -> Iterator[int]:
    """Where the words of a phrase stand next to each other in order."""
    for start in range(len(words) - len(phrase) + 1):
        if words[start : start + len(phrase)] == phrase:
            yield start

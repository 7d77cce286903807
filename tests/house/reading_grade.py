"""How hard a text is to read: an alarm for a bad sentence, not proof of a good one.

Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59, with
syllables counted by rule. Grade 5 is about age 10 to 11.
"""

import re
from dataclasses import dataclass

SENTENCE_END = re.compile(r"[.?!](?=\s|$)")
WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*|\d[\d.:]*\w*", re.IGNORECASE)
LONG_WORD = 3

# Where the rule below miscounts a word that the texts use often.
COUNTED = {
    "area": 3,
    "clinic": 2,
    "every": 2,
    "sometimes": 2,
    "something": 2,
    "usual": 3,
}


def syllables(word: str) -> int:
    """Groups of vowels, without the silent e of endings; numbers count as one."""
    letters = re.sub("[^a-z]", "", word.lower())
    if letters in COUNTED:
        return COUNTED[letters]
    spoken = re.sub(r"(?<=[^aeiouy])(?:es|ed|e)$", "", letters)
    if letters.endswith(("ted", "ded", "ses", "ces", "ges", "shes", "ches")) or (
        re.search("[^aeiouy]le$", letters)
    ):
        spoken = letters
    return max(1, len(re.findall("[aeiouy]+", spoken)))


@dataclass(frozen=True)
class Reading:
    """Counts of a text; `of` makes them."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Reading":
        parts = [WORD.findall(part) for part in SENTENCE_END.split(text)]
        return cls(
            words=tuple(word for part in parts for word in part),
            sentences=tuple(len(part) for part in parts if part),
        )

    @property
    def grade(self) -> float:
        spoken = sum(map(syllables, self.words))
        return (
            0.39 * len(self.words) / len(self.sentences)
            + 11.8 * spoken / len(self.words)
            - 15.59
        )

    @property
    def long_words(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if syllables(word) >= LONG_WORD)

"""Letters that a text message carries at no cost.

One letter outside the alphabet of text messages (GSM 03.38) makes every part of a
message less than half as long. Such a letter loses its mark there, as is usual in
Polish text messages; a mail keeps it.
"""

from __future__ import annotations

import unicodedata

# Only marked letters: all else that a wording is written in belongs to it anyway.
CARRIED = frozenset("àäåæèéìñòöøùüÄÅÆÉÑÖØÜÇß¡¿")
# A stroke is no mark that comes off.
STROKES = str.maketrans("łŁ", "lL")


def for_sms(text: str) -> str:
    """The text in letters that a text message carries."""
    return "".join(map(_letter, unicodedata.normalize("NFC", text))).translate(STROKES)


def _letter(letter: str) -> str:
    """The letter, without its mark where that is not carried."""
    return letter if letter in CARRIED else unicodedata.normalize("NFD", letter)[0]

"""What single rules add to the advice beside their sentence in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

ANY_SPECIALIST = "If your immune system is weakened"
"""How the general sentence about a specialist's number begins."""

SPECIALIST = (
    "You told us that your immune system is weakened. If you have a specialist's number, "
    "call it now."
)
SPECIALIST_AFTERWARDS = (
    "Tell them that your immune system is weakened. If you have a specialist's number, "
    "call it after that."
)

INFECTION = "This is not usual on day {day} and can be a sign of infection."
ALLERGY = "This is not usual on day {day} and can be a sign of an allergy."
ASKED = "You asked us to get in touch, and that is a good reason to check."
WORRIED = "You told us that something worries you, and that is a good reason to check."
RECORD = "This comes from our own notes, not from your log."
UNUSUAL = "This is not usual on day {day}, so it needs a check."
SERIOUS = "This can be serious, so do not wait to see if it passes."
SAME_AGAIN = "This is a sign that you told us about before."
BASELINE = "This needs a check before your treatment."

MEANINGS: Mapping[str, str] = {
    "FEVER": INFECTION,
    "FEVER-LOW": INFECTION,
    "TEMP-LOW": INFECTION,
    "RED-SPREAD": INFECTION,
    "EYE-AREA": INFECTION,
    "HIVES": ALLERGY,
    "ANGIO": ALLERGY,
    "DERM": ALLERGY,
    "CONTACT": ASKED,
    "TEXT": WORRIED,
    "UNSTERILE": RECORD,
}
"""Rule to what it can mean, where its own sentence does not say so; else `UNUSUAL`."""

DO = ("rest and drink water", "keep your skin clean", "keep your phone close")
DO_NOT = (
    "do not squeeze or pick",
    "do not put on make-up or new creams",
    "do not take left-over antibiotics",
)
DO_IN_AN_EMERGENCY = ("stay with someone if you can", "unlock your front door")
DO_NOT_IN_AN_EMERGENCY = ("do not drive yourself",)

_SWELLING = ("use a cool pack wrapped in a clean cloth", "sleep with your head raised")
_PACKS = ("keep the packs of all you put on your skin",)

DO_BY_RULE: Mapping[str, tuple[str, ...]] = {
    "SWELL-SEVERE": _SWELLING,
    "SWELL-PERSIST": _SWELLING,
    "SWELL-RISE": _SWELLING,
    "HIVES": _PACKS,
    "ANGIO": _PACKS,
    "DERM": _PACKS,
    "SYSTEMIC": _PACKS,
}

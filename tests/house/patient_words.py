"""Every string of the ground floor that a patient reads, with made-up values filled in."""

from collections.abc import Iterator

from aftercare.warning_signs import advice_words, rule_words, vocabulary
from aftercare.warning_signs.advice_words import LevelWords
from aftercare.warning_signs.aftercare_days import (
    DO,
    DO_NOT,
    SLIP_ADVICE,
    WHEN_CAN_I,
)
from aftercare.warning_signs.catalogue import RULES
from aftercare.warning_signs.expected import NEVER_USUAL, TEXTS
from aftercare.warning_signs.opening import OpeningState
from aftercare.warning_signs.signs import TILES

VALUES = {
    "clinic": "Ashgrove Clinic",
    "phone": "020 7946 0311",
    "emergency": "999",
    "out_of_hours": "111",
    "day": "4",
    "due": "tomorrow, 6pm",
    "opens": "tomorrow, 8am",
    "closes": "8pm",
    "say": "Say you had microneedling 4 days ago.",
    "late": "yesterday, 6pm",
    "looked_by": "Priya",
    "looked_at": "yesterday, 6pm",
}

# The other choices of the vocabulary are asked of staff.
ASKED_OF_PATIENTS = (
    vocabulary.Severity,
    vocabulary.OverallChange,
    vocabulary.RedFlag,
    vocabulary.SwellingSite,
    vocabulary.NodeSite,
    vocabulary.NodeSize,
    vocabulary.NodePain,
    vocabulary.Discharge,
    vocabulary.Pustules,
    vocabulary.Blisters,
    vocabulary.Hives,
    vocabulary.Bump,
    vocabulary.ColourChange,
    vocabulary.Scar,
    vocabulary.FeverMedicine,
    vocabulary.AftercareLapse,
)


def patient_words() -> dict[str, str]:
    """Where a string stands, and the string as it is read."""
    found: dict[str, str] = {}
    for source in (advice, rules, expected, aftercare, log_page):
        found |= {
            f"{source.__name__}: {place}": " ".join(text.format_map(VALUES).split())
            for place, text in source()
            if text
        }
    return found


def advice() -> Iterator[tuple[str, str]]:
    yield from head("EMERGENCY", advice_words.EMERGENCY)
    for name in ("URGENT", "PROMPT", "CALM", "LOOKED_AT"):
        for state in OpeningState:
            yield from head(f"{name} {state}", getattr(advice_words, name)[state])
    for module in (advice_words, rule_words):
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, str):
                yield name, value
            if name.startswith("DO") and isinstance(value, tuple):
                yield from numbered(name, value)
    for rule, lines in rule_words.DO_BY_RULE.items():
        yield from numbered(rule, lines)
    yield from numbered("emergency sign", advice_words.EMERGENCY_LINES)


def head(name: str, words: LevelWords) -> Iterator[tuple[str, str]]:
    yield f"{name} title", words.title
    yield f"{name} backup", words.backup
    yield from numbered(f"{name} action", words.action)


def numbered(name: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts, start=1):
        yield f"{name} {number}", text


def rules() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        for level in rule.levels:
            text = rule.text_for(level)
            yield f"{rule.id} {level.name}", text.replace("the emergency number", "999")


def expected() -> Iterator[tuple[str, str]]:
    yield "always", NEVER_USUAL
    for day, text in TEXTS.items():
        yield f"from day {day}", text


def aftercare() -> Iterator[tuple[str, str]]:
    yield from numbered("line", tuple(item.text for item in (*DO, *DO_NOT)))
    for lapse, text in SLIP_ADVICE.items():
        yield f"slip {lapse}", text
    for wait in WHEN_CAN_I:
        yield f"{wait.question}?", wait.question
        for day in (0, 1, 3, 7):
            yield f"{wait.question} on day {day}", wait.answer(day, "2pm")


def log_page() -> Iterator[tuple[str, str]]:
    for tile in TILES:
        yield f"tile {tile.sign}", tile.sign.label
        yield f"tile {tile.sign}, small print", tile.hint
    for choice in ASKED_OF_PATIENTS:
        for member in choice:
            yield f"{choice.__name__} {member}", member.label

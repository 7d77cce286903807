"""What the patient is told: computed once from the results, stored as shown.

Advice never waits for staff. Out of hours it never promises the clinic, and an emergency
never names a clinic time; nothing here says that a thing is harmless.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from . import advice_words
from .advice_of_rules import (
    action_of_rules,
    do_list,
    do_not_list,
    meaning,
    reasons,
    shown_flags,
    watch_notes,
)
from .advice_words import EMERGENCY_LINES, Call, LevelWords
from .expected import NEVER_USUAL, expected_text
from .findings import Result
from .opening import OpeningState, When
from .situation import Background, Contacts, Looked
from .vocabulary import Level, Phase

__all__ = [
    "Advice",
    "Background",
    "Call",
    "Contacts",
    "Looked",
    "advice",
    "level_words",
    "shown_flags",
]


UNREMARKABLE = Background()


@dataclass(frozen=True, slots=True)
class Advice:
    """One advice page in words, in the order in which it is read.

    `green` is the only leave to use success colours: no flag, no ticked sign.
    """

    level: Level
    day: int
    title: str
    action: tuple[str, ...]
    call: Call
    call_number: str
    why: tuple[str, ...]
    meaning: str
    backup: str
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    emergency_signs: tuple[str, ...]
    expected: str
    watch: tuple[str, ...]
    green: bool


def advice(
    level: Level,
    day: int,
    results: Sequence[Result],
    when: When,
    contacts: Contacts,
    background: Background = UNREMARKABLE,
    looked: Looked | None = None,
) -> Advice:
    """What the patient is told after a log of `day`, whose highest result is `level`.

    `results` are the log's merged day and whatever is new on later days. `looked` says
    that a person has seen the same signs before and that no new flag was raised.
    """
    calm = level < Level.PROMPT
    if day < 0:
        background = replace(background, phase=Phase.BASELINE)
    flags = shown_flags(results)
    seen = looked is not None
    words = level_words(level, when.state, background, looked=seen)
    blanks = _blanks(day, when, contacts, background, looked)

    def said(*texts: str) -> tuple[str, ...]:
        filled = (" ".join(text.format_map(blanks).split()) for text in texts)
        return tuple(dict.fromkeys(text for text in filled if text))

    before, after = action_of_rules(level, flags, contacts, background)
    return Advice(
        level=level,
        day=day,
        title=words.title.format_map(blanks),
        action=said(*before, *words.action, *after, *_late(level, background)),
        call=words.call,
        call_number=_number(words.call, contacts),
        why=reasons(flags, contacts, background, looked=seen),
        meaning=""
        if calm
        else meaning(level, flags, background, looked=seen).format_map(blanks),
        backup=" ".join(said(words.backup)),
        do=() if calm else do_list(level, flags),
        do_not=() if calm else do_not_list(level),
        emergency_signs=() if level is Level.EMERGENCY else EMERGENCY_LINES,
        expected=_expected(day, background) if calm else "",
        watch=watch_notes(level, results, contacts, background),
        green=calm and not background.signs and not background.open_flag,
    )


def _late(level: Level, background: Background) -> tuple[str, ...]:
    """A promise that was not kept is owned up to; an emergency names no clinic time."""
    owed = Level.PROMPT <= level < Level.EMERGENCY
    return (advice_words.LATE,) if owed and background.late else ()


def level_words(
    level: Level, state: OpeningState, background: Background, *, looked: bool = False
) -> LevelWords:
    """The head of the page, with blanks: by level, below EMERGENCY by opening state."""
    if level is Level.EMERGENCY:
        return advice_words.EMERGENCY
    if level is Level.URGENT:
        return advice_words.URGENT[state]
    if level is Level.PROMPT:
        return (advice_words.LOOKED_AT if looked else advice_words.PROMPT)[state]
    return replace(advice_words.CALM[state], title=_calm_title(level, background))


def _calm_title(level: Level, background: Background) -> str:
    if background.phase is Phase.BASELINE:
        return advice_words.BASELINE_TITLE
    if level is Level.WATCH:
        return advice_words.WATCH_TITLE
    return advice_words.SIGN_TITLE if background.signs else advice_words.EXPECTED_TITLE


def _expected(day: int, background: Background) -> str:
    """The expected course; before the treatment there is none."""
    if background.phase is Phase.BASELINE:
        return ""
    return f"{expected_text(day)} {NEVER_USUAL}"


def _blanks(
    day: int,
    when: When,
    contacts: Contacts,
    background: Background,
    looked: Looked | None,
) -> Mapping[str, object]:
    """What is put between the braces of the words."""
    return {
        "day": day,
        "clinic": contacts.clinic,
        "phone": contacts.phone,
        "emergency": contacts.emergency,
        "out_of_hours": contacts.out_of_hours,
        "due": when.due,
        "opens": when.opens,
        "closes": when.closes,
        "say": _say(day if background.today is None else background.today, background),
        "late": background.late,
        "looked_by": looked.by if looked else "",
        "looked_at": looked.at if looked else "",
    }


def _say(today: int, background: Background) -> str:
    """How to tell a stranger on the telephone what was done, and when."""
    if background.phase is Phase.BASELINE:
        return ""
    ago = {0: "today", 1: "yesterday"}.get(today, f"{today} days ago")
    return f"Say you had microneedling {ago}."


def _number(call: Call, contacts: Contacts) -> str:
    return {
        Call.CLINIC: contacts.phone,
        Call.OUT_OF_HOURS: contacts.out_of_hours,
        Call.EMERGENCY: contacts.emergency,
    }[call]

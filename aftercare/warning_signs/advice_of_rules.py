"""What the single results add to the advice: why, what it means, what to do and leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from . import rule_words
from .advice_words import SIGN_NOTE
from .aftercare_days import slip_advice
from .catalogue import BY_ID
from .findings import Result, said_once
from .situation import Background, Contacts
from .treatment_words import RiskFactor
from .vocabulary import Level, Phase

SENTENCE_GAP = re.compile(r"(?<=[.!?])\s+")


def shown_flags(results: Iterable[Result]) -> tuple[Result, ...]:
    """The results that people are shown as flags, worst first."""
    flags = said_once(result for result in results if result.is_flag)
    return tuple(sorted(flags, key=lambda result: -result.level))


def reasons(
    flags: Iterable[Result],
    contacts: Contacts,
    background: Background,
    *,
    looked: bool = False,
) -> tuple[str, ...]:
    """Why: each reason as staff read it, then what the rule tells the patient.

    What must be done at once stands in the action and is not repeated; a repeat that
    somebody has looked at asks for nothing new.
    """
    texts = (
        flag.reason
        if looked or is_at_once(flag)
        else with_advice(flag, contacts, background)
        for flag in flags
    )
    return tuple(dict.fromkeys(texts))


def action_of_rules(
    level: Level, flags: Sequence[Result], contacts: Contacts, background: Background
) -> tuple[list[str], list[str]]:
    """Lines that belong into the action itself: before and after those of the level."""
    at_once = [
        sentence
        for flag in flags
        if is_at_once(flag)
        for sentence in told(flag, contacts, background)
        if sentence != f"Call {contacts.emergency} now."
    ]
    emergency = level is Level.EMERGENCY
    if not has_specialist(flags, background):
        line = []
    elif emergency:
        line = [rule_words.SPECIALIST_AFTERWARDS]
    else:
        line = [rule_words.SPECIALIST]
    return ([], at_once + line) if emergency else (at_once, line)


def is_at_once(flag: Result) -> bool:
    """An emergency, or one in the patient's own words."""
    return flag.level is Level.EMERGENCY or (
        flag.rule == "TEXT" and flag.level is Level.URGENT
    )


def meaning(
    level: Level,
    flags: Sequence[Result],
    background: Background,
    *,
    looked: bool = False,
) -> str:
    """One sentence, with blanks, on what the worst result can mean."""
    if looked:
        return rule_words.SAME_AGAIN
    if level is Level.EMERGENCY:
        return rule_words.SERIOUS
    worst = flags[0].rule if flags else ""
    before = background.phase is Phase.BASELINE
    unusual = rule_words.BASELINE if before else rule_words.UNUSUAL
    return rule_words.MEANINGS.get(worst, unusual)


def do_list(level: Level, flags: Iterable[Result]) -> tuple[str, ...]:
    """What to do until someone speaks to the patient."""
    if level is Level.EMERGENCY:
        return rule_words.DO_IN_AN_EMERGENCY
    extra = (
        line for flag in flags for line in rule_words.DO_BY_RULE.get(flag.rule, ())
    )
    return tuple(dict.fromkeys((*rule_words.DO, *extra)))


def do_not_list(level: Level) -> tuple[str, ...]:
    """What to leave until then."""
    if level is Level.EMERGENCY:
        return rule_words.DO_NOT_IN_AN_EMERGENCY
    return rule_words.DO_NOT


def watch_notes(
    level: Level, results: Iterable[Result], contacts: Contacts, background: Background
) -> tuple[str, ...]:
    """What to keep an eye on; in an emergency nothing else matters."""
    if level is Level.EMERGENCY:
        return ()
    notes: list[str] = []
    for result in results:
        if result.level is not Level.WATCH:
            continue
        if result.rule == "AFTERCARE" and background.lapses:
            notes += slip_advice(background.lapses)
        else:
            notes.append(with_advice(result, contacts, background))
    if level < Level.PROMPT and background.signs:
        notes.append(SIGN_NOTE)
    return tuple(dict.fromkeys(notes))


def with_advice(result: Result, contacts: Contacts, background: Background) -> str:
    return " ".join((result.reason, *told(result, contacts, background)))


def told(result: Result, contacts: Contacts, background: Background) -> list[str]:
    """What the rule tells the patient, in sentences, with the number to call."""
    text = BY_ID[result.rule].text_for(result.level)
    text = text.replace("the emergency number", contacts.emergency)
    return [
        sentence
        for sentence in SENTENCE_GAP.split(text)
        if not (
            has_specialist([result], background)
            and sentence.startswith(rule_words.ANY_SPECIALIST)
        )
    ]


def has_specialist(flags: Iterable[Result], background: Background) -> bool:
    """Fever in a patient who may have a specialist's line to call."""
    weak = RiskFactor.IMMUNOSUPPRESSED in background.risk_factors
    return weak and any(flag.rule == "FEVER" for flag in flags)

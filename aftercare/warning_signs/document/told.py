"""What the patient is told: the advice of every level and opening state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aftercare.warning_signs import advice_words, rule_words
from aftercare.warning_signs.advice_words import EMERGENCY_SIGNS, LevelWords
from aftercare.warning_signs.opening import OpeningState

from .markdown import bullets, section, table

STATES = {
    OpeningState.OPEN: "open, and the target fits in before closing time",
    OpeningState.CLOSING: "open, but closing time comes first",
    OpeningState.CLOSED: "closed",
    OpeningState.NO_HOURS: "no opening in which a promise could be kept",
}
DIALS = {
    advice_words.Call.CLINIC: "the clinic",
    advice_words.Call.OUT_OF_HOURS: "the out-of-hours line",
    advice_words.Call.EMERGENCY: "the emergency number",
}


def told_section() -> str:
    return section(
        "What the patient is told",
        INTRODUCTION,
        table(
            ("level", "clinic", "title", "action", "button calls", "if that fails"),
            rows(),
        ),
        CALM_TITLES,
        section("Why, and what it means", meanings(), depth=3),
        section("Until we speak", until_we_speak(), depth=3),
    )


INTRODUCTION = """\
Advice is worked out once, in the moment of the log, and kept as shown. Words in braces come
from the record and the clinic's settings; `{say}` is “Say you had microneedling N days ago.”
Under *Why* the page gives the reason of every flag, as staff read it, followed by what its
rule tells the patient. An emergency puts these words into the action itself."""


def rows() -> Iterator[tuple[str, ...]]:
    yield row("EMERGENCY", "any state", advice_words.EMERGENCY)
    for level, words in (
        ("URGENT", advice_words.URGENT),
        ("PROMPT", advice_words.PROMPT),
        ("PROMPT, looked at before", advice_words.LOOKED_AT),
        ("NONE or WATCH", advice_words.CALM),
    ):
        for state in OpeningState:
            yield row(level, STATES[state], words[state])


def row(level: str, state: str, words: LevelWords) -> tuple[str, ...]:
    title = words.title or "see below"
    action = " ".join(words.action)
    return level, state, title, action, DIALS[words.call], words.backup


CALM_TITLES = f"""\
The title below a flag is “{advice_words.EXPECTED_TITLE}”, at WATCH
“{advice_words.WATCH_TITLE}”, with a ticked sign “{advice_words.SIGN_TITLE}”, before the
treatment “{advice_words.BASELINE_TITLE}”. With a ticked sign the page adds:
“{advice_words.SIGN_NOTE}” Only a page without a flag and without a ticked sign is green."""


def meanings() -> str:
    lines = [f"{ids}: “{text}”" for text, ids in by_text(rule_words.MEANINGS).items()]
    lines += [
        f"any other rule: “{rule_words.UNUSUAL}”",
        f"before the treatment: “{rule_words.BASELINE}”",
        f"any emergency: “{rule_words.SERIOUS}”",
        f"a sign that was looked at before: “{rule_words.SAME_AGAIN}”",
        f"FEVER with a weakened immune system: “{rule_words.SPECIALIST}”",
        f"the same in an emergency: “{rule_words.SPECIALIST_AFTERWARDS}”",
    ]
    return bullets(lines)


def until_we_speak() -> str:
    lines = [
        f"Do: {'; '.join(rule_words.DO)}.",
        f"Do not: {'; '.join(rule_words.DO_NOT)}.",
        f"Do, in an emergency: {'; '.join(rule_words.DO_IN_AN_EMERGENCY)}.",
        f"Do not, in an emergency: {'; '.join(rule_words.DO_NOT_IN_AN_EMERGENCY)}.",
    ]
    extra = {rule: "; ".join(do) for rule, do in rule_words.DO_BY_RULE.items()}
    lines += [f"Do, for {ids}: {text}." for text, ids in by_text(extra).items()]
    return bullets(lines)


def by_text(texts: Mapping[str, str]) -> dict[str, str]:
    """Rule to text, turned round: each text with its rules."""
    found: dict[str, list[str]] = {}
    for rule, text in texts.items():
        found.setdefault(text, []).append(rule)
    return {text: ", ".join(ids) for text, ids in found.items()}


def emergency_section() -> str:
    rows_ = [
        (line, "; ".join(sorted(flag.label for flag in flags)))
        for line, flags in EMERGENCY_SIGNS
    ]
    return section(
        "Emergency signs",
        "“Call {emergency} if you get any of these”, on every page below an emergency, "
        "and the answers of the log behind each line.",
        table(("line", "answers"), rows_),
    )

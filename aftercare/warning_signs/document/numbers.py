"""Parameters with defaults, bounds and looser side, and the lists of danger words."""

from __future__ import annotations

from dataclasses import fields

from aftercare.warning_signs.limits import NumberLimit, WordsLimit
from aftercare.warning_signs.parameters import DEFAULTS, Parameters
from aftercare.warning_signs.treatment_words import RecoveryClass
from aftercare.warning_signs.windows import Window

from .markdown import section, table

WINDOWS = {f.name.upper(): f for f in fields(Window)}
SINGLE = {
    f.name.upper(): f
    for f in fields(Parameters)
    if isinstance(f.metadata.get("limit"), NumberLimit)
}
WORDS = {
    f.name.upper(): f
    for f in fields(Parameters)
    if isinstance(f.metadata.get("limit"), WordsLimit)
}


def shipped_words(name: str) -> str:
    """The shipped value of a parameter, or "" for a name that is none.

    A parameter with a value a class shows them in the order LIGHT, STANDARD, DEEP, RF.
    """
    if name in WINDOWS:
        return "/".join(map(str, by_class(name)))
    if name in SINGLE:
        return str(getattr(DEFAULTS, SINGLE[name].name))
    return ""


def by_class(name: str) -> list[int]:
    return [
        getattr(DEFAULTS.for_class(recovery), WINDOWS[name].name)
        for recovery in RecoveryClass
    ]


def parameters_section() -> str:
    return section(
        "Parameters",
        INTRODUCTION,
        section("By recovery class, in days after treatment", windows_table(), depth=3),
        section("One value for all", singles_table(), depth=3),
    )


INTRODUCTION = """\
The recovery class of a treatment: RF for radio frequency; else LIGHT up to 0.5 mm, STANDARD
up to 1.5 mm or with unknown depth, DEEP beyond. *Looser* is the side on which fewer signs
are raised. A value marked *tighten only* stands behind a sign that the source texts name: a
clinic may move it towards more flags, never towards fewer."""


def windows_table() -> str:
    head = ("parameter", *RecoveryClass, "from", "to", "looser", "", "meaning")
    return table(
        head,
        [
            (name, *by_class(name), *limit_words(found.metadata["limit"]))
            for name, found in WINDOWS.items()
        ],
    )


def singles_table() -> str:
    head = ("parameter", "value", "from", "to", "looser", "", "meaning")
    return table(
        head,
        [
            (name, shipped_words(name), *limit_words(found.metadata["limit"]))
            for name, found in SINGLE.items()
        ],
    )


def limit_words(limit: NumberLimit) -> tuple[object, ...]:
    locked = "tighten only" if limit.locked else ""
    return limit.low, limit.high, limit.looser, locked, limit.meaning


def words_section() -> str:
    rows = [
        (name, ", ".join(getattr(DEFAULTS, found.name)))
        for name, found in WORDS.items()
    ]
    return section(
        "Words in free text",
        "A phrase counts when its words stand next to each other in one sentence and "
        f"none of the {DEFAULTS.text_lookback} words before it takes it back. Each log's "
        "note is read alone. A clinic may add phrases, not remove them; of the words that "
        "take a phrase back it may remove some, not add any.",
        table(("list", "phrases"), rows),
    )

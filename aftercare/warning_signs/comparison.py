"""Is this log worse than that one, in any answer at all?

It ends a snooze: staff set the row aside because of what they knew,
and any answer ranked higher than then is something they did not know.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from .facts import Answers, LymphNodes
from .parameters import DEFAULTS, Parameters
from .vocabulary import Choice

NOT_SYMPTOMS = frozenset(
    {"free_text", "still_present_now", "aftercare_lapses", "fever_medicine_8h"}
)


def is_worse(now: Answers, then: Answers, parameters: Parameters = DEFAULTS) -> bool:
    """Whether any answer of `now` ranks above that of `then`; not asked is the lowest."""
    if now.free_text.strip() and now.free_text != then.free_text:
        return True
    if warmer(now, then, parameters):
        return True
    return any(
        ranks_above(getattr(now, item.name), getattr(then, item.name))
        for item in fields(Answers)
        if item.name not in NOT_SYMPTOMS | {"temperature_c"}
    )


def warmer(now: Answers, then: Answers, parameters: Parameters) -> bool:
    """A reading that is raised and higher than before."""
    if now.temperature_c is None or now.temperature_c < parameters.fever_low:
        return False
    return then.temperature_c is None or now.temperature_c > then.temperature_c


def ranks_above(now: Any, then: Any) -> bool:
    """One answer against another, by the order of the vocabulary."""
    if now is None:
        return False
    if isinstance(now, LymphNodes):
        return any(
            ranks_above(getattr(now, item.name), getattr(then, item.name))
            for item in fields(LymphNodes)
        )
    if isinstance(now, frozenset):
        return bool(now - (then or frozenset()))
    if isinstance(now, Choice):
        return now.rank > (then.rank if then is not None else 0)
    return bool(now > (then or 0))

"""When nobody can reach a patient: then a clinical lead must decide, and nobody else goes on.

Pure, like `flag_life`: what has been tried is read from steps with a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from .flag_life import UNANSWERED, FlagFacts, Step

ATTEMPTS = 3
CHANNELS = 2
WITHIN = timedelta(hours=4)


def must_escalate(flags: Iterable[FlagFacts], steps: Iterable[Step]) -> bool:
    """Whether escalating is the only way on for a row of open flags."""
    ordered = sorted(steps, key=lambda step: step.at)
    return any(is_out_of_reach(attempts(flag, ordered)) for flag in flags)


def attempts(flag: FlagFacts, steps: Iterable[Step]) -> list[Step]:
    """What has been tried in vain since the flag opened or rose, in the order of time.

    It is counted anew once the patient was reached, or a clinical lead was asked.
    """
    tried: list[Step] = []
    for step in steps:
        if flag.id not in step.flags or step.at < flag.raised_at:
            continue
        if step.kind == "contacted" and step.result in UNANSWERED:
            tried.append(step)
        elif step.kind in {"contacted", "escalated"}:
            tried = []
    return tried


def is_out_of_reach(tried: Sequence[Step]) -> bool:
    """Three attempts within four hours, by two ways at least."""
    for number, first in enumerate(tried):
        near = [step for step in tried[number:] if step.at - first.at <= WITHIN]
        ways = {step.channel for step in near}
        if len(near) >= ATTEMPTS and len(ways) >= CHANNELS:
            return True
    return False

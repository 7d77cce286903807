"""Every recovery of `recoveries/`, day by day, through the assess format."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from aftercare.warning_signs.catalogue import RULES
from aftercare.warning_signs.course_json import answer
from aftercare.warning_signs.vocabulary import Level

from .day_table import Raised, Recovery, read_tables

FILES = sorted((Path(__file__).parent / "recoveries").glob("*.txt"))
RECOVERIES = [recovery for path in FILES for recovery in read_tables(path)]


def _as_raised(days: list[dict[str, Any]]) -> Raised:
    return {
        day["day"]: sorted(
            (result["rule"], result["level"]) for result in day["results"]
        )
        for day in days
    }


@pytest.mark.parametrize("recovery", RECOVERIES, ids=lambda recovery: recovery.title)
def test_recovery_raises_exactly_what_its_table_says(recovery: Recovery) -> None:
    answered = answer(recovery.course)

    assert _as_raised(answered["raised"]) == recovery.raised
    if recovery.current is not None:
        assert _as_raised(answered["current"]) == recovery.current
    refused = [(refusal["index"], refusal["day"]) for refusal in answered["rejected"]]
    assert refused == recovery.rejected
    assert answered["highest"] == _highest(recovery.raised)


def _highest(raised: Raised) -> str:
    levels = [Level[level] for results in raised.values() for _, level in results]
    return max(levels, default=Level.NONE).name


def test_every_table_has_a_title_of_its_own() -> None:
    titles = Counter(recovery.title for recovery in RECOVERIES)
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_rule_is_raised_by_some_table() -> None:
    raised = {
        rule
        for recovery in RECOVERIES
        for results in recovery.raised.values()
        for rule, _ in results
    }
    assert raised == {rule.id for rule in RULES}

"""Worse than the log before: what wakes a row that was put off."""

from dataclasses import replace
from decimal import Decimal

import pytest

from aftercare.warning_signs.comparison import is_worse
from aftercare.warning_signs.facts import Answers, LymphNodes
from aftercare.warning_signs.vocabulary import (
    AftercareLapse,
    Discharge,
    NodeSite,
    Severity,
)

THEN = Answers(
    pain=3,
    redness=Severity.MILD,
    discharge=frozenset({Discharge.CLEAR}),
    lymph_nodes=LymphNodes(present=True, sites=frozenset({NodeSite.NECK})),
    free_text="Dry.",
)


def now(**changes):
    return replace(THEN, **changes)


WORSE = {
    "a higher number": now(pain=4),
    "a graver step": now(redness=Severity.MODERATE),
    "another discharge": now(discharge=frozenset({Discharge.PUS})),
    "a gland in another place": now(
        lymph_nodes=LymphNodes(
            present=True, sites=frozenset({NodeSite.NECK, NodeSite.ARMPIT})
        )
    ),
    "something not asked before": now(itch=Severity.MILD),
    "a fever": now(temperature_c=Decimal("38.2")),
    "other words": now(free_text="It burns."),
}
NOT_WORSE = {
    "the same": now(),
    "less": now(pain=2, redness=Severity.NONE, discharge=frozenset()),
    "not asked this time": now(pain=None, redness=None),
    "a usual temperature": now(temperature_c=Decimal("36.8")),
    "no words": now(free_text=" "),
    "the sun, which is no symptom": now(
        aftercare_lapses=frozenset({AftercareLapse.DIRECT_SUN})
    ),
}


@pytest.mark.parametrize("later", WORSE.values(), ids=WORSE)
def test_this_is_worse(later):
    assert is_worse(later, THEN)


@pytest.mark.parametrize("later", NOT_WORSE.values(), ids=NOT_WORSE)
def test_this_is_not_worse(later):
    assert not is_worse(later, THEN)


def test_of_two_fevers_the_higher_is_worse():
    high, low = (Answers(temperature_c=Decimal(t)) for t in ("38.9", "38.2"))
    assert is_worse(high, low)
    assert not is_worse(low, high)
    assert not is_worse(low, low)

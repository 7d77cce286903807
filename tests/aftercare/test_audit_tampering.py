"""Whatever is done to the audit behind its triggers' back is found."""

from __future__ import annotations

from random import Random

import pytest

from tests.aftercare.tampering import Tampering, fill, lift_triggers
from tests.builders import make_clinic

pytestmark = pytest.mark.django_db

TRIES = 500


@pytest.fixture
def chain() -> Tampering:
    by = Random("what is done to the audit")
    clinic, other = make_clinic(), make_clinic("Birchwood Clinic")
    for each in (clinic, other, clinic):
        fill(each, 12, by)
    lift_triggers()
    return Tampering(clinic, other, by)


def test_an_untouched_chain_has_no_fault(chain: Tampering) -> None:
    assert chain.length == 25
    assert chain.found() is None


def test_every_change_removal_swap_and_insertion_is_found(chain: Tampering) -> None:
    faults = {}
    for number in range(TRIES):
        with chain.once() as (done, fault):
            faults[number, done] = fault
    assert [done for done, fault in faults.items() if fault is None] == []
    said = " ".join(map(str, faults.values()))
    for word in ("changed", "missing", "removed", "inserted", "swapped", "cut off"):
        assert word in said
    assert chain.found() is None

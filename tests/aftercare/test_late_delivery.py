"""A phone that was without a network for a month: what it kept may arrive in any order."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.models import DailyLog, StaffMember, Treatment
from aftercare.services.submit_log import submit_log
from aftercare.warning_signs.vocabulary import Level
from tests.builders import CALM, GLANDS, MONDAY, entry, fever, make_treatment

pytestmark = pytest.mark.django_db

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
LONGEST = 30
START = MONDAY - (LONGEST + 1) * DAY
WORSE = {"overall_change": "worse"}

ANSWERS = st.sampled_from(
    [
        CALM,
        CALM | {"pain": 3},
        CALM | {"pain": 7} | WORSE,
        CALM | {"redness": "moderate", "swelling": "mild"},
        CALM | {"swelling": "severe"} | WORSE,
        CALM | fever("37.8") | {"none_of_these": False},
        CALM | fever("38.4") | {"none_of_these": False},
        GLANDS,
        GLANDS | fever() | WORSE,
    ]
)


class Queued:
    """What waits on the phone: for each day its key and its answers."""

    def __init__(self, answers: list[dict]) -> None:
        self.days = [(day, uuid.uuid4(), said) for day, said in enumerate(answers, 1)]

    def delivered(self, nurse: StaffMember, order: Iterable[int]) -> Treatment:
        """The course after all of it has arrived in this order, within a minute."""
        treatment = make_treatment(nurse, performed_at=START)
        moment = count()
        for place in order:
            day, key, said = self.days[place]
            date = (START + day * DAY).date()
            at = MONDAY + next(moment) * SECOND
            submit_log(
                treatment_id=treatment.pk,
                by=treatment.patient,
                entry=entry(at, said, key=key, for_date=date, finished_on=date),
                at=at,
            )
        return treatment


def logged(treatment: Treatment) -> list[tuple[int, uuid.UUID]]:
    return list(treatment.logs.order_by("day").values_list("day", "key"))


def flags(treatment: Treatment) -> dict[str, Level]:
    return {flag.rule: Level(flag.level) for flag in treatment.flags.open()}


def found(treatment: Treatment) -> dict[tuple[int, str], int]:
    """The highest level that was ever found, by day and rule."""
    rows = treatment.findings.order_by("level").values_list("day", "rule", "level")
    return {(day, rule): level for day, rule, level in rows}


def no_longer_supported(treatment: Treatment) -> set[str]:
    """The flags that staff are shown as "not supported by current answers"."""
    last: dict[str, bool] = {}
    for flag in treatment.flags.open():
        change = flag.support_changes.order_by("at", "pk").last()
        last[flag.rule] = change is None or change.supported
    return {rule for rule, supported in last.items() if not supported}


def is_all_there(in_order: Treatment, shuffled: Treatment) -> None:
    """Once each, on the right day; no flag missing or lower; what is more, is marked."""
    assert logged(shuffled) == logged(in_order)
    expected, raised = flags(in_order), flags(shuffled)
    missing = {
        rule for rule, level in expected.items() if raised.get(rule, Level.NONE) < level
    }
    assert missing == set()
    assert (
        found(in_order).items()
        <= {
            key: max(level, found(in_order).get(key, 0))
            for key, level in found(shuffled).items()
        }.items()
    )
    assert set(raised) - set(expected) <= no_longer_supported(shuffled)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(data=st.data(), answers=st.lists(ANSWERS, min_size=2, max_size=7))
def test_late_doubled_and_shuffled_days_end_as_days_in_order(
    nurse: StaffMember, data: st.DataObject, answers: list[dict]
) -> None:
    days = range(len(answers))
    twice = data.draw(st.lists(st.sampled_from(list(days)), max_size=3))
    order = data.draw(st.permutations([*days, *twice]))
    queue = Queued(answers)
    is_all_there(queue.delivered(nurse, days), queue.delivered(nurse, order))


def test_a_whole_month_that_arrives_backwards_ends_as_in_order(
    nurse: StaffMember,
) -> None:
    month = [CALM, CALM | {"pain": 3}, GLANDS, CALM | {"pain": 7} | WORSE, CALM] * 6
    queue, days = Queued(month), range(LONGEST)
    is_all_there(queue.delivered(nurse, days), queue.delivered(nurse, reversed(days)))
    assert DailyLog.objects.count() == 2 * LONGEST

"""The state of a row in the queue, read from what people did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from aftercare.flag_life import FlagFacts, State, Step, row_state
from aftercare.warning_signs.vocabulary import Level
from tests.builders import MONDAY, make_clinic

pytestmark = pytest.mark.django_db

SOON = MONDAY + timedelta(minutes=30)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def clinic():
    return make_clinic()


def state_of(clinic, flags, steps, at):
    return row_state(flags, steps, at, clinic.opening_hours(), clinic.targets)


def flag_facts(level=Level.URGENT, raised_at=MONDAY) -> FlagFacts:
    return FlagFacts(UUID(int=level), level, raised_at, raised_at + timedelta(hours=2))


def step(kind: str, flag: FlagFacts, at=SOON, **over) -> Step:
    return Step(kind, at, "Priya Nair", frozenset({flag.id}), **over)


def test_a_row_without_steps_is_new_and_due_as_promised(clinic) -> None:
    flag = flag_facts()
    row = state_of(clinic, [flag], [], SOON)
    assert (row.state, row.due_at, row.owner) == (State.NEW, flag.due_at, "")


def test_acknowledged_without_contact_for_another_target_is_new_again(clinic) -> None:
    flag = flag_facts()
    steps = [step("acknowledged", flag)]
    assert state_of(clinic, [flag], steps, SOON).state is State.ACKNOWLEDGED
    late = SOON + timedelta(hours=2, minutes=1)
    again = state_of(clinic, [flag], steps, late)
    assert again.state is State.NEW
    assert again.is_late(late)
    assert again.owner == "Priya Nair"


@pytest.mark.parametrize("result", ["no_answer", "left_message"])
def test_an_attempt_without_an_answer_is_new_again_after_another_target(
    clinic, result
) -> None:
    flag = flag_facts()
    steps = [
        step("acknowledged", flag, MONDAY),
        step("contacted", flag, MONDAY, result=result),
        step("contacted", flag, SOON, result=result),
    ]
    due = SOON + timedelta(hours=2)
    row = state_of(clinic, [flag], steps, due)
    assert (row.state, row.due_at) == (State.CONTACTED, due)
    late = due + timedelta(minutes=1)
    again = state_of(clinic, [flag], steps, late)
    assert again.state is State.NEW
    assert again.is_late(late)
    steps.append(step("contacted", flag, late, result="they_called"))
    reached = state_of(clinic, [flag], steps, late)
    assert (reached.state, reached.due_at) == (State.CONTACTED, None)


def test_a_raised_flag_makes_the_row_new_and_keeps_the_owner(clinic) -> None:
    before, after = flag_facts(), flag_facts(Level.EMERGENCY, raised_at=LATER)
    row = state_of(clinic, [before, after], [step("acknowledged", before)], LATER)
    assert (row.state, row.owner) == (State.NEW, "Priya Nair")


def test_a_snooze_ends_at_its_time_or_when_woken(clinic) -> None:
    flag = flag_facts()
    contacted = step("contacted", flag, at=SOON)
    asleep = step("snoozed", flag, at=LATER, until=LATER + timedelta(hours=3))
    steps = [contacted, asleep]
    now = LATER + timedelta(hours=1)
    assert state_of(clinic, [flag], steps, now).state is State.SNOOZED
    assert (
        state_of(clinic, [flag], steps, now + timedelta(hours=2)).state
        is not State.SNOOZED
    )
    woken = [contacted, replace(asleep, woken=True)]
    assert state_of(clinic, [flag], woken, now).state is State.CONTACTED


def test_a_prompt_clock_is_stopped_by_a_contact_only(clinic) -> None:
    flag = flag_facts(Level.PROMPT)
    acknowledged = state_of(clinic, [flag], [step("acknowledged", flag)], SOON)
    assert acknowledged.due_at == flag.due_at
    contacted = state_of(clinic, [flag], [step("contacted", flag)], SOON)
    assert contacted.due_at is None


def test_an_emergency_clock_is_stopped_by_an_acknowledgement(clinic) -> None:
    flag = flag_facts(Level.EMERGENCY)
    row = state_of(clinic, [flag], [step("acknowledged", flag)], SOON)
    assert row.due_at == SOON + timedelta(minutes=15)
    assert row.state is State.ACKNOWLEDGED


def test_the_earliest_deadline_of_a_row_counts(clinic) -> None:
    first, second = flag_facts(), flag_facts(Level.EMERGENCY, raised_at=SOON)
    assert state_of(clinic, [first, second], [], SOON).due_at == first.due_at


# --- Given back -----------------------------------------------------------------------


def test_what_was_given_back_is_new_and_nobodys_with_its_clock_running(clinic) -> None:
    flag = flag_facts()
    taken = step("acknowledged", flag, owner_id=UUID(int=7))
    due = state_of(clinic, [flag], [taken], LATER).due_at
    row = state_of(clinic, [flag], [taken, step("released", flag, at=LATER)], LATER)
    assert (row.state, row.owner, row.owner_id) == (State.NEW, "", None)
    assert row.due_at == due


def test_somebody_else_takes_it_again(clinic) -> None:
    flag = flag_facts()
    again = replace(step("acknowledged", flag, at=LATER), by="Ada Obi")
    steps = [step("acknowledged", flag), step("released", flag, at=LATER), again]
    row = state_of(clinic, [flag], steps, LATER)
    assert (row.state, row.owner) == (State.ACKNOWLEDGED, "Ada Obi")


def test_a_contact_stays_made_when_its_author_leaves(clinic) -> None:
    flag = flag_facts()
    reached = step("contacted", flag)
    steps = [step("acknowledged", flag), reached, step("released", flag, at=LATER)]
    row = state_of(clinic, [flag], steps, LATER)
    assert (row.state, row.owner) == (State.CONTACTED, "")

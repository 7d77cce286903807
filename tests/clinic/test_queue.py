"""The queue: who needs a person, in order, in one look."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aftercare.flag_life import RowState, State
from aftercare.models import Flag
from aftercare.services.follow_up import acknowledge, assign, snooze
from aftercare.services.retract_log import retract_log
from aftercare.warning_signs.vocabulary import Level
from clinic.queue import Row, Tab, arranged, read_queue
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_treatment,
    send_log,
)
from tests.clinic.conftest import close, flags_of, named, spoke

LATER = MONDAY + timedelta(minutes=20)


def names(queue):
    return [row.name for group in queue.groups for row in group.rows]


def only_row(staff, at=LATER, tab=Tab.TODO):
    [group] = read_queue(staff, at, tab).groups
    [row] = group.rows
    return row


# --- Order ----------------------------------------------------------------------------


def test_emergency_comes_first_then_urgent_then_routine(nurse):
    named(nurse, "Rita Routine", GLANDS)
    named(nurse, "Una Urgent", fever())
    named(nurse, "Ella Emergency", EMERGENCY, at=LATER)
    assert names(read_queue(nurse, LATER, Tab.TODO)) == [
        "Ella Emergency",
        "Una Urgent",
        "Rita Routine",
    ]


def test_within_a_level_what_is_due_first_comes_first(nurse):
    named(nurse, "Second Patient", fever(), at=MONDAY + timedelta(minutes=5))
    named(nurse, "First Patient", fever(), at=MONDAY)
    assert names(read_queue(nurse, LATER, Tab.TODO)) == [
        "First Patient",
        "Second Patient",
    ]


@st.composite
def rows(draw):
    level = draw(st.sampled_from([Level.PROMPT, Level.URGENT, Level.EMERGENCY]))
    due = draw(st.none() | st.datetimes(timezones=st.just(UTC)))
    state = RowState(
        level=level,
        state=draw(st.sampled_from(State)),
        owner="",
        owner_id=draw(st.none() | st.sampled_from([ME, uuid.uuid4()])),
        due_at=due,
        snoozed_until=None,
        contacted=False,
    )
    return Row(
        key=draw(st.uuids()),
        url="",
        level=level,
        name="",
        phone="",
        why="",
        due="",
        due_state="",
        state="",
        is_new=False,
        day=0,
        levels=(),
        owner="",
        flags=(),
        standing=state,
    )


ME = uuid.uuid4()
FAR = datetime.max.replace(tzinfo=UTC)


@given(st.lists(rows(), max_size=12), st.sampled_from(Tab))
def test_no_part_of_the_queue_hides_an_emergency_and_none_changes_the_order(found, tab):
    shown = arranged(found, tab, ME)
    emergencies = {row.key for row in found if row.level is Level.EMERGENCY}
    assert emergencies <= {row.key for row in shown}
    levels = [row.level for row in shown]
    assert levels == sorted(levels, reverse=True)
    for first, second in pairwise(shown):
        if first.level == second.level:
            assert (first.standing.due_at or FAR) <= (second.standing.due_at or FAR)


@given(st.lists(rows(), max_size=8))
def test_every_row_is_in_to_do_waiting_or_snoozed(found):
    parts = [arranged(found, tab, ME) for tab in (Tab.TODO, Tab.WAITING, Tab.SNOOZED)]
    assert {row.key for part in parts for row in part} == {row.key for row in found}


# --- What a row says ------------------------------------------------------------------


def test_a_treatment_with_several_flags_is_one_row_at_its_worst_level(nurse):
    named(nurse, "Maya Okafor", GLANDS, fever())
    row = only_row(nurse)
    assert row.level is Level.URGENT
    assert row.state == "New"
    assert row.is_new
    assert row.day == 4
    assert row.due == "1 h 40 min left"
    assert row.owner == ""


def test_glands_alone_and_glands_with_fever_are_one_reason(nurse):
    treatment = named(nurse, "Maya Okafor", GLANDS, fever())
    reasons = {flag.rule: flag.reason for flag in treatment.flags.open()}
    assert {"LN-ALONE", "LN-PLUS"} <= reasons.keys()
    # Both are raised to the same level, so only the merging can leave one out.
    Flag.objects.filter(rule="LN-ALONE").update(level=Level.URGENT)
    why = only_row(nurse).why
    assert reasons["LN-PLUS"] in why or "more" in why
    assert reasons["LN-ALONE"] not in why


def test_a_routine_row_names_the_moment_instead_of_the_time_left(nurse):
    named(nurse, "Maya Okafor", GLANDS)
    assert only_row(nurse).due == "By tomorrow 6pm"


def test_a_missed_deadline_says_how_late_it_is(nurse):
    named(nurse, "Maya Okafor", fever())
    row = only_row(nurse, MONDAY + timedelta(hours=2, minutes=18))
    assert row.due == "18 min late"
    assert row.due_state == "late"


def test_the_spark_has_the_worst_level_of_each_logged_day(nurse):
    treatment = make_treatment(nurse)
    send_log(treatment, CALM, at=MONDAY - timedelta(days=2))
    send_log(treatment, CALM, at=MONDAY - timedelta(days=1))
    send_log(treatment, GLANDS, fever(), at=MONDAY)
    assert only_row(nurse).levels == (0, 0, 3)


def test_a_log_that_was_taken_back_leaves_no_bar(nurse):
    treatment = make_treatment(nurse)
    log = send_log(treatment, CALM, at=MONDAY - timedelta(days=1)).log
    send_log(treatment, fever(), at=MONDAY)
    retract_log(
        treatment_id=treatment.pk,
        log_id=log.pk,
        by=treatment.patient,
        reason="Wrong day",
        at=LATER,
    )
    assert only_row(nurse).levels == (3,)


def test_a_sign_flagged_again_after_closing_says_back_again(nurse):
    treatment = named(nurse, "Maya Okafor", fever())
    spoke(treatment, nurse, MONDAY)
    close(treatment, nurse, LATER)
    send_log(treatment, fever("38.6"), at=MONDAY + timedelta(hours=3))
    row = only_row(nurse, MONDAY + timedelta(hours=3))
    assert row.state == "Back again"
    assert row.is_new


# --- Parts of the queue ---------------------------------------------------------------


def test_an_acknowledged_row_is_mine_and_still_to_do(nurse, lead):
    treatment = named(nurse, "Maya Okafor", fever())
    acknowledge(
        treatment_id=treatment.pk, shown=flags_of(treatment), by=nurse, at=MONDAY
    )
    row = only_row(nurse, tab=Tab.MINE)
    assert (row.state, row.owner) == ("Acknowledged", "Priya Nair")
    assert row.due == "Call: 1 h 40 min left"
    assert names(read_queue(nurse, LATER, Tab.TODO)) == ["Maya Okafor"]
    assert names(read_queue(lead, LATER, Tab.MINE)) == []


def test_an_assigned_row_belongs_to_the_colleague(nurse, lead):
    treatment = named(nurse, "Maya Okafor", fever())
    assign(
        treatment_id=treatment.pk,
        shown=flags_of(treatment),
        by=nurse,
        to=lead,
        at=MONDAY,
    )
    assert names(read_queue(lead, LATER, Tab.MINE)) == ["Maya Okafor"]
    assert only_row(nurse).owner == "Lena Hart"


def test_a_contacted_row_waits(nurse):
    treatment = named(nurse, "Maya Okafor", fever())
    spoke(treatment, nurse, MONDAY, "left_message")
    queue = read_queue(nurse, LATER, Tab.WAITING)
    assert names(queue) == ["Maya Okafor"]
    assert [link.count for link in queue.tabs] == [0, 0, 1, 0]
    assert read_queue(nurse, LATER, Tab.TODO).elsewhere == "1 waiting"


def test_a_snoozed_row_says_until_when(nurse):
    treatment = named(nurse, "Maya Okafor", GLANDS)
    spoke(treatment, nurse, MONDAY)
    snooze(
        treatment_id=treatment.pk,
        shown=flags_of(treatment),
        by=nurse,
        until=MONDAY + timedelta(hours=5),
        at=LATER,
    )
    row = only_row(nurse, LATER + timedelta(minutes=1), tab=Tab.SNOOZED)
    assert (row.state, row.due) == ("Snoozed", "Until 2pm")

"""Nobody reaches the patient: after three attempts only a clinical lead goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from aftercare.escalation import must_escalate
from aftercare.flag_life import FlagFacts, State, Step
from aftercare.models import (
    AuditEntry,
    Clinic,
    FollowUp,
    OutgoingMessage,
    StaffMember,
    Telling,
    Treatment,
)
from aftercare.services.escalate import escalate
from aftercare.services.follow_up import (
    OUT_OF_REACH,
    Contact,
    NotPossible,
    acknowledge,
    log_contact,
    snooze,
)
from aftercare.services.ladder import climb_ladder
from aftercare.services.review_flags import Findings, review_flags
from aftercare.warning_signs.vocabulary import Level, Outcome
from clinic.standing import read_standings
from tests.builders import (
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)

FLAG = FlagFacts(UUID(int=1), Level.URGENT, MONDAY, MONDAY + timedelta(hours=2))
TRIED = (("phone", 0), ("text", 10), ("phone", 20))


def after(**time: float) -> datetime:
    return MONDAY + timedelta(**time)


# --- What must be escalated: pure -------------------------------------------------------


def tried(channel: str, minutes: float, result: str = "no_answer") -> Step:
    flags = frozenset({FLAG.id})
    at = after(minutes=minutes)
    return Step("contacted", at, "Priya Nair", flags, channel=channel, result=result)


def asked(minutes: float) -> Step:
    return Step("escalated", after(minutes=minutes), "Priya Nair", frozenset({FLAG.id}))


@pytest.mark.parametrize(
    ("steps", "must"),
    [
        ([], False),
        ([tried("phone", 0), tried("text", 1)], False),
        ([tried("phone", 0), tried("text", 1), tried("phone", 2)], True),
        ([tried("phone", 0), tried("phone", 1), tried("phone", 2)], False),
        ([tried("phone", 0), tried("text", 1), tried("phone", 240)], True),
        ([tried("phone", 0), tried("text", 1), tried("phone", 241)], False),
        (
            [
                tried("phone", 0),
                tried("phone", 200),
                tried("text", 300),
                tried("phone", 400),
            ],
            True,
        ),
        (
            [tried("phone", 0), tried("text", 1, "left_message"), tried("phone", 2)],
            True,
        ),
        ([tried("phone", 0), tried("text", 1), tried("phone", 2, "spoke")], False),
        (
            [tried("phone", m) for m in (0, 1)] + [tried("text", 2, "they_called")],
            False,
        ),
        ([tried("phone", -3), tried("text", 1), tried("phone", 2)], False),
        ([*(tried(way, m) for way, m in TRIED), asked(30)], False),
        ([*(tried(way, m) for way, m in TRIED), asked(30), tried("text", 40)], False),
        (
            [
                *(tried(way, m) for way, m in TRIED),
                asked(30),
                *(tried(way, 40 + m) for way, m in TRIED),
            ],
            True,
        ),
    ],
)
def test_three_attempts_in_vain_by_two_ways_within_four_hours(
    steps: list[Step], must: bool
) -> None:
    assert must_escalate([FLAG], steps) is must
    assert must_escalate([FLAG], reversed(steps)) is must


@given(
    st.lists(
        st.builds(
            tried,
            st.sampled_from(["phone", "text", "email"]),
            st.integers(0, 600),
            st.sampled_from(["no_answer", "left_message", "spoke"]),
        ),
        max_size=8,
    )
)
def test_nobody_who_was_reached_last_must_be_escalated(steps: list[Step]) -> None:
    reached = tried("phone", 601, "seen")
    assert not must_escalate([FLAG], [*steps, reached])
    if must_escalate([FLAG], steps):
        in_vain = [step for step in steps if step.result != "spoke"]
        assert len(in_vain) >= 3
        assert len({step.channel for step in in_vain}) >= 2


def test_attempts_for_another_flag_do_not_count() -> None:
    other = FlagFacts(UUID(int=2), Level.URGENT, MONDAY, None)
    assert not must_escalate([other], [tried(way, m) for way, m in TRIED])
    assert must_escalate([other, FLAG], [tried(way, m) for way, m in TRIED])


# --- The verb ---------------------------------------------------------------------------


@pytest.fixture
def clinic(db: None) -> Clinic:
    return make_clinic()


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Priya Nair")


@pytest.fixture
def desk(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Ruth Abara", "is_front_desk")


@pytest.fixture
def lead(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Lena Hart", "is_clinical_lead")


@pytest.fixture
def flagged(nurse: StaffMember) -> Treatment:
    treatment = make_treatment(nurse)
    send_log(treatment, fever())
    return treatment


def attempt(
    treatment: Treatment,
    by: StaffMember,
    minutes: float,
    channel: str = "phone",
    result: str = "no_answer",
) -> FollowUp:
    return log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=by,
        contact=Contact(channel, result),
        at=after(minutes=minutes),
    )


def out_of_reach(treatment: Treatment, by: StaffMember, start: float = 1) -> None:
    for channel, minutes in TRIED:
        attempt(treatment, by, start + minutes, channel)


def give(
    treatment: Treatment, by: StaffMember, to: StaffMember, minutes: float = 40
) -> FollowUp:
    return escalate(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=by,
        to=to,
        at=after(minutes=minutes),
    )


def row(treatment: Treatment, minutes: float):
    at = after(minutes=minutes)
    hours = treatment.clinic.opening_hours()
    return read_standings(treatment.clinic, at, hours, treatment.pk)[0]


def letters() -> list[str]:
    waiting = OutgoingMessage.objects.filter(kind="staff_urgent")
    return sorted(message.staff.name for message in waiting)


@pytest.mark.parametrize("result", ["no_answer", "left_message"])
def test_after_three_attempts_in_vain_nobody_but_a_lead_tries_again(
    flagged: Treatment,
    nurse: StaffMember,
    desk: StaffMember,
    lead: StaffMember,
    result: str,
) -> None:
    out_of_reach(flagged, nurse)
    assert row(flagged, 30).must_escalate
    for who in (nurse, desk):
        with pytest.raises(NotPossible, match="Escalate to a clinical lead"):
            attempt(flagged, who, 30, "text", result)
    attempt(flagged, lead, 31, "phone", result)


@pytest.mark.parametrize("result", ["spoke", "they_called", "seen"])
def test_that_the_patient_was_reached_can_always_be_said(
    flagged: Treatment, nurse: StaffMember, result: str
) -> None:
    out_of_reach(flagged, nurse)
    attempt(flagged, nurse, 30, "phone", result)
    assert not row(flagged, 30).must_escalate
    attempt(flagged, nurse, 31)


def test_what_must_be_escalated_is_not_put_aside_but_by_a_lead(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember
) -> None:
    out_of_reach(flagged, nurse)

    def put_aside(by: StaffMember) -> FollowUp:
        return snooze(
            treatment_id=flagged.pk,
            shown=shown_flags(flagged),
            by=by,
            until=after(hours=3),
            at=after(minutes=30),
        )

    with pytest.raises(NotPossible, match=OUT_OF_REACH):
        put_aside(nurse)
    put_aside(lead)


def test_the_lead_owns_it_and_is_told_at_once_by_every_way(
    flagged: Treatment,
    desk: StaffMember,
    lead: StaffMember,
    settings: LazySettings,
    tmp_path: Path,
) -> None:
    settings.MESSAGE_FOLDER = str(tmp_path)
    lead.phone = "+447700900123"
    lead.save()
    give(flagged, desk, lead)
    standing = row(flagged, 41)
    assert standing.state.state is State.ESCALATED
    assert standing.state.owner == "Lena Hart"
    assert letters() == ["Lena Hart", "Lena Hart"]
    assert AuditEntry.objects.filter(verb="flag.escalated", staff=desk).count() == 1


def test_it_is_the_leads_for_another_full_target_and_late_after_that(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember
) -> None:
    out_of_reach(flagged, nurse)
    assert row(flagged, 39).state.state is State.CONTACTED
    give(flagged, nurse, lead)
    state = row(flagged, 41).state
    assert (state.state, state.due_at) == (State.ESCALATED, after(hours=2, minutes=40))
    assert row(flagged, 161).state.is_late(after(minutes=161))


def test_a_lead_who_does_not_look_is_told_again_with_all_the_others(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember, clinic: Clinic
) -> None:
    make_staff(clinic, "Ada Obi", "is_clinical_lead")
    out_of_reach(flagged, nurse)
    climb_ladder(after(minutes=35))
    give(flagged, nurse, lead)
    climb_ladder(after(minutes=159))
    assert letters() == ["Lena Hart"]
    climb_ladder(after(minutes=160))
    assert letters() == ["Ada Obi", "Lena Hart", "Lena Hart"]
    assert {one.raised_at for one in Telling.objects.all()} == {after(minutes=40)}
    climb_ladder(after(hours=9))
    assert len(letters()) == 3


def test_a_lead_who_looks_has_the_contact_clock_and_what_they_do_settles_it(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember
) -> None:
    out_of_reach(flagged, nurse)
    give(flagged, nurse, lead)
    acknowledge(
        treatment_id=flagged.pk,
        shown=shown_flags(flagged),
        by=lead,
        at=after(minutes=60),
    )
    state = row(flagged, 61).state
    assert (state.state, state.due_at) == (State.ACKNOWLEDGED, after(hours=3))
    attempt(flagged, lead, 62, result="spoke")
    assert row(flagged, 63).state.state is State.CONTACTED
    climb_ladder(after(hours=5))
    assert letters() == ["Lena Hart"]


def test_it_can_be_escalated_before_anybody_has_tried(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember
) -> None:
    give(flagged, nurse, lead, minutes=5)
    state = row(flagged, 6).state
    assert (state.state, state.due_at) == (State.ESCALATED, after(hours=2))
    climb_ladder(after(minutes=30))
    assert Telling.objects.filter(rung="quarter").exists()


def test_news_after_it_make_the_row_new_and_it_stays_the_leads(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember
) -> None:
    give(flagged, nurse, lead)
    send_log(flagged, GLANDS | fever("39.9"), at=after(minutes=50))
    state = row(flagged, 51).state
    assert (state.state, state.owner) == (State.NEW, "Lena Hart")


def test_a_snooze_ends_with_it(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember
) -> None:
    attempt(flagged, nurse, 1)
    snooze(
        treatment_id=flagged.pk,
        shown=shown_flags(flagged),
        by=nurse,
        until=after(hours=9),
        at=after(minutes=2),
    )
    give(flagged, nurse, lead)
    assert row(flagged, 41).state.state is State.ESCALATED
    assert FollowUp.objects.get(kind="snoozed").woken_at == after(minutes=40)


def test_it_goes_to_a_lead_who_works_here_and_is_somebody_else(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember, clinic: Clinic
) -> None:
    elsewhere = make_staff(make_clinic("Other"), "Eve Lund", "is_clinical_lead")
    colleague = make_staff(clinic, "Sam Kerr")
    for wrong in (elsewhere, colleague):
        with pytest.raises(NotPossible, match="clinical lead who works here"):
            give(flagged, nurse, wrong)
    with pytest.raises(NotPossible, match="in hand"):
        give(flagged, lead, lead)
    lead.deactivated_at = MONDAY
    lead.save()
    with pytest.raises(NotPossible, match="clinical lead who works here"):
        give(flagged, nurse, lead)
    assert not FollowUp.objects.exists()


def test_where_there_is_no_lead_it_goes_to_the_owner(
    flagged: Treatment, nurse: StaffMember, clinic: Clinic
) -> None:
    owner = make_staff(clinic, "Olu Bankole", "is_owner")
    give(flagged, nurse, owner)
    assert letters() == ["Olu Bankole"]


def test_without_any_opening_ahead_the_ladder_looks_a_day_later(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember, clinic: Clinic
) -> None:
    for days in range(16):
        clinic.openings.create(date=after(days=days).date())
    out_of_reach(flagged, nurse)
    climb_ladder(after(minutes=35))
    give(flagged, nurse, lead)
    flag = flagged.flags.get(rule="FEVER")
    assert flag.next_rung_at == after(days=1, minutes=35)
    assert row(flagged, 41).state.due_at is None


@pytest.mark.parametrize("who", ["nurse", "lead"])
def test_who_was_not_reached_is_closed_by_a_lead_with_a_plan(
    flagged: Treatment, nurse: StaffMember, lead: StaffMember, who: str
) -> None:
    out_of_reach(flagged, nurse)
    give(flagged, nurse, lead)

    def close(by: StaffMember, plan: str = ""):
        return review_flags(
            treatment_id=flagged.pk,
            shown=shown_flags(flagged),
            by=by,
            findings=Findings(
                Outcome.NOT_REACHED,
                "Called and texted since nine.",
                useful=True,
                safety_net=False,
                plan=plan,
            ),
            at=after(hours=1),
        )

    with pytest.raises(NotPossible, match="Write the plan"):
        close(lead)
    if who == "lead":
        assert close(lead, "A letter today, a visit tomorrow.").closed
        return
    with pytest.raises(NotPossible, match="Only a clinical lead"):
        close(nurse, "A letter today, a visit tomorrow.")

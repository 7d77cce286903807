"""What a patient is promised is what an open flag owes, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aftercare.flag_life import FlagFacts, State, row_state
from aftercare.services.follow_up import Contact, acknowledge, log_contact
from aftercare.services.request_call import request_call
from aftercare.services.review_flags import Findings, review_flags
from aftercare.warning_signs.vocabulary import Level, Outcome
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)
SIX = datetime(2026, 6, 2, 17, 0, tzinfo=UTC)
"""Tuesday, 6pm in London: the deadline of a routine flag of Monday."""


@pytest.fixture
def priya():
    return make_staff(make_clinic(), "Priya Nair", "is_clinical_lead")


@pytest.fixture
def treatment(priya):
    return make_treatment(priya)


def spoke(treatment, by, at, result="spoke"):
    return log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=by,
        contact=Contact("phone", result),
        at=at,
    )


def close(treatment, by, at):
    return review_flags(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=by,
        findings=Findings(Outcome.ADVISED, "Advised to rest today.", True, True),
        at=at,
    )


def test_what_a_person_has_closed_is_not_promised_again_the_same_day(
    treatment, priya
) -> None:
    send_log(treatment, GLANDS)
    spoke(treatment, priya, MONDAY + timedelta(hours=1))
    close(treatment, priya, MONDAY + timedelta(hours=2))
    told = send_log(treatment, CALM, at=MONDAY + timedelta(hours=3)).advice
    assert (told.level, told.promised_at) == (Level.PROMPT, None)
    assert "Priya Nair" in told.title
    assert not treatment.flags.open().exists()


def test_no_time_is_named_for_a_closed_urgent_flag(treatment, priya) -> None:
    send_log(treatment, fever())
    spoke(treatment, priya, MONDAY + timedelta(hours=1))
    close(treatment, priya, MONDAY + timedelta(hours=2))
    told = send_log(treatment, CALM, at=MONDAY + timedelta(hours=3)).advice
    assert (told.level, told.promised_at) == (Level.URGENT, None)


def test_after_a_call_the_same_sign_on_another_day_is_owed_a_look(
    treatment, priya
) -> None:
    send_log(treatment, GLANDS)
    spoke(treatment, priya, MONDAY + timedelta(hours=1))
    told = send_log(treatment, GLANDS, at=TUESDAY).advice
    flag = treatment.flags.get()
    assert told.promised_at == flag.due_at > SIX
    assert flag.raised_at == TUESDAY
    assert flag.opened_at == MONDAY


def test_after_a_call_a_calm_second_log_names_who_called_and_promises_nothing(
    treatment, priya
) -> None:
    send_log(treatment, GLANDS)
    spoke(treatment, priya, MONDAY + timedelta(hours=1))
    told = send_log(treatment, CALM, at=MONDAY + timedelta(hours=2)).advice
    assert told.promised_at is None
    assert "Priya Nair" in told.title


def test_a_promise_that_runs_is_not_moved_by_more_of_the_same(treatment) -> None:
    send_log(treatment, GLANDS)
    told = send_log(treatment, GLANDS, at=TUESDAY).advice
    assert told.promised_at == treatment.flags.get().due_at == SIX


def test_a_promise_that_was_missed_is_owned_up_to(treatment) -> None:
    send_log(treatment, GLANDS)
    told = send_log(treatment, GLANDS, at=MONDAY + timedelta(days=2)).advice
    assert "We said yesterday, 6pm. We are running late. We are sorry." in told.action
    assert told.promised_at > SIX
    assert treatment.flags.get().due_at == SIX


def test_an_emergency_names_no_clinic_time_even_when_late(treatment) -> None:
    send_log(treatment, EMERGENCY)
    told = send_log(treatment, EMERGENCY, at=TUESDAY).advice
    assert "running late" not in told.action


def test_a_rise_after_a_kept_promise_has_a_deadline_of_its_own(
    treatment, priya
) -> None:
    four = {"overall_change": "same", "pain": 0, "redness": "none", "swelling": "none"}
    send_log(treatment, four, {"signs_rash": True, "hives": "local"})
    spoke(treatment, priya, MONDAY + timedelta(hours=1))
    thursday = MONDAY + timedelta(days=3)
    send_log(treatment, four, {"signs_rash": True, "hives": "widespread"}, at=thursday)
    assert treatment.flags.get(rule="HIVES").due_at == thursday + timedelta(hours=2)


def test_an_emergency_that_comes_back_after_a_call_is_promised_anew(
    treatment, priya
) -> None:
    send_log(treatment, EMERGENCY)
    acknowledge(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=priya,
        at=MONDAY + timedelta(minutes=5),
    )
    spoke(treatment, priya, MONDAY + timedelta(minutes=9))
    send_log(treatment, EMERGENCY, at=TUESDAY)
    assert treatment.flags.get().due_at == TUESDAY + timedelta(minutes=15)


def test_a_rise_while_the_clock_runs_keeps_the_earlier_deadline(treatment) -> None:
    send_log(treatment, fever())
    due = treatment.flags.get().due_at
    send_log(treatment, fever(), at=MONDAY + timedelta(hours=1))
    assert treatment.flags.get().due_at == due


def test_a_step_taken_while_the_log_waited_does_not_acknowledge_the_rise(
    treatment, priya
) -> None:
    """The log was received first, but the acknowledgement reached the database first."""
    four = {"overall_change": "same", "pain": 0, "redness": "none", "swelling": "none"}
    send_log(treatment, four, {"signs_rash": True, "hives": "local"})
    received = MONDAY + timedelta(hours=1)
    acknowledged = received + timedelta(seconds=1)
    acknowledge(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=priya,
        at=acknowledged,
    )
    send_log(treatment, four, {"signs_rash": True, "hives": "widespread"}, at=received)
    flag = treatment.flags.get(rule="HIVES")
    assert flag.raised_at > acknowledged
    facts = FlagFacts(flag.pk, flag.urgency, flag.raised_at, flag.due_at)
    hours, targets = treatment.clinic.opening_hours(), treatment.clinic.targets
    assert row_state([facts], [], flag.raised_at, hours, targets).state is State.NEW


def test_asking_again_to_be_called_after_an_attempt_is_a_new_request(
    treatment, priya
) -> None:
    def ask(number: str, at: datetime):
        return request_call(
            treatment_id=treatment.pk,
            by=treatment.patient,
            number=number,
            best_time=None,
            at=at,
        )

    first = ask("07700 900318", MONDAY)
    assert ask("07700 900999", MONDAY + timedelta(minutes=1)) != first
    spoke(treatment, priya, MONDAY + timedelta(hours=1), result="no_answer")
    again = ask("07700 900999", MONDAY + timedelta(hours=2))
    assert again.at == MONDAY + timedelta(hours=2)
    assert treatment.flags.get(rule="CONTACT").raised_at == again.at


def test_a_call_asked_for_from_an_advice_page_belongs_to_its_log(treatment) -> None:
    log = send_log(treatment, CALM).log
    request = request_call(
        treatment_id=treatment.pk,
        by=treatment.patient,
        number="07700 900318",
        best_time="now",
        log_id=log.pk,
        at=MONDAY,
    )
    assert request.log == log
    assert log.findings.get(rule="CONTACT").flag == request.flag

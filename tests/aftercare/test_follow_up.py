"""Between a flag and its review: steps, states, and who may close what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.services.follow_up import (
    Contact,
    NotPossible,
    acknowledge,
    assign,
    log_contact,
    snooze,
    undo_acknowledgement,
)
from aftercare.services.request_call import request_call
from aftercare.services.review_flags import (
    Findings,
    review_flags,
    undo_review,
)
from aftercare.warning_signs.vocabulary import Outcome
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

SPOKE = Contact("phone", "spoke", "Feels better since noon.")
SOON = MONDAY + timedelta(minutes=30)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def priya(clinic):
    return make_staff(clinic, "Priya Nair")


@pytest.fixture
def lead(clinic):
    return make_staff(clinic, "Lena Hart", "is_clinical_lead")


@pytest.fixture
def treatment(priya):
    return make_treatment(priya)


def found(outcome: Outcome = Outcome.ADVISED, **over) -> Findings:
    words = {
        "note": "Advised to measure again tonight.",
        "useful": True,
        "safety_net": True,
    }
    return Findings(outcome, **(words | over))


def contact(treatment, by, at=SOON, result="spoke"):
    return log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=by,
        contact=Contact("phone", result),
        at=at,
    )


def close(treatment, by, findings=None, at=LATER, what=None):
    return review_flags(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment) if what is None else what,
        by=by,
        findings=findings or found(),
        at=at,
    )


def test_a_review_closes_the_flags_that_were_shown(treatment, priya) -> None:
    send_log(treatment, GLANDS, fever())
    contact(treatment, priya)
    reviewed = close(treatment, priya)
    assert {flag.rule for flag in reviewed.closed} >= {"LN-PLUS", "FEVER"}
    assert not treatment.flags.open().exists()


def test_a_flag_that_arrived_meanwhile_stays_open(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    seen = shown_flags(treatment)
    send_log(treatment, {"signs_pus": True, "discharge_pus": True}, at=SOON)
    reviewed = close(treatment, priya, what=seen)
    assert [flag.rule for flag in reviewed.closed] == ["LN-ALONE"]
    left = {flag.rule for flag, _ in reviewed.left_open}
    assert left == {"PUS", "INFECT-CLUSTER"}


def test_a_flag_with_new_evidence_since_stays_open_and_the_author_is_told(
    treatment, priya
) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    seen = shown_flags(treatment)
    send_log(treatment, GLANDS, at=SOON + timedelta(minutes=1))
    with pytest.raises(NotPossible, match="New evidence"):
        close(treatment, priya, what=seen)
    assert treatment.flags.open().exists()


@pytest.mark.parametrize("result", ["no_answer", "left_message"])
def test_a_flag_cannot_close_without_having_reached_the_patient(
    treatment, priya, result
) -> None:
    send_log(treatment, GLANDS)
    with pytest.raises(NotPossible, match="contact first"):
        close(treatment, priya)
    contact(treatment, priya, result=result)
    with pytest.raises(NotPossible, match="contact first"):
        close(treatment, priya)


def test_a_contact_before_the_flag_opened_does_not_close_it(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    send_log(treatment, {"signs_pus": True, "discharge_pus": True}, at=LATER)
    reviewed = close(treatment, priya, at=LATER + timedelta(minutes=1))
    assert {reason for _, reason in reviewed.left_open} == {
        "It opened after the last contact."
    }


def test_a_review_needs_the_safety_net_tick(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    with pytest.raises(NotPossible, match="what to look for"):
        close(treatment, priya, found(safety_net=False))


def test_a_clinicians_review_leaves_emergency_flags_to_the_lead(
    treatment, priya, lead
) -> None:
    send_log(treatment, GLANDS, EMERGENCY)
    contact(treatment, priya)
    reviewed = close(treatment, priya)
    assert [flag.rule for flag, _ in reviewed.left_open] == ["BREATHING"]
    assert [flag.rule for flag in close(treatment, lead).closed] == ["BREATHING"]


def test_sent_by_mistake_needs_no_contact(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    assert close(treatment, priya, found(Outcome.SENT_BY_MISTAKE)).closed


def test_not_reached_is_for_a_lead_with_a_plan(treatment, priya, lead) -> None:
    send_log(treatment, GLANDS)
    with pytest.raises(NotPossible, match="clinical lead"):
        close(treatment, priya, found(Outcome.NOT_REACHED, plan="Letter sent."))
    with pytest.raises(NotPossible, match="plan"):
        close(treatment, lead, found(Outcome.NOT_REACHED))
    assert close(
        treatment, lead, found(Outcome.NOT_REACHED, plan="Letter sent.")
    ).closed


def test_the_second_to_close_is_told_who_was_faster(treatment, priya, lead) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    seen = shown_flags(treatment)
    close(treatment, priya, what=seen)
    with pytest.raises(NotPossible, match="Priya Nair already closed this") as told:
        close(treatment, lead, what=seen)
    assert told.value.at == LATER


def test_undo_ends_a_review_within_ten_minutes(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    review = close(treatment, priya).review
    undo_review(
        treatment_id=treatment.pk,
        review_id=review.pk,
        by=priya,
        at=LATER + timedelta(minutes=10),
    )
    assert treatment.flags.open().get().rule == "LN-ALONE"
    review.refresh_from_db()
    assert review.undone_by == priya


@pytest.mark.parametrize("minutes", [11, 60])
def test_after_ten_minutes_a_review_stands(treatment, priya, minutes) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    review = close(treatment, priya).review
    with pytest.raises(NotPossible):
        undo_review(
            treatment_id=treatment.pk,
            review_id=review.pk,
            by=priya,
            at=LATER + timedelta(minutes=minutes),
        )


def test_a_repeat_within_a_week_is_a_comment_on_the_closed_flag(
    treatment, priya
) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    closed = close(treatment, priya).closed[0]
    sent = send_log(treatment, GLANDS, at=MONDAY + timedelta(days=1))
    assert not treatment.flags.open().exists()
    assert closed.findings.filter(log=sent.log, suppressed=True).exists()
    assert sent.advice.promised_at is None


def test_a_repeat_of_something_worse_or_after_a_week_is_flagged_again(
    treatment, priya
) -> None:
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    closed = close(treatment, priya).closed[0]
    send_log(treatment, GLANDS, at=LATER + timedelta(days=7))
    again = treatment.flags.open().get(rule="LN-ALONE")
    assert again.follows == closed


def test_fever_is_flagged_again_however_lately_it_was_closed(treatment, priya) -> None:
    send_log(treatment, fever())
    contact(treatment, priya)
    close(treatment, priya)
    send_log(treatment, fever(), at=LATER + timedelta(hours=1))
    assert treatment.flags.open().get().rule == "FEVER"


def test_numbing_is_flagged_again_at_whatever_level(treatment, priya) -> None:
    numb = {"numbing_symptoms": True}
    send_log(treatment, numb)
    contact(treatment, priya)
    close(treatment, priya)
    send_log(treatment, numb, at=LATER + timedelta(hours=1))
    assert treatment.flags.open().get().rule == "NUMBING"


def test_a_repeat_of_a_mistake_is_flagged_again(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    close(treatment, priya, found(Outcome.SENT_BY_MISTAKE))
    send_log(treatment, GLANDS, at=LATER + timedelta(hours=1))
    assert treatment.flags.open().exists()


def test_an_acknowledgement_can_be_taken_back_for_ten_seconds(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    step = acknowledge(
        treatment_id=treatment.pk, shown=shown_flags(treatment), by=priya, at=SOON
    )
    with pytest.raises(NotPossible):
        undo_acknowledgement(
            treatment_id=treatment.pk,
            step_id=step.pk,
            by=priya,
            at=SOON + timedelta(seconds=11),
        )
    undo_acknowledgement(
        treatment_id=treatment.pk,
        step_id=step.pk,
        by=priya,
        at=SOON + timedelta(seconds=10),
    )


def test_what_the_author_did_not_see_is_not_acknowledged(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    seen = shown_flags(treatment)
    send_log(treatment, GLANDS, at=SOON)
    with pytest.raises(NotPossible, match="New evidence"):
        acknowledge(treatment_id=treatment.pk, shown=seen, by=priya, at=LATER)


def test_a_row_is_given_only_to_a_colleague(treatment, priya) -> None:
    send_log(treatment, GLANDS)
    stranger = make_staff(make_clinic("Birchwood Clinic"), "Omar Said")
    with pytest.raises(NotPossible):
        assign(
            treatment_id=treatment.pk,
            shown=shown_flags(treatment),
            by=priya,
            to=stranger,
            at=SOON,
        )


def test_a_row_changes_hands(treatment, priya, lead) -> None:
    send_log(treatment, GLANDS)
    step = assign(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=priya,
        to=lead,
        at=SOON,
    )
    assert (step.assigned_to, list(step.flags.all())) == (
        lead,
        list(treatment.flags.all()),
    )


def test_there_is_nothing_to_acknowledge_without_a_flag(treatment, priya) -> None:
    with pytest.raises(NotPossible, match="no open flag"):
        acknowledge(treatment_id=treatment.pk, shown={}, by=priya, at=SOON)


def test_a_review_is_not_undone_once_the_sign_was_flagged_again(
    treatment, priya
) -> None:
    send_log(treatment, fever())
    contact(treatment, priya)
    review = close(treatment, priya).review
    send_log(treatment, fever(), at=LATER + timedelta(minutes=1))
    contact(treatment, priya, at=LATER + timedelta(minutes=1))
    close(treatment, priya, at=LATER + timedelta(minutes=1))
    with pytest.raises(NotPossible, match="flagged again"):
        undo_review(
            treatment_id=treatment.pk,
            review_id=review.pk,
            by=priya,
            at=LATER + timedelta(minutes=2),
        )


def test_a_snooze_needs_a_contact_a_day_at_most_and_no_emergency(
    treatment, priya
) -> None:
    send_log(treatment, GLANDS)

    def sleep(hours: int):
        return snooze(
            treatment_id=treatment.pk,
            shown=shown_flags(treatment),
            by=priya,
            until=LATER + timedelta(hours=hours),
            at=LATER,
        )

    with pytest.raises(NotPossible, match="contact first"):
        sleep(4)
    contact(treatment, priya)
    with pytest.raises(NotPossible, match="24 hours"):
        sleep(25)
    assert sleep(4)
    send_log(treatment, EMERGENCY, at=LATER)
    contact(treatment, priya, at=LATER)
    with pytest.raises(NotPossible, match="emergency"):
        sleep(4)


def asleep(treatment, priya) -> None:
    """A gland on day 4, contacted and set aside for twelve hours."""
    send_log(treatment, GLANDS)
    contact(treatment, priya)
    snooze(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=priya,
        until=SOON + timedelta(hours=12),
        at=SOON,
    )


@pytest.mark.parametrize(
    ("answers", "wakes"),
    [
        (CALM | {"pain": 1, "redness": "mild"}, False),
        (CALM | {"pain": 2}, True),
        (CALM | {"itch": "mild"}, True),
        (CALM | {"free_text": "It throbs a little."}, True),
        (CALM | {"contact_request": True}, True),
        (GLANDS, True),
        (CALM | fever("37.8") | {"feels_feverish": None}, True),
        (CALM | fever("36.9") | {"feels_feverish": None, "signs_unwell": False}, False),
    ],
)
def test_a_snooze_ends_at_any_worse_answer_and_not_otherwise(
    treatment, priya, answers, wakes
) -> None:
    asleep(treatment, priya)
    send_log(treatment, answers | {"overall_change": "same"}, at=LATER)
    assert treatment.follow_ups.filter(woken_at=LATER).exists() is wakes


def test_a_snooze_ends_when_the_patient_asks_to_be_called(treatment, priya) -> None:
    asleep(treatment, priya)
    request = request_call(
        treatment_id=treatment.pk,
        by=treatment.patient,
        number="07700 900318",
        best_time="now",
        at=LATER,
    )
    assert treatment.follow_ups.filter(woken_at=LATER).exists()
    assert request.flag.rule == "CONTACT"


def test_asking_twice_to_be_called_is_one_request(treatment) -> None:
    asked = [
        request_call(
            treatment_id=treatment.pk,
            by=treatment.patient,
            number="07700 900318",
            best_time=None,
            at=MONDAY + timedelta(minutes=minutes),
        )
        for minutes in (0, 1)
    ]
    assert asked[0] == asked[1]
    assert treatment.flags.get().rule == "CONTACT"

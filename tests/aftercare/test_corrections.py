"""A correction is a new log that points at the old one; nothing is ever overwritten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.models import DailyLog
from aftercare.services.follow_up import NotPossible
from aftercare.services.retract_log import retract_log
from aftercare.services.submit_log import Refused, submit_log
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    entry,
    fever,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def treatment():
    return make_treatment(make_staff(make_clinic()))


def retract(treatment, log, at=LATER, by=None, reason="I sent it for the wrong day."):
    return retract_log(
        treatment_id=treatment.pk,
        log_id=log.pk,
        by=by or treatment.patient,
        reason=reason,
        at=at,
    )


def support(treatment, rule: str) -> list[bool]:
    changes = treatment.flags.get(rule=rule).support_changes
    return list(changes.order_by("at").values_list("supported", flat=True))


def test_a_correction_replaces_the_log_and_both_stay_readable(treatment) -> None:
    old = send_log(treatment, GLANDS).log
    new = send_log(treatment, CALM, at=LATER, corrects=old.pk).log
    logs = list(treatment.logs.with_fate())
    assert [log.counts for log in logs] == [False, True]
    assert (new.corrects, new.day) == (old, old.day)


def test_a_correction_never_closes_a_flag_but_says_it_lost_its_support(
    treatment,
) -> None:
    old = send_log(treatment, GLANDS).log
    send_log(treatment, CALM, at=LATER, corrects=old.pk)
    assert treatment.flags.open().get().rule == "LN-ALONE"
    assert support(treatment, "LN-ALONE") == [False]


def test_a_flag_is_supported_again_by_another_day(treatment) -> None:
    old = send_log(treatment, GLANDS).log
    send_log(treatment, CALM, at=LATER, corrects=old.pk)
    send_log(treatment, GLANDS, at=MONDAY + timedelta(days=1))
    assert support(treatment, "LN-ALONE") == [False, True]


def test_a_flag_can_regain_its_support(treatment) -> None:
    old = send_log(treatment, GLANDS).log
    send_log(treatment, CALM, at=LATER, corrects=old.pk)
    send_log(treatment, GLANDS, at=LATER + timedelta(hours=1))
    assert support(treatment, "LN-ALONE") == [False, True]


def test_a_correction_can_raise_a_flag(treatment) -> None:
    old = send_log(treatment, CALM).log
    send_log(treatment, GLANDS, fever(), at=LATER, corrects=old.pk)
    assert treatment.flags.open().filter(rule="LN-PLUS").exists()


def test_a_second_correction_of_one_log_is_a_further_log_marked_for_staff(
    treatment,
) -> None:
    old = send_log(treatment, CALM).log
    first = send_log(treatment, CALM, {"pain": 1}, at=LATER, corrects=old.pk).log
    second = send_log(treatment, fever(), at=LATER, corrects=old.pk).log
    assert (first.corrects, second.corrects) == (old, None)
    assert second.conflicts_with == old
    assert treatment.flags.open().get().rule == "FEVER"


def test_a_correction_sent_twice_is_one_log(treatment) -> None:
    old = send_log(treatment, CALM).log
    form = entry(LATER, fever(), corrects=old.pk)
    sent = [
        submit_log(
            treatment_id=treatment.pk, by=treatment.patient, entry=form, at=LATER
        )
        for _ in range(2)
    ]
    assert sent[0].log == sent[1].log
    assert treatment.logs.count() == 2


def test_a_correction_of_a_log_that_was_taken_back_is_not_lost(treatment) -> None:
    old = send_log(treatment, CALM).log
    retract(treatment, old)
    send_log(treatment, fever(), at=LATER, corrects=old.pk)
    assert treatment.flags.open().get().rule == "FEVER"


def test_a_form_sent_again_after_its_log_was_taken_back_counts(treatment) -> None:
    form = entry(MONDAY, GLANDS)

    def send(at):
        return submit_log(
            treatment_id=treatment.pk, by=treatment.patient, entry=form, at=at
        )

    first = send(MONDAY)
    retract(treatment, first.log)
    again = send(LATER + timedelta(minutes=1))
    assert again.created
    assert again.log.conflicts_with == first.log
    assert send(LATER + timedelta(minutes=2)).log == again.log


def test_a_correction_keeps_the_phase_of_the_log_it_replaces(treatment) -> None:
    staff = make_staff(treatment.clinic, "Sam Kerr")
    today = make_treatment(staff, performed_at=MONDAY + timedelta(hours=2), at=MONDAY)
    before = send_log(today, CALM).log
    after = send_log(
        today, CALM, {"pain": 1}, at=MONDAY + timedelta(hours=3), corrects=before.pk
    ).log
    assert (before.phase, after.phase) == ("baseline", "baseline")


def test_a_correction_keeps_the_day_of_the_log_it_replaces(treatment) -> None:
    yesterday = MONDAY.date() - timedelta(days=1)
    old = send_log(treatment, CALM, for_date=yesterday).log
    new = send_log(treatment, CALM, {"pain": 1}, at=LATER, corrects=old.pk).log
    assert new.for_date == yesterday


def test_a_correction_has_the_date_limit_of_a_log(treatment) -> None:
    old = send_log(treatment, CALM).log
    with pytest.raises(Refused):
        send_log(treatment, CALM, at=MONDAY + timedelta(days=4), corrects=old.pk)


def test_another_patients_log_cannot_be_corrected(treatment) -> None:
    staff = make_staff(treatment.clinic, "Sam Kerr")
    other = make_treatment(staff)
    theirs = send_log(other, CALM).log
    with pytest.raises(DailyLog.DoesNotExist):
        send_log(treatment, CALM, corrects=theirs.pk)


def test_a_retracted_log_is_ignored_and_its_flags_stay(treatment) -> None:
    log = send_log(treatment, GLANDS).log
    retract(treatment, log)
    assert not treatment.logs.with_fate().get().counts
    assert treatment.flags.open().get().rule == "LN-ALONE"
    assert support(treatment, "LN-ALONE") == [False]


def test_a_retraction_judges_later_days_again(treatment) -> None:
    """Without the bad day before it, pain 4 is a rise after all."""
    send_log(treatment, CALM, at=MONDAY - timedelta(days=2))
    wrong = send_log(
        treatment, CALM, {"swelling": "severe"}, at=MONDAY - timedelta(days=1)
    )
    send_log(treatment, CALM, {"swelling": "moderate"})
    assert not treatment.findings.filter(rule="SWELL-RISE", day=4).exists()
    retract(treatment, wrong.log)
    assert treatment.findings.filter(rule="SWELL-RISE", day=4).exists()


def test_a_log_is_retracted_once_and_only_by_those_who_may(treatment) -> None:
    log = send_log(treatment, CALM).log
    stranger = make_treatment(make_staff(make_clinic("Birchwood"), "Omar Said")).patient
    with pytest.raises(type(treatment).DoesNotExist):
        retract(treatment, log, by=stranger)
    retract(treatment, log)
    with pytest.raises(NotPossible):
        retract(treatment, log)


def test_an_unknown_log_cannot_be_retracted(treatment) -> None:
    with pytest.raises(DailyLog.DoesNotExist):
        retract(treatment, treatment)

"""No silence goes unnoticed: MISSED and NO-LOGS at noon, clinic time."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aftercare.services import silence
from aftercare.services.request_call import request_call
from aftercare.services.retract_log import retract_log
from aftercare.services.review_flags import Findings, review_flags
from aftercare.services.silence import check_silence
from aftercare.warning_signs.treatment_words import RiskFactor
from aftercare.warning_signs.vocabulary import Level, Outcome
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")


def noon(days_from_monday: int) -> datetime:
    local = MONDAY.astimezone(LONDON).replace(hour=12, minute=0)
    return local + timedelta(days=days_from_monday)


def retract(treatment, log, at: datetime) -> None:
    retract_log(
        treatment_id=treatment.pk,
        log_id=log.pk,
        by=treatment.patient,
        reason="wrong day",
        at=at,
    )


@pytest.fixture
def staff():
    return make_staff(make_clinic())


@pytest.fixture
def treatment(staff):
    return make_treatment(staff)


def test_two_days_without_a_log_after_a_flag_raise_missed(treatment) -> None:
    send_log(treatment, GLANDS)
    check_silence(noon(2) - timedelta(seconds=1))
    assert not treatment.flags.filter(rule="MISSED").exists()
    check_silence(noon(2))
    missed = treatment.flags.get(rule="MISSED")
    assert (missed.level, missed.opened_at) == (Level.PROMPT, noon(2))


def test_a_flag_long_after_the_first_check_is_watched_too(treatment) -> None:
    check_silence(noon(0) - timedelta(hours=3))
    send_log(treatment, GLANDS, at=noon(0))
    check_silence(noon(2))
    assert treatment.flags.filter(rule="MISSED").exists()


def test_one_treatment_that_cannot_be_checked_does_not_hold_up_the_others(
    staff, treatment, monkeypatch
) -> None:
    send_log(treatment, GLANDS)
    other = make_treatment(staff)
    send_log(other, GLANDS)
    check = silence.check_noons

    def fails_for_one(course, at):
        if course.treatment.pk == treatment.pk:
            raise RuntimeError("broken")
        return check(course, at)

    monkeypatch.setattr(silence, "check_noons", fails_for_one)
    check_silence(noon(2))
    assert other.flags.filter(rule="MISSED").exists()
    assert not treatment.flags.filter(rule="MISSED").exists()


def test_a_call_that_was_asked_for_before_the_log_does_not_hide_the_silence_after_it(
    treatment,
) -> None:
    request_call(
        treatment_id=treatment.pk,
        by=treatment.patient,
        number="07700 900318",
        best_time=None,
        at=MONDAY - timedelta(minutes=5),
    )
    send_log(treatment, CALM, {"none_of_these": False, "contact_request": True})
    check_silence(noon(2))
    assert treatment.flags.filter(rule="MISSED").exists()


def test_after_an_emergency_missed_is_urgent(treatment) -> None:
    send_log(treatment, EMERGENCY)
    check_silence(noon(2))
    assert treatment.flags.get(rule="MISSED").level == Level.URGENT


def test_a_log_on_a_later_day_keeps_missed_away(treatment) -> None:
    send_log(treatment, GLANDS)
    send_log(treatment, CALM, at=MONDAY + timedelta(days=1))
    check_silence(noon(3))
    assert not treatment.flags.filter(rule="MISSED").exists()


def test_a_second_log_on_the_same_day_does_not(treatment) -> None:
    send_log(treatment, GLANDS)
    send_log(treatment, CALM, at=MONDAY + timedelta(hours=3))
    check_silence(noon(2))
    assert treatment.flags.filter(rule="MISSED").exists()


def test_a_retraction_is_no_log(treatment) -> None:
    log = send_log(treatment, GLANDS).log
    retract(treatment, log, at=MONDAY + timedelta(days=1))
    check_silence(noon(2))
    assert treatment.flags.filter(rule="MISSED").exists()


def test_a_later_log_was_a_sign_of_life_even_if_it_was_retracted(treatment) -> None:
    send_log(treatment, GLANDS)
    later = send_log(treatment, CALM, at=MONDAY + timedelta(days=1)).log
    retract(treatment, later, at=noon(2) - timedelta(hours=1))
    check_silence(noon(3))
    assert not treatment.flags.filter(rule="MISSED").exists()


@pytest.mark.parametrize(("hour", "noticed"), [(11, True), (13, False)])
def test_a_first_log_that_was_retracted_by_noon_of_day_three_is_none(
    staff, hour, noticed
) -> None:
    treatment = make_treatment(staff)
    log = send_log(treatment, CALM, at=noon(-2)).log
    retract(treatment, log, at=noon(-1).replace(hour=hour))
    check_silence(noon(0))
    assert treatment.findings.filter(rule="NO-LOGS").exists() is noticed


def test_a_flag_closed_as_sent_by_mistake_causes_no_missed(staff, treatment) -> None:
    send_log(treatment, GLANDS)
    review_flags(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=staff,
        findings=Findings(
            Outcome.SENT_BY_MISTAKE, "Pressed the wrong tile.", False, False
        ),
        at=MONDAY + timedelta(hours=1),
    )
    check_silence(noon(2))
    assert not treatment.flags.filter(rule="MISSED").exists()


def test_a_check_that_runs_days_late_judges_each_noon_by_what_was_there(
    treatment,
) -> None:
    send_log(treatment, GLANDS)
    send_log(treatment, CALM, at=MONDAY + timedelta(days=3))
    check_silence(noon(4))
    assert treatment.flags.get(rule="MISSED").opened_at == noon(2)


def test_running_the_check_twice_changes_nothing(treatment) -> None:
    send_log(treatment, GLANDS)
    assert check_silence(noon(2)) > 0
    assert check_silence(noon(2)) == 0
    assert treatment.findings.filter(rule="MISSED").count() == 1


@pytest.mark.parametrize(
    ("risks", "level"), [((), Level.WATCH), ((RiskFactor.DIABETES,), Level.PROMPT)]
)
def test_no_log_by_noon_of_day_three_is_noticed(staff, risks, level) -> None:
    treatment = make_treatment(staff, risks=risks)
    check_silence(noon(0))
    finding = treatment.findings.get(rule="NO-LOGS")
    assert (finding.level, finding.day) == (level, 3)
    assert treatment.flags.exists() is (level is Level.PROMPT)


def test_a_log_before_noon_of_day_three_is_enough(staff) -> None:
    treatment = make_treatment(staff)
    send_log(treatment, CALM, at=noon(-1) - timedelta(minutes=1))
    check_silence(noon(0))
    assert not treatment.findings.filter(rule="NO-LOGS").exists()


def test_noon_is_the_clinics_noon_when_the_clocks_change(staff) -> None:
    """British Summer Time ends on 25 October 2026: noon on the 26th is 12:00 UTC."""
    flagged_at = datetime(2026, 10, 24, 9, 0, tzinfo=LONDON)
    treatment = make_treatment(staff, performed_at=flagged_at - timedelta(days=4))
    send_log(treatment, GLANDS, at=flagged_at)
    check_silence(datetime(2026, 10, 26, 11, 59, tzinfo=LONDON))
    assert not treatment.flags.filter(rule="MISSED").exists()
    check_silence(datetime(2026, 10, 26, 12, 0, tzinfo=LONDON))
    assert treatment.flags.filter(rule="MISSED").exists()

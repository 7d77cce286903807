"""A log arrives: stored once, judged, flagged and answered in one transaction."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import AdviceGiven, AuditEntry, DailyLog, Finding, Flag
from aftercare.models.keys import uuid7
from aftercare.services.submit_log import Refused, Unfinished, submit_log
from aftercare.warning_signs.treatment_words import RiskFactor
from aftercare.warning_signs.vocabulary import Level, Phase
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    entry,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_staff(make_clinic())


@pytest.fixture
def treatment(staff):
    return make_treatment(staff)


def rules(treatment) -> dict[str, str]:
    return {flag.rule: flag.urgency.name for flag in treatment.flags.open()}


def test_a_calm_log_raises_nothing_and_is_answered(treatment) -> None:
    sent = send_log(treatment, CALM)
    assert rules(treatment) == {}
    assert sent.advice.level == Level.NONE
    assert sent.advice.promised_at is None


def test_glands_with_fever_are_urgent_and_promised_in_two_opening_hours(
    treatment,
) -> None:
    sent = send_log(treatment, GLANDS, fever())
    assert rules(treatment)["LN-PLUS"] == "URGENT"
    assert rules(treatment)["FEVER"] == "URGENT"
    assert sent.advice.level == Level.URGENT
    assert sent.advice.promised_at == MONDAY + timedelta(hours=2)


def test_every_flag_has_its_reason_and_its_evidence(treatment) -> None:
    sent = send_log(treatment, GLANDS)
    flag = treatment.flags.get(rule="LN-ALONE")
    finding = flag.findings.get()
    assert (finding.log, finding.day, finding.protocol) == (
        sent.log,
        4,
        "microneedling/1",
    )
    assert finding.reason == flag.reason
    assert "neck" in flag.reason.lower()
    assert "lymph_nodes" in finding.items


def test_the_same_form_sent_twice_is_one_log(treatment) -> None:
    form = entry(MONDAY, GLANDS)
    first = submit_log(
        treatment_id=treatment.pk, by=treatment.patient, entry=form, at=MONDAY
    )
    later = MONDAY + timedelta(minutes=5)
    again = submit_log(
        treatment_id=treatment.pk, by=treatment.patient, entry=form, at=later
    )
    assert (again.log, again.advice, again.created) == (first.log, first.advice, False)
    assert (
        DailyLog.objects.count() == Finding.objects.filter(rule="LN-ALONE").count() == 1
    )
    assert AuditEntry.objects.filter(verb="log.submitted").count() == 1


def test_the_same_form_with_other_answers_is_a_second_log_marked_for_staff(
    treatment,
) -> None:
    form = entry(MONDAY, CALM)
    first = submit_log(
        treatment_id=treatment.pk, by=treatment.patient, entry=form, at=MONDAY
    )
    other = replace(form, answers=GLANDS)
    second = submit_log(
        treatment_id=treatment.pk, by=treatment.patient, entry=other, at=MONDAY
    )
    assert second.created
    assert second.log.conflicts_with == first.log
    assert second.advice.level == Level.PROMPT
    again = submit_log(
        treatment_id=treatment.pk, by=treatment.patient, entry=other, at=MONDAY
    )
    assert (again.log, again.created) == (second.log, False)


def test_an_unfinished_log_is_taken_only_if_what_it_says_raises_a_flag(
    treatment,
) -> None:
    send_log(treatment, GLANDS)  # another log of the day makes up for nothing
    with pytest.raises(Unfinished):
        send_log(treatment, {"pain": 1}, finished=False)
    form = entry(MONDAY, {"pain": 9}, finished=False)
    first, again = (
        submit_log(
            treatment_id=treatment.pk, by=treatment.patient, entry=form, at=MONDAY
        )
        for _ in range(2)
    )
    assert (again.log, again.created) == (first.log, False)
    assert DailyLog.objects.count() == 2


def test_nothing_is_left_of_a_log_whose_advice_could_not_be_stored(
    treatment, monkeypatch
) -> None:
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(AdviceGiven.objects, "create", fail)
    monkeypatch.setattr(AdviceGiven, "save", fail)
    with pytest.raises(RuntimeError):
        send_log(treatment, GLANDS)
    assert not DailyLog.objects.exists()
    assert not Flag.objects.exists()
    assert not Finding.objects.exists()
    assert not AuditEntry.objects.filter(verb="log.submitted").exists()


def test_a_patient_cannot_write_in_somebody_elses_record(staff, treatment) -> None:
    stranger = make_patient(staff, "Rosa Ibarra")
    with pytest.raises(type(treatment).DoesNotExist):
        send_log(treatment, CALM, by=stranger)


def test_staff_cannot_write_in_another_clinics_record(treatment) -> None:
    other = make_staff(make_clinic("Birchwood Clinic"), "Omar Said")
    with pytest.raises(type(treatment).DoesNotExist):
        send_log(treatment, CALM, by=other)


def test_a_log_taken_by_telephone_is_marked_so(staff, treatment) -> None:
    assert send_log(treatment, CALM, by=staff).log.entered_by == staff


@pytest.mark.parametrize(
    ("back", "accepted"), [(0, True), (3, True), (4, False), (-1, False)]
)
def test_a_log_is_for_today_or_up_to_three_days_back(treatment, back, accepted) -> None:
    for_date = MONDAY.date() - timedelta(days=back)
    if accepted:
        assert send_log(treatment, CALM, for_date=for_date).created
    else:
        with pytest.raises(Refused) as refused:
            send_log(treatment, CALM, for_date=for_date)
        assert refused.value.field == "for_date"


def test_after_half_a_year_the_patient_is_asked_to_call(staff) -> None:
    treatment = make_treatment(staff, performed_at=MONDAY - timedelta(days=181))
    with pytest.raises(Refused, match="call us"):
        send_log(treatment, CALM)


def test_a_queued_log_is_not_refused_for_its_age(treatment) -> None:
    finished = MONDAY.date() - timedelta(days=3)
    week_later = MONDAY + timedelta(days=7)
    sent = send_log(
        treatment, CALM, at=week_later, finished_on=finished, for_date=finished
    )
    assert sent.log.day == 1
    assert sent.log.sent_on_its_day


def test_a_log_before_the_treatment_is_baseline(staff) -> None:
    treatment = make_treatment(
        staff, performed_at=MONDAY + timedelta(days=2), at=MONDAY
    )
    assert send_log(treatment, CALM).log.phase == Phase.BASELINE


def test_an_emergency_sign_on_a_past_day_that_is_over_is_urgent(treatment) -> None:
    yesterday = MONDAY.date() - timedelta(days=1)
    over = EMERGENCY | {"still_present_now": False}
    assert send_log(treatment, over, for_date=yesterday).advice.level == Level.URGENT
    still = EMERGENCY | {"still_present_now": True}
    assert (
        send_log(treatment, still, for_date=yesterday).advice.level == Level.EMERGENCY
    )


def test_a_late_log_judges_the_later_days_again(treatment) -> None:
    """Pain 3 on day 4 is only a rise once day 1 is known to have been 0."""
    send_log(treatment, CALM, {"pain": 4, "none_of_these": True})
    assert "PAIN-RISE" not in rules(treatment)
    send_log(
        treatment,
        CALM,
        at=MONDAY + timedelta(hours=1),
        for_date=MONDAY.date() - timedelta(days=3),
    )
    assert "PAIN-RISE" in rules(treatment)


def test_unchanged_results_touch_nothing(treatment) -> None:
    send_log(treatment, GLANDS)
    flag = treatment.flags.get(rule="LN-ALONE")
    send_log(treatment, CALM, at=MONDAY + timedelta(hours=1))
    assert flag.findings.count() == 1


def test_an_open_flag_takes_the_new_evidence_and_rises(treatment) -> None:
    mild = {"overall_change": "same", "pain": 0, "redness": "none", "swelling": "none"}
    send_log(treatment, mild, {"signs_rash": True, "hives": "local"})
    flag = treatment.flags.get(rule="HIVES")
    later = MONDAY + timedelta(hours=1)
    send_log(treatment, mild, {"signs_rash": True, "hives": "widespread"}, at=later)
    risen = treatment.flags.get(rule="HIVES")
    assert (flag.pk, flag.level) == (risen.pk, Level.PROMPT)
    assert (risen.level, risen.raised_at) == (Level.URGENT, later)
    assert risen.due_at == later + timedelta(hours=2)
    assert risen.opened_at == MONDAY


def test_a_high_risk_patient_is_stepped_up(staff) -> None:
    treatment = make_treatment(staff, risks=(RiskFactor.AUTOIMMUNE,))
    send_log(treatment, GLANDS)
    assert rules(treatment)["LN-ALONE"] == "URGENT"


TEN_FLAGS = (
    GLANDS
    | fever()
    | {
        "pain": 8,
        "redness": "severe",
        "swelling": "severe",
        "discharge_pus": True,
        "signs_pus": True,
        "hives": "widespread",
        "signs_rash": True,
        "numb_patch": True,
        "redness_spreading": True,
        "contact_request": True,
        "free_text": "My tongue is swelling",
    }
)


@pytest.mark.parametrize(("answers", "flags"), [(CALM, 0), (TEN_FLAGS, 10)])
def test_a_log_takes_at_most_twelve_queries(treatment, answers, flags) -> None:
    send_log(treatment, CALM, at=MONDAY - timedelta(days=1))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        send_log(treatment, answers)
    assert treatment.flags.count() >= flags
    real = [q for q in captured if "SAVEPOINT" not in q["sql"] and q["sql"] != "BEGIN"]
    assert len(real) <= 12, [q["sql"][:70] for q in real]


def test_keys_are_time_ordered() -> None:
    keys = [uuid7() for _ in range(3)]
    assert all(key.version == 7 and key.variant == uuid.RFC_4122 for key in keys)
    assert sorted(key.int >> 80 for key in keys) == [key.int >> 80 for key in keys]

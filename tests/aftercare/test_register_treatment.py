"""A treatment enters the record, is put right, or is voided."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from aftercare.services.follow_up import NotPossible
from aftercare.services.register_treatment import (
    TreatmentDetails,
    change_treatment,
    register_treatment,
    void_treatment,
)
from aftercare.services.review_flags import Findings, review_flags
from aftercare.services.silence import check_silence
from aftercare.warning_signs.treatment_words import ProcedureType, RiskFactor, Sterility
from aftercare.warning_signs.vocabulary import Level, Outcome
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)

pytestmark = pytest.mark.django_db

DETAILS = TreatmentDetails(
    type=ProcedureType.MICRONEEDLING,
    performed_at=MONDAY - timedelta(days=4),
    areas="Full face",
    practitioner="Dr Lena Hart",
    needle_depth_mm=Decimal("1.0"),
)


@pytest.fixture
def staff():
    return make_staff(make_clinic())


def change(treatment, staff, seen=None, **over):
    return change_treatment(
        treatment_id=treatment.pk,
        by=staff,
        details=replace(DETAILS, **over),
        at=MONDAY + timedelta(hours=1),
        seen=seen,
    )


def test_day_zero_is_the_date_at_the_clinic(staff) -> None:
    """Half past midnight in London is still the day before in UTC."""
    performed_at = MONDAY.replace(hour=23, minute=30)
    treatment = make_treatment(staff, performed_at=performed_at)
    assert treatment.performed_on == MONDAY.date() + timedelta(days=1)


def test_the_same_treatment_is_entered_once(staff) -> None:
    patient = make_patient(staff)
    register_treatment(by=staff, patient=patient, details=DETAILS, at=MONDAY)
    with pytest.raises(NotPossible):
        register_treatment(by=staff, patient=patient, details=DETAILS, at=MONDAY)


@pytest.mark.parametrize(
    ("days", "level"), [(0, "URGENT"), (3, "URGENT"), (4, "PROMPT")]
)
def test_an_unsterile_device_is_flagged_when_it_is_recorded(staff, days, level) -> None:
    performed_at = MONDAY - timedelta(days=days)
    treatment = make_treatment(
        staff, performed_at=performed_at, sterile=Sterility.FALSE, at=MONDAY
    )
    flag = treatment.flags.get()
    assert (flag.rule, flag.urgency.name, flag.day) == ("UNSTERILE", level, days)


def test_unsterile_counts_from_the_day_it_was_first_saved(staff) -> None:
    treatment = make_treatment(staff)
    change(treatment, staff, sterile_single_use=Sterility.FALSE)
    treatment.refresh_from_db()
    assert treatment.unsterile_since == 4
    assert treatment.flags.get().level == Level.PROMPT
    change(treatment, staff, sterile_single_use=Sterility.FALSE)
    assert treatment.findings.filter(rule="UNSTERILE").count() == 1


def test_a_new_risk_factor_judges_every_logged_day_again(staff) -> None:
    treatment = make_treatment(staff)
    send_log(treatment, GLANDS)
    assert treatment.flags.get().level == Level.PROMPT
    change(treatment, staff, risk_factors=frozenset({RiskFactor.AUTOIMMUNE}))
    assert treatment.flags.get().level == Level.URGENT


def test_another_depth_gives_other_windows_and_raised_flags_stay(staff) -> None:
    treatment = make_treatment(staff, performed_at=MONDAY - timedelta(days=5))
    send_log(treatment, CALM, {"redness": "moderate"})
    performed_at = MONDAY - timedelta(days=5)
    assert treatment.flags.get().rule == "RED-PERSIST"
    change(treatment, staff, performed_at=performed_at, needle_depth_mm=Decimal("2.0"))
    flag = treatment.flags.open().get()
    assert flag.support_changes.get().supported is False


def test_another_date_moves_the_days_of_the_logs(staff) -> None:
    treatment = make_treatment(staff)
    log = send_log(treatment, CALM).log
    change(treatment, staff, performed_at=MONDAY - timedelta(days=6))
    log.refresh_from_db()
    assert log.day == 6


def test_a_log_from_before_the_treatment_is_none_once_the_date_is_put_right(
    staff,
) -> None:
    treatment = make_treatment(
        staff, performed_at=MONDAY + timedelta(days=1), at=MONDAY
    )
    log = send_log(treatment, GLANDS).log
    assert (log.phase, treatment.flags.exists()) == ("baseline", False)
    change(treatment, staff, performed_at=MONDAY - timedelta(days=1))
    log.refresh_from_db()
    assert (log.day, log.phase) == (1, "post")
    assert treatment.flags.get().rule == "LN-ALONE"


def test_a_date_that_leaves_a_log_behind_is_refused(staff) -> None:
    treatment = make_treatment(staff)
    send_log(treatment, CALM)
    with pytest.raises(NotPossible, match="too long after"):
        change(treatment, staff, performed_at=MONDAY - timedelta(days=181))


def test_an_earlier_date_does_not_lose_the_first_check(staff) -> None:
    """Entered for Monday, put right to Saturday: nobody has logged by Tuesday noon."""
    treatment = make_treatment(staff, performed_at=MONDAY)
    change(treatment, staff, performed_at=MONDAY - timedelta(days=2))
    check_silence(MONDAY + timedelta(days=1, hours=4))
    assert treatment.findings.get().rule == "NO-LOGS"


def test_another_time_of_day_zero_judges_what_was_baseline(staff) -> None:
    treatment = make_treatment(
        staff, performed_at=MONDAY + timedelta(hours=5), at=MONDAY
    )
    send_log(treatment, GLANDS, fever(), at=MONDAY + timedelta(hours=1))
    assert not treatment.flags.exists()
    change(treatment, staff, performed_at=MONDAY)
    assert treatment.flags.filter(rule="LN-PLUS").exists()


def test_flags_and_evidence_move_with_the_date_and_keep_their_support(staff) -> None:
    treatment = make_treatment(staff)
    send_log(treatment, GLANDS)
    change(treatment, staff, performed_at=MONDAY - timedelta(days=6))
    flag = treatment.flags.get()
    assert (flag.day, flag.findings.get().day) == (6, 6)
    assert not flag.support_changes.exists()


def test_the_day_of_an_unsterile_device_moves_too(staff) -> None:
    treatment = make_treatment(staff, sterile=Sterility.FALSE)
    performed_at = MONDAY - timedelta(days=6)
    change(
        treatment, staff, performed_at=performed_at, sterile_single_use=Sterility.FALSE
    )
    treatment.refresh_from_db()
    assert treatment.unsterile_since == 2


def test_nobody_writes_over_what_a_colleague_has_just_changed(staff) -> None:
    treatment = make_treatment(staff)
    change(treatment, staff, risk_factors=frozenset({RiskFactor.DIABETES}), seen=1)
    with pytest.raises(NotPossible, match="changed meanwhile"):
        change(treatment, staff, seen=1)
    treatment.refresh_from_db()
    assert treatment.risk_diabetes


def test_a_voided_record_is_not_changed(staff) -> None:
    treatment = make_treatment(staff)
    void_treatment(treatment_id=treatment.pk, by=staff, reason="twice", at=MONDAY)
    with pytest.raises(NotPossible, match="voided"):
        change(treatment, staff)


def test_a_treatment_cannot_become_another_one(staff) -> None:
    patient = make_patient(staff)
    register_treatment(by=staff, patient=patient, details=DETAILS, at=MONDAY)
    other = make_treatment(staff, patient, performed_at=MONDAY - timedelta(days=2))
    with pytest.raises(NotPossible, match="already in the record"):
        change(other, staff)


def test_a_treatment_with_open_flags_cannot_be_voided(staff) -> None:
    treatment = make_treatment(staff)
    send_log(treatment, GLANDS)
    with pytest.raises(NotPossible, match="open flags"):
        void_treatment(treatment_id=treatment.pk, by=staff, reason="twice", at=MONDAY)
    review_flags(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=staff,
        findings=Findings(Outcome.SENT_BY_MISTAKE, "Wrong patient.", False, False),
        at=MONDAY,
    )
    void_treatment(treatment_id=treatment.pk, by=staff, reason="twice", at=MONDAY)
    with pytest.raises(NotPossible, match="already voided"):
        void_treatment(treatment_id=treatment.pk, by=staff, reason="twice", at=MONDAY)


def test_nobody_logs_in_a_voided_treatment(staff) -> None:
    treatment = make_treatment(staff)
    void_treatment(treatment_id=treatment.pk, by=staff, reason="twice", at=MONDAY)
    with pytest.raises(type(treatment).DoesNotExist):
        send_log(treatment, CALM)


def test_a_voided_treatment_may_be_entered_anew(staff) -> None:
    patient = make_patient(staff)
    first = register_treatment(by=staff, patient=patient, details=DETAILS, at=MONDAY)
    void_treatment(treatment_id=first.pk, by=staff, reason="wrong day", at=MONDAY)
    assert register_treatment(by=staff, patient=patient, details=DETAILS, at=MONDAY)

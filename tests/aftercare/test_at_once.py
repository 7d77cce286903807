"""Several at once: the database decides, and nobody's work is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from aftercare.models import DailyLog, Flag, Review
from aftercare.services.follow_up import Contact, NotPossible, log_contact
from aftercare.services.retract_log import retract_log
from aftercare.services.review_flags import Findings, review_flags
from aftercare.services.submit_log import submit_log
from aftercare.warning_signs.vocabulary import Outcome
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
    shown_flags,
)

pytestmark = pytest.mark.django_db(transaction=True)

LATER = MONDAY + timedelta(hours=1)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Start every call at the same moment; results or exceptions, in order."""
    start = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(number: int, call: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=30)
            results[number] = call()
        except Exception as error:  # noqa: BLE001  every outcome is looked at below
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.fixture
def treatment():
    return make_treatment(make_staff(make_clinic()))


def test_one_form_posted_eight_times_at_once_is_one_log(treatment) -> None:
    form = entry(MONDAY, GLANDS, fever())

    def send():
        return submit_log(
            treatment_id=treatment.pk, by=treatment.patient, entry=form, at=MONDAY
        )

    results = at_once(*[send] * 8)
    assert {result.log.pk for result in results} == {DailyLog.objects.get().pk}
    assert sum(result.created for result in results) == 1
    assert Flag.objects.filter(rule="FEVER").count() == 1


def test_different_logs_at_once_raise_each_flag_once(treatment) -> None:
    def send():
        return send_log(treatment, GLANDS)

    results = at_once(*[send] * 6)
    assert all(result.created for result in results)
    assert DailyLog.objects.count() == 6
    flag = Flag.objects.get(rule="LN-ALONE")
    assert flag.findings.count() == 6


def test_of_four_who_close_at_once_one_wins_and_three_are_told(treatment) -> None:
    send_log(treatment, GLANDS)
    names = ("Priya Nair", "Sam Kerr", "Ada Obi", "Tom Reid")
    staff = [make_staff(treatment.clinic, name) for name in names]
    log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=staff[0],
        contact=Contact("phone", "spoke"),
        at=MONDAY,
    )
    shown = shown_flags(treatment)

    def close(by):
        return lambda: review_flags(
            treatment_id=treatment.pk,
            shown=shown,
            by=by,
            findings=Findings(Outcome.ADVISED, "Advised to rest today.", True, True),
            at=LATER,
        )

    results = at_once(*[close(by) for by in staff])
    told = [result for result in results if isinstance(result, NotPossible)]
    assert len(told) == 3
    winner = Review.objects.get()
    assert all(winner.by.name in result.message for result in told)


def test_submitting_closing_and_retracting_at_once_never_stand_in_each_others_way(
    treatment,
) -> None:
    log = send_log(treatment, GLANDS).log
    lead = make_staff(treatment.clinic, "Lena Hart", "is_clinical_lead")
    log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=lead,
        contact=Contact("phone", "spoke"),
        at=MONDAY,
    )
    shown = shown_flags(treatment)
    results = at_once(
        lambda: send_log(treatment, CALM, at=LATER),
        lambda: send_log(treatment, fever(), at=LATER),
        lambda: review_flags(
            treatment_id=treatment.pk,
            shown=shown,
            by=lead,
            findings=Findings(Outcome.ADVISED, "Advised to rest today.", True, True),
            at=LATER,
        ),
        lambda: retract_log(
            treatment_id=treatment.pk,
            log_id=log.pk,
            by=treatment.patient,
            reason="wrong day",
            at=LATER,
        ),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert Flag.objects.open().filter(rule="FEVER").count() == 1
    assert DailyLog.objects.count() == 3

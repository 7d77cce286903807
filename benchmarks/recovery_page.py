"""A patient's plots after a year's worth of logs, against those of two weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.measuring import Call, Comparison, compare
from benchmarks.people import somebody
from benchmarks.queue_page import opening
from tests.builders import CALM, make_patient, make_treatment, send_log
from tests.signing_in import sign_in

COURSE_DAYS = 150


def measure() -> Iterator[Comparison]:
    yield compare(
        "W3 the recovery, 365 logs", page_of(365), "14 logs", page_of(14), 3.0
    )


def page_of(logs: int) -> Call:
    """The plots of somebody who sent so many logs, several a day if need be."""
    now = timezone.now()
    staff = somebody(now)
    patient = make_patient(staff)
    days = min(logs, COURSE_DAYS)
    begun = now - timedelta(days=days, hours=1)
    treatment = make_treatment(staff, patient, performed_at=begun)
    for number in range(logs):
        at = begun + timedelta(days=1 + number % days, minutes=number)
        send_log(treatment, CALM | {"pain": number % 3}, at=min(at, now))
    return opening(sign_in(Client(), patient), reverse("recovery"))

"""A clinic with its staff at their desks, on a Monday morning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from aftercare.models import Clinic, StaffMember, Treatment
from aftercare.services.follow_up import Contact, log_contact
from tests.builders import MONDAY, make_clinic, make_staff, make_treatment


class Wall:
    """The clock that pages read; tests move it on."""

    def __init__(self) -> None:
        self.now = MONDAY

    def forward(self, **by: int) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """It is Monday, 9am in London, until a test moves the clock."""
    clock = Wall()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def clinic(db: None) -> Clinic:
    return make_clinic()


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Priya Nair")


@pytest.fixture
def lead(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Lena Hart", "is_clinical_lead")


@pytest.fixture
def desk(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Sam Kerr", "is_front_desk")


@pytest.fixture
def treatment(nurse: StaffMember) -> Treatment:
    """Maya Okafor's, four days ago."""
    return make_treatment(nurse)


SignIn = Callable[[StaffMember], Client]


@pytest.fixture
def signed_in(wall: Wall) -> SignIn:
    """A browser in which a staff member is signed in."""

    def sign_in(staff: StaffMember) -> Client:
        client = Client()
        client.force_login(staff.login)
        return client

    return sign_in


def spoke(treatment: Treatment, by: StaffMember, at: datetime, result: str = "spoke"):
    """A contact on every open flag."""
    return log_contact(
        treatment_id=treatment.pk,
        flags=[flag.pk for flag in treatment.flags.open()],
        by=by,
        contact=Contact("phone", result),
        at=at,
    )


def shown(treatment: Treatment) -> list[str]:
    """The hidden values of a form as the page draws them now."""
    values = []
    for flag in treatment.flags.open():
        newest = flag.findings.order_by("-at", "-id").first()
        values.append(f"{flag.pk}:{newest.pk if newest else ''}")
    return values


def closing(treatment: Treatment, **over: Any) -> dict[str, Any]:
    """A filled close form."""
    return {
        "shown": shown(treatment),
        "outcome": "advised",
        "note": "Spoke about glands and when to call.",
        "useful": "yes",
        "safety_net": "on",
    } | over

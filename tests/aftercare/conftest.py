"""A patient at her pages, on a Monday morning four days after her treatment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aftercare.models import Clinic, StaffMember, Treatment
from tests.builders import MONDAY, make_clinic, make_staff, make_treatment
from tests.signing_in import sign_in


class Wall:
    """The clock that pages read; tests move it on."""

    def __init__(self) -> None:
        self.now = MONDAY

    def forward(self, **by: float) -> datetime:
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
    return make_staff(clinic, "Priya Nair", "is_clinical_lead")


@pytest.fixture
def treatment(nurse: StaffMember) -> Treatment:
    """Maya Okafor's, four days ago."""
    return make_treatment(nurse)


@pytest.fixture
def maya(wall: Wall, treatment: Treatment) -> Client:
    """A browser in which the patient is signed in."""
    return sign_in(Client(), treatment.patient)

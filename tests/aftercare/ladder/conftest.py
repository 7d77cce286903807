"""A clinic with a nurse on duty, somebody behind her, and a clinical lead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.models import (
    Clinic,
    Duty,
    StaffMember,
    Treatment,
)
from tests.builders import (
    MONDAY,
    make_clinic,
    make_staff,
    make_treatment,
)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Priya Nair")


@pytest.fixture
def backup(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Sam Kerr")


@pytest.fixture
def lead(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Lena Hart", "is_clinical_lead")


@pytest.fixture
def treatment(nurse: StaffMember) -> Treatment:
    return make_treatment(nurse)


@pytest.fixture
def _rota(clinic: Clinic, nurse: StaffMember, backup: StaffMember) -> None:
    Duty.objects.create(
        clinic=clinic,
        staff=nurse,
        backup=backup,
        starts_at=MONDAY - timedelta(hours=1),
        ends_at=MONDAY + timedelta(hours=9),
    )

"""A patient at her pages, on a Monday morning four days after her treatment."""

from __future__ import annotations

import pytest
from django.test import Client

from aftercare.models import Clinic, StaffMember, Treatment
from tests.builders import make_clinic, make_staff, make_treatment
from tests.clock import Wall
from tests.signing_in import sign_in


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

"""Every page of the desk opens, and says nothing to those it is not for."""

import pytest
from django.urls import reverse

from tests.builders import (
    GLANDS,
    fever,
    send_log,
)

PAGES = (
    "queue",
    "flag_detail",
    "closed_flags",
    "patients",
    "patient_detail",
    "new_treatment",
    "treatment_edit",
    "staff_log",
)


def address(name, treatment):
    if name == "patient_detail":
        return reverse(name, args=[treatment.patient_id])
    if name in {"flag_detail", "treatment_edit", "staff_log"}:
        return reverse(name, args=[treatment.pk])
    return reverse(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_clinician_opens_every_page(name, nurse, treatment, signed_in):
    send_log(treatment, GLANDS, fever())
    answer = signed_in(nurse).get(address(name, treatment))
    assert answer.status_code == 200

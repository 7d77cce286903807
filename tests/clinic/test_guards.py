"""What no step of the desk ever does, and who may take none."""

import pytest
from django.test import Client

from tests.builders import make_staff
from tests.clinic.conftest import at, closing, flag_page
from tests.signing_in import sign_in

STEPS = ("acknowledge", "log_contact", "assign", "snooze", "review")


@pytest.mark.parametrize("name", [*STEPS[:1], *STEPS[2:]])
def test_a_step_is_never_taken_by_opening_a_page(name, nurse, flagged, signed_in):
    assert signed_in(nurse).get(at(name, flagged)).status_code == 405


@pytest.mark.parametrize("name", STEPS)
def test_every_step_needs_the_token_of_a_page_of_ours(name, nurse, flagged):
    client = sign_in(Client(enforce_csrf_checks=True), nurse)
    assert client.post(at(name, flagged), closing(flagged)).status_code == 403


def test_an_owner_reads_and_acts_on_nothing(clinic, flagged, signed_in):
    owner = make_staff(clinic, "Olu Ade", "is_owner")
    client = signed_in(owner)
    page = flag_page(client, flagged)
    assert "Why this was flagged" in page
    for name in STEPS:
        assert at(name, flagged) not in page
        assert client.post(at(name, flagged), closing(flagged)).status_code == 403

"""Somebody who works at two clinics is at one of them at a time, and says at which."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from aftercare.models import StaffMember
from tests.builders import make_clinic, make_patient, make_staff
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(nurse: StaffMember) -> StaffMember:
    make_patient(nurse, "Hera Here")
    return nurse


@pytest.fixture
def there(here: StaffMember) -> StaffMember:
    """The same login at another clinic, joined later."""
    member = make_staff(make_clinic("Birchwood Skin"), "Priya Nair")
    member.login = here.login
    member.save(update_fields=["login"])
    make_patient(member, "Thea There")
    return member


def goes_to(client: Client, member: StaffMember) -> int:
    sent = client.post(reverse("go_to_clinic"), {"member": str(member.pk)})
    return sent.status_code


def patients_seen(client: Client) -> set[str]:
    page = client.get(reverse("patients")).content.decode()
    return {name for name in ("Hera Here", "Thea There") if name in page}


def test_the_account_page_offers_the_other_clinic_and_the_desk_changes(here, there):
    client = sign_in(Client(), here)
    assert patients_seen(client) == {"Hera Here"}
    assert "Go to Birchwood Skin" in client.get(reverse("account")).content.decode()
    assert goes_to(client, there) == HTTPStatus.SEE_OTHER
    assert patients_seen(client) == {"Thea There"}
    assert goes_to(client, here) == HTTPStatus.SEE_OTHER
    assert patients_seen(client) == {"Hera Here"}


def test_with_one_clinic_there_is_nothing_to_choose(here):
    page = sign_in(Client(), here).get(reverse("account")).content.decode()
    assert "other clinics" not in page


def test_who_chooses_nothing_is_shown_the_choice_again(here, there):
    sent = sign_in(Client(), here).post(reverse("go_to_clinic"))
    assert (sent.status_code, sent["Location"]) == (HTTPStatus.SEE_OTHER, "/account/")


@pytest.mark.parametrize("wrong", ["not-a-key", "somebody", "left"])
def test_nobody_goes_where_they_do_not_work(here, there, wrong):
    client = sign_in(Client(), here)
    if wrong == "left":
        StaffMember.objects.filter(pk=there.pk).update(deactivated_at=here.created_at)
        wrong = str(there.pk)
    elif wrong == "somebody":
        wrong = str(make_staff(make_clinic("Cedar House")).pk)
    sent = client.post(reverse("go_to_clinic"), {"member": wrong})
    assert sent.status_code == HTTPStatus.NOT_FOUND
    assert patients_seen(client) == {"Hera Here"}

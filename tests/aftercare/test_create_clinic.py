"""A clinic opens its doors: from the command line to the first promise."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from aftercare.models import Clinic, StaffMember
from aftercare.promise import Interval
from aftercare.services.create_clinic import close_on
from tests.builders import MONDAY, make_clinic

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
WORDS = {
    "zone": "Europe/London",
    "phone": "020 7946 0311",
    "emergency_number": "999",
    "out_of_hours_number": "111",
    "hours": ["mon=08:30-13:00", "mon=14:00-18:00", "tue=08:30-18:00"],
    "owner": "Lena Hart",
    "email": "Lena@Clinic.example",
    "password": PASSWORD,
}


def create(**over) -> None:
    call_command("create_clinic", "Ashgrove Clinic", **(WORDS | over))


def test_the_owner_of_a_new_clinic_signs_in_with_e_mail_and_password(
    client: Client,
) -> None:
    create()
    signed_in = {"username": "lena@clinic.example ", "password": PASSWORD}
    assert client.post("/sign-in/", signed_in).status_code == 302
    assert client.get("/home/").url == "/queue/"
    owner = StaffMember.objects.get()
    assert owner.is_owner
    assert owner.is_clinical_lead


def test_a_clinic_may_close_for_lunch(client: Client) -> None:
    create()
    hours = Clinic.objects.get().opening_hours()
    assert hours.weekly[0] == (
        Interval(time(8, 30), time(13)),
        Interval(time(14), time(18)),
    )


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"zone": "Europe/Londn"}, "time zone"),
        ({"hours": ["monday=08:30-18:00"]}, "start with one of mon"),
        ({"hours": ["mon=8.30-18"]}, "write hours as"),
        ({"hours": ["mon=18:00-08:30"]}, "write hours as"),
        ({"phone": ""}, "blank"),
        ({"password": "short"}, "too short"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_made(over, said) -> None:
    with pytest.raises(CommandError, match=said):
        create(**over)
    assert not Clinic.objects.exists()
    assert not StaffMember.objects.exists()


def test_an_e_mail_address_is_used_once() -> None:
    create()
    with pytest.raises(CommandError, match="already in use"):
        call_command("create_clinic", "Birchwood", **WORDS)
    assert Clinic.objects.count() == 1


def test_on_a_holiday_no_person_is_promised() -> None:
    clinic = make_clinic()
    assert clinic.opening_hours().is_open(MONDAY)
    close_on(clinic=clinic, days=[MONDAY.date()])
    assert not clinic.opening_hours().is_open(MONDAY)
    assert clinic.opening_hours().is_open(MONDAY + timedelta(days=1))


@pytest.mark.parametrize("path", ["/queue/", "/today/"])
def test_signed_out_every_page_leads_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path).url == f"/sign-in/?next={path}"


def test_an_empty_sign_in_says_what_to_enter(client: Client) -> None:
    page = client.post("/sign-in/", {}).content.decode()
    assert "Enter your e-mail address." in page
    assert "Enter your password." in page


def test_known_and_unknown_addresses_get_the_same_words(client: Client) -> None:
    create()
    pages = [
        client.post(
            "/sign-in/", {"username": who, "password": "wrong"}
        ).content.decode()
        for who in ("lena@clinic.example", "nobody@clinic.example")
    ]
    assert all("do not go together" in page for page in pages)

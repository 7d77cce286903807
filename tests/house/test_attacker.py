"""What somebody tries by hand who wants in: planted keys, old keys, locked screens, guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aftercare import sessions, tries
from aftercare.models import Login, StaffMember
from tests.aftercare.links import BORN, boxes, come_in, link_for
from tests.aftercare.test_way_back import ADDRESS, ask, proven
from tests.builders import MONDAY
from tests.signing_in import keep, request_of, set_up_app, sign_in

from .harvest import own_keys
from .people import whole
from .routes import ROUTES, filled
from .two_clinics import House, make_house
from .untouched import written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def house() -> House:
    return make_house("a")


def with_key(key: str) -> Client:
    client = Client()
    client.cookies[configured.SESSION_COOKIE_NAME] = key
    return client


def key_of(client: Client) -> str:
    return client.cookies[configured.SESSION_COOKIE_NAME].value


# --- Keys of sessions -----------------------------------------------------------------


@pytest.mark.parametrize("planted", ["made up by somebody", "begun by somebody"])
def test_a_key_that_somebody_planted_is_not_the_key_afterwards(
    planted: str, house: House
) -> None:
    """Whoever puts a key of their own into a patient's browser waits in vain."""
    key = "k" * 32
    if planted == "begun by somebody":
        attacker = Client()
        ask(attacker, ADDRESS)
        key = key_of(attacker)
    patient = house.first.patient
    phone = with_key(key)
    assert come_in(phone, link_for(patient, house.staff["desk"])).url == "/today/"
    assert key_of(phone) != key
    assert phone.get("/today/").status_code == 200
    assert with_key(key).get("/today/").status_code == 302


@pytest.mark.parametrize("who", ["patient", "lead"])
def test_a_key_is_dead_after_signing_out(who: str, house: House) -> None:
    person = house.first.patient if who == "patient" else house.staff[who]
    page = "/today/" if who == "patient" else "/queue/"
    client = sign_in(Client(), person)
    key = key_of(client)
    assert with_key(key).get(page).status_code == 200
    client.post("/sign-out/")
    assert with_key(key).get(page).status_code == 302


# --- A session that may not see anything yet --------------------------------------------

HELD = ("nothing proven but the password", "no factor at all", "a locked screen")


def held(house: House, why: str) -> Client:
    """The lead's browser, with a session that is held."""
    staff: StaffMember = house.staff["lead"]
    client = Client(raise_request_exception=False)
    if why == "a locked screen":
        return sign_in(client, staff, MONDAY - sessions.IDLE - timedelta(minutes=1))
    if why == "nothing proven but the password":
        set_up_app(staff.login)
    request = request_of(client)
    sessions.start_first_session(request, staff, MONDAY)
    keep(client, request)
    return client


def everything(house: House) -> Iterator[tuple[str, str]]:
    keys = own_keys(house, house.first)
    for place, route in ROUTES.items():
        if "visitor" not in route.may:
            yield place, filled(place, keys)


def words_in(answer: HttpResponse, house: House) -> set[str]:
    """What is shown of anybody else; a page that asks who somebody is names them."""
    said = whole(answer).decode().replace(house.staff["lead"].name, "")
    return {word for word in house.words if word in said}


@pytest.mark.parametrize("why", HELD)
def test_a_held_session_sends_nothing(why: str, house: House) -> None:
    client = held(house, why)
    wrong = []
    for place, path in everything(house):
        with written() as tables:
            answer = client.post(path, {"reason": "x", "pain": "1"})
        shown = words_in(answer, house)
        if tables or shown or answer.status_code >= 500:
            wrong.append(f"{place}: {answer.status_code} {tables} {shown}")
    assert wrong == []


@pytest.mark.parametrize("why", HELD)
def test_a_held_session_reads_nothing_and_by_script_no_more(
    why: str, house: House
) -> None:
    client = held(house, why)
    wrong = []
    for place, path in everything(house):
        for how in (
            {},
            {"HTTP_HX_REQUEST": "true"},
            {"HTTP_X_REQUESTED_WITH": "fetch"},
        ):
            answer = client.get(path, **how)
            shown = words_in(answer, house)
            if shown or answer.status_code >= 500:
                wrong.append(f"{place} {how}: {answer.status_code} {shown}")
    assert wrong == []


# --- Guessing birth dates ---------------------------------------------------------------


def proves(client: Client) -> str:
    """Asks for a code, gives it and the right birth date; where that leads."""
    proven(client)
    return client.post(reverse("way_back_birth_date"), boxes(BORN)).headers.get(
        "Location", ""
    )


def test_each_code_gives_five_guesses_and_a_hundred_in_a_row_are_the_end(
    house: House,
) -> None:
    """Whoever reads somebody's mail could otherwise ask for code after code."""
    patient = house.first.patient
    patient.email = ADDRESS
    patient.save()
    for _ in range(tries.MOST_IN_A_ROW - 1):
        tries.was_wrong("birth_date", ADDRESS)
    client = Client()
    assert proves(client) == "/today/", "the row ends with the right one"
    client.post("/sign-out/")
    assert not tries.spent("birth_date", ADDRESS)
    for _ in range(tries.MOST_IN_A_ROW):
        tries.was_wrong("birth_date", ADDRESS.upper())
    assert proves(Client()) == "/sign-in/patient/over/"


def test_wrong_birth_dates_are_counted_for_the_address(house: House) -> None:
    patient = house.first.patient
    patient.email = ADDRESS
    patient.save()
    for _ in range(tries.MOST_IN_A_ROW - 1):
        tries.was_wrong("birth_date", ADDRESS)
    client = proven(Client())
    wrong = boxes(BORN.replace(year=1990))
    client.post(reverse("way_back_birth_date"), wrong)
    assert tries.spent("birth_date", ADDRESS)


# --- Links in mails -----------------------------------------------------------------------


def test_a_link_in_a_mail_leads_to_our_own_address_whatever_host_was_asked(
    house: House, settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://aftercare.example.org"
    login: Login = house.staff["lead"].login
    login.set_password("four words that belong")
    login.save()
    Client().post("/password/", {"email": login.email}, HTTP_HOST="evil.example")
    (sent,) = mail.outbox
    assert "evil" not in sent.body
    assert re.findall(r"https?://\S+?/", sent.body) == [
        "https://aftercare.example.org/"
    ]

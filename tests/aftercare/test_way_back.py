"""The way back in: an address, a code, a birth date, and nothing told to strangers."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftercare.models import AuditEntry, OutgoingMessage, Patient
from aftercare.services.way_back import check_birth_date, check_code, choose
from aftercare.services.way_back_state import Step, where
from tests.builders import MONDAY, make_clinic, make_patient, make_staff, make_treatment
from tests.clock import Wall
from tests.signing_in import sign_in

from .links import BORN, boxes
from .pages import words

ADDRESS = "maya@mail.example"
ASK, CODE = reverse("way_back"), reverse("way_back_code")
BIRTH_DATE, WHO = reverse("way_back_birth_date"), reverse("way_back_who")
OVER, TODAY = reverse("way_back_over"), reverse("today")


@pytest.fixture(autouse=True)
def _monday(wall: Wall, db: None) -> None:
    """It is Monday, 9am, and nobody has tried anything yet."""
    cache.clear()


@pytest.fixture
def maya(nurse) -> Patient:
    patient = make_patient(nurse, email="Maya@Mail.example")
    make_treatment(nurse, patient)
    return patient


def ask(client: Client, address: str = ADDRESS) -> HttpResponse:
    return client.post(ASK, {"email": address})


def sent_code() -> str:
    """The code in the newest message."""
    body = OutgoingMessage.objects.order_by("-created_at", "-id")[0].body
    return re.findall(r"\b\d{6}\b", body)[0]


def enter(client: Client, code: str) -> HttpResponse:
    return client.post(CODE, {"code": code})


def proven(client: Client, address: str = ADDRESS) -> Client:
    """A browser in which the code was right."""
    ask(client, address)
    enter(client, sent_code())
    return client


def wrong_code() -> str:
    return f"{(int(sent_code()) + 1) % 10**6:06}"


def signed_in_as(client: Client) -> str | None:
    return client.session.get("person")


# --- The way --------------------------------------------------------------------------


def test_an_address_a_code_a_birth_date(maya) -> None:
    client = Client()
    assert "We send you a code by e-mail." in words(client.get(ASK))
    answer = ask(client, " MAYA@mail.EXAMPLE ")
    assert (answer.status_code, answer["Location"]) == (303, CODE)
    page = client.get(CODE).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert enter(client, sent_code())["Location"] == BIRTH_DATE
    assert "Is this you?" in words(client.get(BIRTH_DATE))
    assert client.post(BIRTH_DATE, boxes())["Location"] == TODAY
    assert signed_in_as(client) == str(maya.pk)
    assert "You are in, Maya." in words(client.get(TODAY))
    verbs = AuditEntry.objects.filter(patient=maya).values_list("verb", flat=True)
    assert "patient.came_back" in verbs


def test_the_message_says_no_more_than_the_code(maya) -> None:
    ask(Client())
    message = OutgoingMessage.objects.get()
    assert message.to == ADDRESS
    assert (message.patient, message.clinic) == (maya, maya.clinic)
    assert message.expires_at == MONDAY + timedelta(minutes=10)
    assert sent_code() not in message.subject
    for word in ("Maya", "Okafor", "icroneedling", "http"):
        assert word not in message.subject + message.body


@pytest.mark.parametrize("between", [" ", "-", "  ", "\u00a0", "."])
def test_a_code_may_be_pasted_with_what_stood_around_it(maya, between) -> None:
    client = Client()
    ask(client)
    code = sent_code()
    assert enter(client, f" {code[:3]}{between}{code[3:]} ")["Location"] == BIRTH_DATE


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_cannot_be_a_code_costs_no_try(maya, typed) -> None:
    client = Client()
    ask(client)
    answer = enter(client, typed)
    assert answer.status_code == 422
    assert client.session["way_back"]["wrong_codes"] == 0


@pytest.mark.parametrize("typed", ["", "maya", "maya@", "x" * 250 + "@mail.example"])
def test_what_cannot_be_an_address_is_asked_again(typed) -> None:
    answer = ask(Client(), typed)
    assert answer.status_code == 422
    assert "Enter" in words(answer)
    assert not OutgoingMessage.objects.exists()


def test_the_code_is_kept_nowhere_in_the_clear(maya) -> None:
    client = Client()
    ask(client)
    assert sent_code() not in str(client.session["way_back"])
    assert sent_code() not in client.get(CODE).content.decode()


# --- Limits ---------------------------------------------------------------------------


def test_a_code_can_be_tried_five_times(maya) -> None:
    client = Client()
    ask(client)
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        answer = enter(client, wrong_code())
        assert answer.status_code == 422
        assert f"You have {left} left." in words(answer)
    assert enter(client, wrong_code())["Location"] == OVER
    assert enter(client, sent_code())["Location"] == OVER
    assert "This code is used up" in words(client.get(OVER))


def test_no_page_writes_an_old_count_back(maya) -> None:
    """Nothing else is put into the session meanwhile, or it would be saved as it was."""
    client = Client()
    ask(client)
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        ask(client)  # too soon
        assert f"You have {left} left." in words(enter(client, wrong_code()))
    ask(client)
    assert enter(client, wrong_code())["Location"] == OVER


def test_a_code_works_for_ten_minutes(maya, wall) -> None:
    client = Client()
    ask(client)
    code = sent_code()
    wall.forward(minutes=10)
    assert enter(client, code)["Location"] == OVER
    assert client.get(CODE)["Location"] == OVER


def test_a_code_works_in_the_browser_that_asked_for_it_alone(maya) -> None:
    ask(Client())
    assert enter(Client(), sent_code())["Location"] == ASK


def test_a_new_code_can_be_asked_for_after_half_a_minute(maya, wall) -> None:
    client = Client()
    ask(client)
    old = sent_code()
    wall.forward(seconds=29)
    again = ask(client)
    assert "Wait half a minute" in words(client.get(again["Location"]))
    assert OutgoingMessage.objects.count() == 1
    wall.forward(seconds=1)
    ask(client)
    assert OutgoingMessage.objects.count() == 2
    if old != sent_code():
        assert enter(client, old).status_code == 422
    assert enter(client, sent_code())["Location"] == BIRTH_DATE


def test_an_address_that_was_mistyped_can_be_put_right_at_once(maya) -> None:
    client = Client()
    ask(client, "mya@mail.example")
    ask(client)
    assert enter(client, sent_code())["Location"] == BIRTH_DATE


def test_one_address_gets_five_codes_in_ten_minutes(maya) -> None:
    answers = [ask(Client()).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]
    assert OutgoingMessage.objects.count() == 5
    refused = ask(Client())
    assert "Too many tries" in words(refused)


def test_one_network_can_ask_for_thirty_codes_in_ten_minutes() -> None:
    answers = [ask(Client(), f"x{n}@mail.example").status_code for n in range(31)]
    assert answers == [303] * 30 + [429]


def test_one_network_can_try_sixty_times_in_ten_minutes(maya, settings) -> None:
    rates = settings.ACCOUNT_RATE_LIMITS
    assert rates["patient_proof"] == "60/10m/ip"
    settings.ACCOUNT_RATE_LIMITS = rates | {"patient_proof": "2/10m/ip"}
    client = Client()
    ask(client)
    assert [enter(client, wrong_code()).status_code for _ in range(3)] == [
        422,
        422,
        429,
    ]
    cache.clear()
    other = proven(Client())
    sent = [other.post(BIRTH_DATE, boxes(year="1990")) for _ in range(2)]
    assert [one.status_code for one in sent] == [422, 429]


def test_wrong_birth_dates_are_counted_and_written_down(maya) -> None:
    client = proven(Client())
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        answer = client.post(BIRTH_DATE, boxes(year="1990"))
        assert f"You have {left} left." in words(answer)
    assert client.post(BIRTH_DATE, boxes(year="1990"))["Location"] == OVER
    assert client.post(BIRTH_DATE, boxes())["Location"] == OVER
    assert signed_in_as(client) is None
    noted = AuditEntry.objects.filter(verb="sign_in.wrong_birth_date")
    assert [entry.patient for entry in noted] == [maya] * 5


def test_the_birth_date_is_not_asked_after_an_hour(maya, wall) -> None:
    client = proven(Client())
    session = client.session
    assert where(session, MONDAY) is Step.BIRTH_DATE
    wall.forward(hours=1)
    assert where(session, wall.now) is Step.OVER
    assert check_birth_date(session, BORN, wall.now).patient is None
    assert client.post(BIRTH_DATE, boxes())["Location"] in {ASK, OVER}
    assert signed_in_as(client) is None


def test_a_step_cannot_be_skipped(maya) -> None:
    client = Client()
    for page in (CODE, BIRTH_DATE, WHO):
        assert client.get(page)["Location"] == ASK
    ask(client)
    assert client.post(BIRTH_DATE, boxes())["Location"] == CODE
    assert client.post(WHO, {"who": str(maya.pk)})["Location"] == CODE
    assert check_birth_date(client.session, BORN, MONDAY).step is Step.CODE
    enter(client, sent_code())
    assert client.get(CODE)["Location"] == BIRTH_DATE
    assert check_code(client.session, "000000", MONDAY).step is Step.BIRTH_DATE
    assert check_code(Client().session, "000000", MONDAY).step is Step.ASK
    assert choose(client.session, maya.pk, MONDAY) is None


# --- Who is told what -----------------------------------------------------------------


def asked(address: str) -> tuple[list[str], list[str], HttpResponse]:
    """Every query and page of somebody who asks for a code and does not get it."""
    cache.clear()
    client, pages = Client(), []
    with CaptureQueriesContext(connection) as captured:
        first = ask(client, address)
        pages += [client.get(CODE), enter(client, "123450"), client.get(BIRTH_DATE)]
    sql = [re.sub(r"'[^']*'|\d+|\?|%s", "x", one["sql"]) for one in captured]
    shown = [words(page).replace(address, "address") for page in pages]
    statuses = [str(page.status_code) for page in (first, *pages)]
    return sql, shown + statuses + [page.get("Location", "") for page in pages], first


def test_nobody_learns_whether_an_address_is_known(maya, nurse) -> None:
    """The same pages, statuses, cookies and queries, of a member of staff's as well."""
    known, pages, answer = asked(ADDRESS)
    for address in ("zyx@mail.example", nurse.login.email):
        queries, shown, other = asked(address)
        assert shown == pages
        assert sorted(other.cookies) == sorted(answer.cookies)
        assert other["Location"] == answer["Location"]
        assert [one[:60] for one in queries] == [one[:60] for one in known]


@pytest.mark.parametrize("whose", ["nobody", "staff"])
def test_a_code_that_nobody_may_have_is_taken_back_at_once(maya, nurse, whose) -> None:
    if whose == "staff":
        Patient.objects.update(email=nurse.login.email)
    address = nurse.login.email if whose == "staff" else "zyx@mail.example"
    client = Client()
    ask(client, address)
    message = OutgoingMessage.objects.get()
    assert message.gave_up_at == MONDAY
    assert (message.to, message.body) == ("", "")
    assert client.session["way_back"]["people"] == []


def test_an_address_is_found_by_an_index(maya) -> None:
    same = Patient.objects.filter(Exact(Lower("email"), ADDRESS))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "patient_by_email" in same.explain()


# --- Several people with one address --------------------------------------------------


@pytest.fixture
def family(nurse, maya) -> Patient:
    """Another patient of the clinic with the same address."""
    return make_patient(nurse, "Tom Okafor", birth_date=date(2001, 1, 2), email=ADDRESS)


def test_the_birth_date_tells_who_of_a_family_it_is(family) -> None:
    client = proven(Client())
    client.post(BIRTH_DATE, boxes(family.birth_date))
    assert signed_in_as(client) == str(family.pk)
    message = OutgoingMessage.objects.get()
    assert (message.patient, message.clinic) == (None, family.clinic)


def test_a_patient_of_two_clinics_chooses_the_clinic(maya) -> None:
    elsewhere = make_staff(make_clinic("Birchwood Clinic"))
    there = make_patient(elsewhere, email=ADDRESS)
    client = proven(Client())
    assert OutgoingMessage.objects.get().clinic is None
    assert client.post(BIRTH_DATE, boxes())["Location"] == WHO
    page = words(client.get(WHO))
    assert "Maya, at Ashgrove Clinic" in page
    assert "Maya, at Birchwood Clinic" in page
    assert client.post(WHO, {"who": str(there.pk)})["Location"] == TODAY
    assert signed_in_as(client) == str(there.pk)


def test_nobody_else_can_be_chosen(maya, family, nurse) -> None:
    make_patient(nurse, "Mia Okafor", email=ADDRESS)
    client = proven(Client())
    client.post(BIRTH_DATE, boxes())
    for chosen in (str(family.pk), "nobody", ""):
        answer = client.post(WHO, {"who": chosen})
        assert answer.status_code == 422
        assert "Choose one." in words(answer)
    assert signed_in_as(client) is None


# --- A browser in which somebody is signed in -----------------------------------------


def test_whoever_is_signed_in_signs_out_first(maya) -> None:
    client = sign_in(Client(), maya)
    page = words(client.get(ASK))
    assert "Somebody is signed in here" in page
    assert "Maya" not in page
    assert client.post(ASK, {"email": ADDRESS})["Location"] == TODAY
    assert not OutgoingMessage.objects.exists()


def test_a_birth_date_that_was_sent_twice_leads_in(maya) -> None:
    client = Client()
    client.get(ASK)
    twin = Client()
    twin.cookies.load({"csrftoken": client.cookies["csrftoken"].value})
    proven(client)
    client.post(BIRTH_DATE, boxes())
    assert twin.post(BIRTH_DATE, boxes())["Location"] == TODAY
    assert signed_in_as(twin) == str(maya.pk)

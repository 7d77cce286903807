"""Staff sign in: nobody learns who has an account, and nobody guesses their way in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from aftercare import tries
from aftercare.models import StaffMember
from tests.builders import MONDAY, make_staff
from tests.signing_in import sign_in

from .staff_login import (
    ANOTHER,
    PASSWORD,
    code_now,
    gives_code,
    gives_password,
    said,
    sees_patients,
    signs_in,
    with_password,
)

NO_MATCH = "This e-mail address and password do not go together."
TOO_MANY = "There were too many tries."
WRONG = "not the right words at all"


@pytest.fixture
def nurse(nurse: StaffMember) -> StaffMember:
    return with_password(nurse)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


# --- The way in -----------------------------------------------------------------------


def test_a_password_alone_opens_nothing(nurse, client):
    assert gives_password(client, nurse.login.email).url == "/sign-in/code/"
    assert "_auth_user_id" not in client.session
    assert client.get("/queue/").url == "/sign-in/?next=/queue/"


def test_with_password_and_code_the_queue_opens(nurse, client):
    signs_in(client, nurse)
    assert client.get("/home/").url == "/queue/"
    assert sees_patients(client)


def test_the_address_is_read_in_any_case(nurse, client):
    answer = gives_password(client, f" {nurse.login.email.upper()} ")
    assert answer.url == "/sign-in/code/"


def test_signing_in_changes_the_sessions_key(nurse, client):
    client.get("/sign-in/")
    gives_password(client, nurse.login.email)
    before = client.session.session_key
    gives_code(client, code_now())
    assert client.session.session_key != before
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert not sees_patients(stolen)


def test_a_sign_in_that_was_begun_can_be_begun_again(nurse, client):
    gives_password(client, nurse.login.email)
    assert client.get("/sign-in/").url == "/sign-in/code/"
    assert client.post("/sign-out/", {"again": "1"}).url == "/sign-in/"
    assert client.get("/sign-in/").status_code == 200


def test_whoever_is_signed_in_is_not_asked_again(nurse, client):
    assert signs_in(client, nurse).get("/sign-in/").url == "/home/"


# --- Who has an account is nobody's business --------------------------------------------


@pytest.fixture
def refused(nurse, clinic, treatment) -> dict[str, tuple[str, str]]:
    """Everybody who does not come in, with what they type."""
    left, invited, shut = (
        with_password(make_staff(clinic, name)) for name in ("Lee", "Ina", "Shu")
    )
    StaffMember.objects.filter(pk=left.pk).update(deactivated_at=MONDAY)
    StaffMember.objects.filter(pk=invited.pk).update(joined_at=None)
    shut.login.is_active = False
    shut.login.save()
    patient = sign_in(Client(), treatment.patient) and treatment.patient.login
    patient.email = "maya@mail.example"
    patient.save()
    unset = make_staff(clinic, "Una")
    return {
        "a wrong password": (nurse.login.email, WRONG),
        "nobody": ("nobody@clinic.example", PASSWORD),
        "somebody who has left": (left.login.email, PASSWORD),
        "somebody who has not joined": (invited.login.email, PASSWORD),
        "a closed login": (shut.login.email, PASSWORD),
        "a patient": (patient.email, PASSWORD),
        "no password yet": (unset.login.email, PASSWORD),
    }


def test_all_who_are_refused_get_the_same_answer(refused):
    answers = {}
    for who, typed in refused.items():
        answer = gives_password(Client(), *typed)
        page = said(answer).replace(typed[0], "somebody@clinic.example")
        answers[who] = (answer.status_code, page)
        assert NO_MATCH in page, who
    assert len(set(answers.values())) == 1


def test_all_who_are_refused_cost_the_same_work(refused, monkeypatch):
    """A password is hashed once for each, so that the clock does not tell either."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for who, typed in refused.items():
        hashed.clear()
        gives_password(Client(), *typed)
        assert len(hashed) == 1, who


def test_a_forgotten_password_tells_nobody_whom_we_know(refused, nurse):
    addresses = {typed[0] for typed in refused.values()} | {"x@y.example"}
    answers = set()
    for address in addresses:
        mail.outbox.clear()
        answer = Client().post("/password/", {"email": address})
        answers.add((answer.status_code, answer.url))
        (sent,) = mail.outbox  # the same work for each
        assert sent.to == [address]
        has_link = "/password/" in sent.body
        assert has_link == (address in may_reset(refused)), address
    assert answers == {(302, "/password/sent/")}


def may_reset(refused: dict[str, tuple[str, str]]) -> set[str]:
    """Who has a password. To come in takes more: a place at a clinic."""
    having = (
        "a wrong password",
        "somebody who has left",
        "somebody who has not joined",
    )
    return {refused[who][0] for who in having}


# --- Guessing -------------------------------------------------------------------------


def guesses(email: str, count: int, password: str = WRONG) -> list[str]:
    """Each from another network; what was said to each."""
    pages = []
    for number in range(count):
        network = f"10.{number // 250}.{number % 250}.1"
        answer = gives_password(Client(), email, password, REMOTE_ADDR=network)
        pages.append(said(answer))
    return pages


@pytest.mark.parametrize("email", ["the nurse's", "nobody@clinic.example"])
def test_an_account_is_guessed_at_five_times_and_no_more(email, nurse, clock):
    email = nurse.login.email if email == "the nurse's" else email
    pages = guesses(email, 200)
    assert sum(NO_MATCH in page for page in pages) == 5
    assert sum(TOO_MANY in page for page in pages) == 195


def test_the_right_person_comes_in_again_within_minutes(nurse, clock):
    guesses(nurse.login.email, 50)
    assert TOO_MANY in said(gives_password(Client(), nurse.login.email))
    clock.shift(timedelta(minutes=5, seconds=1))
    signs_in(Client(), nurse)


def test_after_guesses_without_end_they_are_in_within_a_quarter_of_an_hour(
    nurse, clock
):
    """However many are sent, fifteen count: far from the hundred that close a password."""
    for _ in range(3):
        guesses(nurse.login.email, 20)
        clock.shift(timedelta(minutes=5))
    clock.shift(timedelta(seconds=1))
    signs_in(Client(), nurse)


def test_a_new_password_is_asked_for_five_times_a_minute_and_twenty_by_a_network(
    nurse, clock
):
    def ask(email: str, network: str) -> int:
        sent = Client().post("/password/", {"email": email}, REMOTE_ADDR=network)
        return sent.status_code

    mine = [ask(nurse.login.email, f"10.0.0.{n}") for n in range(8)]
    assert mine == [302] * 5 + [429] * 3
    all_of_them = [ask(f"{n}@clinic.example", "10.1.1.1") for n in range(25)]
    assert all_of_them == [302] * 20 + [429] * 5


def test_one_network_does_not_try_a_password_on_everybody(nurse, clock):
    answers = [gives_password(Client(), f"{n}@clinic.example") for n in range(60)]
    tried = [one for one in answers if NO_MATCH in said(one)]
    assert len(tried) == 20
    assert {one.status_code for one in answers} == {200, 429}


def test_after_a_hundred_wrong_ones_a_password_is_of_no_use(nurse, clock):
    """Slowly, over days. The way back is a new password, by e-mail, in minutes."""
    for _ in range(tries.MOST_IN_A_ROW // 5):
        assert all(NO_MATCH in page for page in guesses(nurse.login.email, 5))
        clock.shift(timedelta(minutes=6))
    assert TOO_MANY in said(gives_password(Client(), nurse.login.email))
    clock.shift(timedelta(days=1))
    assert TOO_MANY in said(gives_password(Client(), nurse.login.email))
    client = Client()
    set_new_password(client, link_for(client, nurse))
    assert gives_password(client, nurse.login.email, ANOTHER).url == "/sign-in/code/"


def test_a_right_password_ends_the_row(nurse, clock):
    guesses(nurse.login.email, 4)
    gives_password(Client(), nurse.login.email)
    assert not tries.spent("password", nurse.login.email)
    for _ in range(tries.MOST_IN_A_ROW):
        tries.was_wrong("password", nurse.login.email)
    assert tries.spent("password", nurse.login.email.upper())


# --- Where it leads -------------------------------------------------------------------

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "https://testserver@evil.example/",
    "/%0d%0aLocation:%20https://evil.example",
)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_to_another_site(elsewhere, nurse, client):
    answer = client.post(
        "/sign-in/",
        {"login": nurse.login.email, "password": PASSWORD, "next": elsewhere},
    )
    assert answer.url == "/sign-in/code/"
    answer = gives_code(client, code_now())
    assert answer.url in {"/home/", elsewhere}
    assert answer.url == "/home/" or answer.url.startswith("/%0d%0a")
    for path in ("/sign-in/", "/account/unlock/"):
        there = client.get(path, {"next": elsewhere}).url
        assert there in {"/home/", "/%0d%0aLocation:%20https://evil.example"}


@pytest.mark.parametrize("odd", ["0001-01-01", "queue", "no-such-page", ""])
def test_whoever_is_not_locked_goes_on_to_a_path_or_home(odd, nurse, client):
    signs_in(client, nurse)
    assert client.get("/account/unlock/", {"next": odd}).url == "/home/"
    assert client.get("/account/unlock/", {"next": "/queue/"}).url == "/queue/"


def test_they_come_back_to_the_page_they_asked_for(nurse, client):
    there = client.get("/patients/").url
    typed = {"login": nurse.login.email, "password": PASSWORD, "next": "/patients/"}
    client.post(there, typed)
    assert gives_code(client, code_now()).url == "/patients/"


@pytest.mark.parametrize(
    "path",
    [
        *("/account/nothing/", "/accounts/login/", "/account/signup/", "/signup/"),
        *("/account/email/", "/account/inactive/", "/account/password/set/"),
        *("/account/recovery-codes/download/", "/sign-in/code/request/"),
    ],
)
def test_what_is_not_offered_is_not_there(path, nurse, client):
    for browser in (client, signs_in(Client(), nurse)):
        assert browser.get(path).status_code == 404
        assert browser.post(path).status_code == 404


def test_every_name_the_library_looks_up_leads_to_an_address_of_ours():
    for name in ("account_login", "account_logout", "account_signup"):
        assert reverse(name).startswith("/")


# --- A forgotten password -------------------------------------------------------------


def link_for(client: Client, nurse: StaffMember) -> str:
    mail.outbox.clear()
    client.post("/password/", {"email": nurse.login.email})
    site = re.escape(settings.SITE_URL)
    return re.search(rf"{site}(/password/\S+)", mail.outbox[0].body)[1]


def set_new_password(client: Client, link: str, password: str = ANOTHER) -> None:
    form = client.get(link, follow=True)
    there = form.request["PATH_INFO"]
    typed = {"password1": password, "password2": password}
    assert client.post(there, typed).url == "/password/set/"


def test_a_new_password_is_set_by_a_link_and_the_second_step_stays(nurse, client):
    desk = signs_in(Client(), nurse)
    set_new_password(client, link_for(client, nurse))
    assert client.get("/queue/").status_code == 302, "nobody is signed in by a link"
    assert not sees_patients(desk), "every session has ended"
    assert NO_MATCH in said(gives_password(client, nurse.login.email))
    assert gives_password(client, nurse.login.email, ANOTHER).url == "/sign-in/code/"
    assert "password" in mail.outbox[-1].subject.lower()


def test_a_link_works_once_and_for_an_hour(nurse, client, clock):
    link = link_for(client, nurse)
    clock.shift(timedelta(minutes=61))
    assert "does not work any more" in said(client.get(link))
    link = link_for(client, nurse)
    set_new_password(client, link)
    assert "does not work any more" in said(Client().get(link))


@pytest.mark.parametrize("weak", ["short", "a" * 14, "HER OWN ADDRESS"])
def test_a_weak_password_is_refused(weak, nurse, client):
    weak = nurse.login.email if weak == "HER OWN ADDRESS" else weak
    form = client.get(link_for(client, nurse), follow=True)
    typed = {"password1": weak, "password2": weak}
    answer = client.post(form.request["PATH_INFO"], typed)
    assert answer.status_code == 200
    assert "There is a problem" in said(answer)


def test_a_mail_names_nobody_and_nothing_of_anybodys_health(nurse, client):
    link_for(client, nurse)
    words = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    assert nurse.clinic.name.lower() not in words
    assert not re.search(r"patient|treat|symptom|flag|urgent", words)

"""No patient is shown to staff who have not proven a second factor in this session."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aftercare import lockbox, sessions, tries
from aftercare.models import AuditEntry, Login, StaffMember
from tests.builders import MONDAY, make_staff
from tests.house.routes import ANYBODY, ROUTES, filled
from tests.house.two_clinics import House, make_house
from tests.signing_in import SECRET, keep, request_of, sign_in

from .staff_login import (
    PASSWORD,
    code_now,
    gives_code,
    gives_password,
    recovery_codes,
    said,
    sees_patients,
    signs_in,
    with_password,
)

SET_UP = "/account/second-factor/"
WRONG_CODE = "This code is not right."
# What a session may open that has yet to set up its second factor, or to show it.
WHILE_SETTING_UP = {
    *("account/awake/", "account/confirm/", "account/second-factor/"),
    *("account/second-factor/app/", "account/passkeys/new/"),
}
WHILE_ASKED = {
    *("account/awake/", "account/unlock/"),
    *("account/confirm/code/", "account/confirm/passkey/"),
}


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def nurse(nurse: StaffMember) -> StaffMember:
    return with_password(nurse)


@pytest.fixture
def newcomer(nurse: StaffMember) -> StaffMember:
    """Without a second factor yet."""
    Authenticator.objects.all().delete()
    return nurse


@pytest.fixture
def desk(newcomer: StaffMember, client: Client) -> Client:
    """A browser in which the newcomer has given a password."""
    assert gives_password(client, newcomer.login.email).url == "/home/"
    return client


# --- Nothing without it ---------------------------------------------------------------


def only_password(staff: StaffMember) -> Client:
    """A session that began before there was a factor, or that somebody forged."""
    client = Client()
    request = request_of(client)
    sessions.start_first_session(request, staff, timezone.now())
    keep(client, request)
    return client


@pytest.mark.parametrize("has_factor", [False, True], ids=["set up", "show"])
@pytest.mark.parametrize("role", ["owner", "lead", "nurse", "desk", "auditor"])
def test_no_page_opens_to_a_password_alone(role, has_factor, wall, db):
    """Every address, read and sent to: nothing but the way to the second factor."""
    house: House = make_house("a")
    staff = house.staff[role]
    if has_factor:
        with_password(staff)
    client = only_password(staff)
    leads_to = "/account/unlock/" if has_factor else SET_UP
    stays_open = WHILE_ASKED if has_factor else WHILE_SETTING_UP
    wrong = []
    for place, route in ROUTES.items():
        if place in stays_open or route.may == ANYBODY or place.startswith("demo/"):
            continue
        for method in ("GET", "POST"):
            address = filled(place, house.first.keys)
            answer = client.generic(method, address)
            turned_away = answer.status_code == 302 and answer.url.startswith(leads_to)
            if not turned_away and answer.status_code != 404:
                wrong.append(f"{method} {place}: {answer.status_code}")
            shown = answer.content.decode()
            wrong += [f"{place} shows {word}" for word in house.words if word in shown]
    assert wrong == []


def test_pages_for_everybody_do_not_know_who_is_asked_for_a_factor(desk, newcomer):
    page = said(desk.get("/help/"))
    assert newcomer.clinic.name not in page
    assert newcomer.name not in page


def test_a_script_that_asks_is_told_where_to_go(desk):
    answer = desk.get("/queue/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith(SET_UP)
    assert answer.content == b""


def test_patients_and_strangers_have_no_second_factor_to_set_up(maya, db):
    for client in (maya, sign_in(Client(), somebody_without_a_clinic())):
        for name in ("mfa_index", "mfa_activate_totp", "account", "usersessions_list"):
            assert client.get(reverse(name)).status_code == 404


def somebody_without_a_clinic() -> Login:
    return Login.objects.create_login("nobody@clinic.example", PASSWORD)


# --- Setting it up --------------------------------------------------------------------


def scan(client: Client) -> str:
    """Open the page of the app, and read the secret off it."""
    page = client.get("/account/second-factor/app/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    return re.search(r'<code class="secret">(\w+)</code>', page)[1]


def test_the_first_page_is_the_set_up(desk):
    there = desk.get("/queue/").url
    assert there == f"{SET_UP}?next=%2Fqueue%2F"
    page = said(desk.get(there))
    assert "Set up your second step" in page
    assert "Set up a passkey" in page


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_and_the_queue_opens(desk):
    typed = {"code": code_now(secret=scan(desk))}
    answer = desk.post("/account/second-factor/app/", typed)
    assert answer.url == "/account/recovery-codes/"
    page = said(desk.get("/account/recovery-codes/"))
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert sees_patients(desk)
    again = said(desk.get("/account/recovery-codes/"))
    assert "10 of 10 codes are left" in again
    assert not re.search(r"<code>\d{8}</code>", again), "they are shown once"
    assert "An app was set up" in [one.subject for one in mail.outbox]


def test_a_wrong_first_code_sets_up_nothing(desk):
    scan(desk)
    answer = desk.post("/account/second-factor/app/", {"code": "000000"})
    assert WRONG_CODE in said(answer)
    assert not Authenticator.objects.exists()
    assert not sees_patients(desk)


def test_the_first_code_does_not_sign_in_as_well(newcomer, desk, clock):
    """It was seen on the screen of whoever set the app up."""
    gives_password(desk, newcomer.login.email)
    secret = scan(desk)
    desk.post("/account/second-factor/app/", {"code": code_now(secret=secret)})
    other = Client()
    gives_password(other, newcomer.login.email)
    assert WRONG_CODE in said(gives_code(other, code_now(secret=secret)))


def test_setting_up_asks_for_the_password_when_it_was_long_ago(newcomer, clock):
    client = Client()
    gives_password(client, newcomer.login.email)
    clock.shift(timedelta(minutes=6))
    there = client.get("/account/second-factor/app/").url
    assert there == "/account/confirm/?next=%2Faccount%2Fsecond-factor%2Fapp%2F"
    assert client.post(there, {"password": PASSWORD}).url == (
        "/account/second-factor/app/"
    )
    assert scan(client)


# --- Codes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_phone_may_be_half_a_minute_off(steps, is_taken, nurse, client, clock):
    gives_password(client, nurse.login.email)
    answer = gives_code(client, code_now(steps))
    assert (answer.status_code == 302) == is_taken
    assert sees_patients(client) == is_taken


@pytest.mark.parametrize("later", [0, 20, 40, 59])
def test_a_code_that_was_used_is_of_no_use(later, nurse, clock):
    code = code_now(1)
    first, second = Client(), Client()
    gives_password(first, nurse.login.email)
    assert gives_code(first, code).status_code == 302
    clock.shift(timedelta(seconds=later))
    gives_password(second, nurse.login.email)
    for typed in (code, f" {code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
        assert WRONG_CODE in said(gives_code(second, typed))
    assert not sees_patients(second)


def test_a_recovery_code_works_once(nurse):
    code = recovery_codes(nurse.login)[0]
    first, second = Client(), Client()
    gives_password(first, nurse.login.email)
    assert gives_code(first, code).status_code == 302
    assert sees_patients(first)
    gives_password(second, nurse.login.email)
    assert WRONG_CODE in said(gives_code(second, code))
    assert len(recovery_codes(nurse.login)) == 9


def test_codes_are_guessed_at_five_times_in_five_minutes(nurse, clock):
    client = Client()
    gives_password(client, nurse.login.email)
    answers = [said(gives_code(client, f"{n:06}")) for n in range(30)]
    assert sum(WRONG_CODE in page for page in answers) == 5
    assert "There were too many tries." in said(gives_code(client, code_now()))
    clock.shift(timedelta(minutes=5, seconds=1))
    gives_password(client, nurse.login.email)
    assert gives_code(client, code_now()).status_code == 302


def test_after_a_hundred_wrong_codes_none_is_taken(nurse, client):
    for _ in range(tries.MOST_IN_A_ROW):
        tries.was_wrong("code", str(nurse.login.pk))
    gives_password(client, nurse.login.email)
    assert WRONG_CODE in said(gives_code(client, code_now()))


def test_the_second_step_waits_for_a_quarter_of_an_hour(nurse, client, clock):
    gives_password(client, nurse.login.email)
    clock.shift(timedelta(minutes=16))
    assert gives_code(client, code_now()).url == "/sign-in/"


# --- No way around it -----------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/account/second-factor/",
        "/account/second-factor/app/",
        "/account/passkeys/new/",
    ],
)
def test_nobody_adds_a_factor_of_their_own_while_one_is_asked_for(path, nurse, client):
    """Not before the second step of a sign-in, and not in an older session."""
    gives_password(client, nurse.login.email)
    assert client.get(path).url.startswith("/sign-in/?next=")
    assert client.post(path, {"code": "1"}).status_code in {302, 403}
    older = only_password(nurse)
    assert older.get(path).url.startswith("/account/unlock/")
    assert older.post(path).url.startswith("/account/unlock/")
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_an_older_session_shows_the_factor_and_goes_on(nurse):
    older = only_password(nurse)
    there = older.get("/patients/").url
    assert there == "/account/unlock/?next=%2Fpatients%2F"
    there = older.get(there).url
    assert there == "/account/confirm/code/?next=%2Fpatients%2F"
    assert "Use your password" not in said(older.get(there))
    assert older.post("/account/confirm/", {"password": PASSWORD}).url.startswith(
        "/account/unlock/"
    )
    assert not sees_patients(older)
    assert older.post(there, {"code": code_now()}).url == "/patients/"
    assert sees_patients(older)


def test_the_last_factor_cannot_be_removed(nurse, client):
    desk = signs_in(client, nurse)
    page = said(desk.post("/account/second-factor/app/remove/"))
    assert "This is your only second factor." in page
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_last_passkey_cannot_be_removed_either(nurse, client):
    desk = signs_in(client, nurse)
    only, other = (passkey(nurse, name) for name in ("Desk", "Phone"))
    Authenticator.objects.filter(type="totp").delete()
    assert desk.post(f"/account/passkeys/{other.pk}/remove/").status_code == 302
    page = said(desk.post(f"/account/passkeys/{only.pk}/remove/", follow=True))
    assert "This is your only second factor." in page
    assert Authenticator.objects.filter(type="webauthn").get() == only


def test_an_app_can_be_removed_once_there_is_a_passkey(nurse, client):
    desk = signs_in(client, nurse)
    passkey(nurse, "Desk")
    assert desk.post("/account/second-factor/app/remove/").url == SET_UP
    assert not Authenticator.objects.filter(type="totp").exists()
    assert "The app was removed" in [one.subject for one in mail.outbox]


def test_a_passkey_is_renamed_by_its_owner_alone(nurse, lead, client):
    desk, mine, theirs = (
        signs_in(client, nurse),
        passkey(nurse, "Desk"),
        passkey(lead, "Lead"),
    )
    desk.post(f"/account/passkeys/{mine.pk}/", {"name": "Front desk"})
    assert "Front desk" in said(desk.get("/account/passkeys/"))
    for path in (f"/account/passkeys/{theirs.pk}/", f"{theirs.pk}/remove/"):
        assert desk.post(path, {"name": "Mine"}).status_code == 404
    assert "Lead" not in said(desk.get("/account/passkeys/"))


@pytest.fixture
def lead(clinic) -> StaffMember:
    return make_staff(clinic, "Lena Hart", "is_clinical_lead")


def passkey(staff: StaffMember, name: str) -> Authenticator:
    """One that is listed; a browser would be needed to show it."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=staff.login, type="webauthn", data=data)


def test_new_recovery_codes_end_the_old_ones(nurse, client):
    old = recovery_codes(nurse.login)
    desk = signs_in(client, nurse)
    assert desk.post("/account/recovery-codes/new/").url == "/account/recovery-codes/"
    assert not set(old) & set(recovery_codes(nurse.login))


def test_changing_factors_asks_again_after_a_while(nurse, clock):
    desk = signs_in(Client(), nurse)
    clock.shift(timedelta(minutes=6))
    for path in ("/account/second-factor/app/remove/", "/account/recovery-codes/new/"):
        assert desk.get(path).url.startswith("/account/confirm/?next=")


def test_whoever_has_lost_every_factor_sets_up_anew(nurse, client, capsys):
    desk = signs_in(client, nurse)
    call_command("forget_second_factor", nurse.login.email.upper())
    assert "sets up a new second step" in capsys.readouterr().out
    assert not sees_patients(desk)
    assert gives_password(Client(), nurse.login.email).url == "/home/"
    noted = AuditEntry.objects.filter(verb="factor.removed", object_id=nurse.pk)
    assert noted.get().clinic == nurse.clinic


def test_only_staff_have_a_factor_to_lose(maya, db):
    with pytest.raises(CommandError, match="No member of staff"):
        call_command("forget_second_factor", "maya@mail.example")


# --- The demo -------------------------------------------------------------------------


def test_a_session_of_the_demo_counts_in_the_demo_only(newcomer, client, settings):
    newcomer.clinic.is_demo = True
    newcomer.clinic.save()
    settings.DEMO = True
    client.post(reverse("demo_become", args=[newcomer.pk]))
    assert sees_patients(client)
    page = said(client.get("/account/"))
    assert "In the demo nobody signs in" in page
    assert client.get("/account/password/").status_code == 404
    settings.DEMO = False
    assert not sees_patients(client)


# --- How secrets are kept -------------------------------------------------------------


def test_the_database_alone_makes_nobodys_codes(nurse):
    kept = [str(one.data) for one in Authenticator.objects.all()]
    assert not any(SECRET in data for data in kept)


def test_without_the_key_of_their_day_codes_are_wrong_and_nothing_breaks(
    nurse, settings, client
):
    settings.SECRET_KEY = "a new key of the house, also fifty characters or more"
    gives_password(client, nurse.login.email)
    for code in (code_now(), "000000"):
        assert WRONG_CODE in said(gives_code(client, code))
    lockbox.keep_under_newest_key(nurse.login)


def test_a_new_secret_key_takes_the_factors_along(nurse, settings):
    settings.SECRET_KEY_FALLBACKS = [configured.SECRET_KEY]
    settings.SECRET_KEY = "a new key of the house, also fifty characters or more"
    signs_in(Client(), nurse)
    settings.SECRET_KEY_FALLBACKS = []
    for factor in Authenticator.objects.all():
        assert lockbox.opened(factor.data.get("secret") or factor.data["seed"])

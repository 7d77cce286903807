"""A screen that nobody sits at locks itself, and what was typed on it is not lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from aftercare import sessions
from aftercare.models import DailyLog, StaffMember, Treatment
from tests.aftercare.test_signed_out import fields_of
from tests.builders import MONDAY, make_staff
from tests.signing_in import sign_in

from .staff_login import PASSWORD, code_now, said, sees_patients, with_password

MINUTES = {"minutes": 1}
POLLS = ({"X-Requested-With": "fetch"}, {"HX-Request": "true"})


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def nurse(nurse: StaffMember) -> StaffMember:
    return with_password(nurse)


@pytest.fixture
def desk(clock, nurse) -> Client:
    """A browser in which the nurse has just signed in."""
    return sign_in(Client(), nurse, at=MONDAY)


def is_locked(client: Client) -> bool:
    answer = client.get("/patients/")
    if answer.status_code == 200:
        return False
    return answer.url == "/account/unlock/?next=%2Fpatients%2F"


# --- When -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("idle", "locks"),
    [
        (timedelta(), False),
        (timedelta(minutes=14, seconds=59), False),
        (timedelta(minutes=15), True),
        (timedelta(hours=3), True),
        (timedelta(minutes=-10), False),  # a clock that was put back
    ],
)
def test_after_a_quarter_of_an_hour_a_screen_locks(idle, locks, desk, clock):
    clock.shift(idle)
    assert is_locked(desk) == locks


def test_whoever_goes_on_working_is_not_locked_out(desk, clock):
    for _ in range(12):
        clock.shift(timedelta(minutes=10))
        assert not is_locked(desk)


@pytest.mark.parametrize("headers", POLLS)
def test_a_page_that_asks_by_itself_keeps_nobody_awake(headers, desk, clock):
    for _ in range(14):
        clock.shift(timedelta(minutes=1))
        assert desk.get("/queue/", headers=headers).status_code == 200
    clock.shift(timedelta(minutes=1))
    answer = desk.get("/queue/", headers=headers)
    to = answer.headers.get("HX-Redirect") or answer.headers.get("Location")
    assert to == "/account/unlock/?next=%2Fqueue%2F"
    assert answer.content == b""


@pytest.mark.parametrize(
    ("age", "lasts"),
    [
        (timedelta(hours=11, minutes=59), True),
        (timedelta(hours=12), False),
        (timedelta(days=2), False),
    ],
)
def test_after_twelve_hours_everybody_is_signed_out(age, lasts, desk, clock):
    """However busy they are."""
    end = MONDAY + age
    for minutes in range(10, int(age.total_seconds() // 60), 10):
        clock.move_to(MONDAY + timedelta(minutes=minutes))
        desk.get("/patients/")
    clock.move_to(end)
    answer = desk.get("/patients/")
    assert (answer.status_code == 200) == lasts
    if not lasts:
        assert answer.url == "/sign-in/?next=/patients/"
        assert "_auth_user_id" not in desk.session


def test_a_session_that_says_nothing_of_its_age_is_over(desk):
    session = desk.session
    del session[sessions.STARTED]
    session.save()
    assert desk.get("/patients/").url.startswith("/sign-in/")


def test_patients_are_neither_locked_nor_asked(treatment, clock):
    phone = sign_in(Client(), treatment.patient, at=MONDAY)
    clock.shift(timedelta(days=9))
    assert phone.get("/today/").status_code == 200


def test_a_busy_minute_writes_the_session_once(desk, clock, django_assert_num_queries):
    clock.shift(timedelta(seconds=59))
    before = desk.session[sessions.ACTIVE]
    desk.get("/patients/")
    assert desk.session[sessions.ACTIVE] == before
    clock.shift(timedelta(seconds=1))
    desk.get("/patients/")
    assert desk.session[sessions.ACTIVE] == before + 60


# --- How it opens again ---------------------------------------------------------------


def test_a_password_unlocks_and_leads_back(desk, clock):
    clock.shift(timedelta(hours=1))
    there = desk.get(desk.get("/patients/?tab=all").url).url
    assert there == "/account/confirm/?next=%2Fpatients%2F%3Ftab%3Dall"
    page = said(desk.get(there))
    assert "<h1>Unlock</h1>" in page
    assert "Priya Nair" in page
    assert desk.post(there, {"password": "wrong"}).status_code == 200
    assert is_locked(desk)
    assert desk.post(there, {"password": PASSWORD}).url == "/patients/?tab=all"
    assert not is_locked(desk)


def test_a_code_unlocks_as_well(desk, clock):
    clock.shift(timedelta(hours=1))
    assert desk.post("/account/confirm/code/", {"code": code_now()}).url == "/home/"
    assert not is_locked(desk)


def test_a_locked_screen_changes_no_login(desk, clock):
    clock.shift(timedelta(hours=1))
    for path in ("/account/", "/account/password/", "/account/second-factor/app/"):
        assert desk.get(path).url.startswith("/account/unlock/")
    for path in ("/account/devices/", "/account/recovery-codes/new/"):
        assert desk.post(path).url.startswith("/account/unlock/")


def test_a_locked_screen_can_be_left(desk, clock):
    clock.shift(timedelta(hours=1))
    assert desk.post("/sign-out/").url == "/"
    assert desk.get("/patients/").url == "/sign-in/?next=/patients/"


def test_what_is_not_locked_leads_on(desk):
    assert desk.get("/account/unlock/?next=/patients/").url == "/patients/"
    assert desk.get("/account/unlock/").url == "/home/"


def test_a_colleague_does_not_unlock_the_screen(desk, clinic, clock):
    other = with_password(make_staff(clinic, "Sam Kerr"))
    other.login.set_password("quite other words of his")
    other.login.save()
    clock.shift(timedelta(hours=1))
    desk.post("/account/confirm/", {"password": "quite other words of his"})
    assert is_locked(desk)


# --- Nothing typed is lost ------------------------------------------------------------


def test_a_form_sent_from_a_locked_screen_is_kept_until_it_is_unlocked(
    desk, clock, treatment: Treatment
):
    path = f"/treatments/{treatment.pk}/log/"
    typed = fields_of(said(desk.get(path))) | {
        "overall_change": "better",
        "pain": "1",
        "redness": "none",
        "swelling": "none",
        "signs": "none",
        "free_text": "Sleeps well again.",
    }
    clock.shift(timedelta(hours=1))
    answer = desk.post(path, typed)
    page = said(answer)
    assert answer.status_code == 403
    assert "This screen is locked" in page
    assert 'value="Sleeps well again."' in page
    assert re.search(r'href="/account/unlock/\S*" target="_blank"', page)
    assert not DailyLog.objects.exists()
    desk.post("/account/confirm/", {"password": PASSWORD})
    assert desk.post(path, fields_of(page)).status_code == 303
    assert DailyLog.objects.get().free_text == "Sleeps well again."


# --- What the page's script asks --------------------------------------------------------


def test_a_page_asks_how_long_it_may_stay_open(desk, clock):
    clock.shift(timedelta(minutes=5))
    assert desk.get("/account/awake/").json() == {"seconds": 900}
    headers = {"X-Requested-With": "fetch"}
    clock.shift(timedelta(minutes=5))
    assert desk.get("/account/awake/", headers=headers).json() == {"seconds": 600}


def test_somebody_who_types_for_long_stays_awake(desk, clock):
    headers = {"X-Requested-With": "fetch"}
    for _ in range(10):
        clock.shift(timedelta(minutes=4))
        assert desk.post("/account/awake/", headers=headers).json()["seconds"] == 900
    assert sees_patients(desk)


def test_asking_opens_no_locked_screen(desk, clock):
    clock.shift(timedelta(minutes=16))
    for ask in (desk.get, desk.post):
        assert ask("/account/awake/").json() == {"seconds": 0}
    assert is_locked(desk)


def test_the_cover_is_on_every_page_of_the_desk(desk, settings):
    page = said(desk.get("/patients/"))
    assert 'data-awake="/account/awake/"' in page
    assert "js/idle.js" in page
    settings.DEMO = True
    assert "data-awake" not in said(desk.get("/patients/"))

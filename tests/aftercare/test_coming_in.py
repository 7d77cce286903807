"""A patient follows a link to the first log: every page on the way, and every dead end."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from aftercare.logs import PlainFormatter
from aftercare.models import AuditEntry, Invitation, Patient
from aftercare.services.come_in import prove
from aftercare.services.invite import revoke_invitation
from aftercare.services.tokens import LINK_LASTS
from tests.builders import MONDAY, make_patient, make_treatment
from tests.clock import Wall
from tests.signing_in import sign_in

from .links import BORN, boxes, come_in, link_for, page_of, press_start
from .pages import words

TODAY, BIRTH_DATE = reverse("today"), reverse("birth_date")


@pytest.fixture(autouse=True)
def _monday(wall: Wall) -> None:
    """It is Monday, 9am."""


@pytest.fixture
def maya(treatment) -> Patient:
    return treatment.patient


@pytest.fixture
def token(maya, nurse) -> str:
    return link_for(maya, nurse)


@pytest.fixture
def other(nurse) -> Patient:
    patient = make_patient(nurse, "Ellie Novak")
    make_treatment(nurse, patient)
    return patient


def signed_in_as(client: Client) -> str | None:
    return client.session.get("person")


def begun(token: str) -> Client:
    """A browser in which the button was pressed."""
    client = Client()
    press_start(client, token)
    return client


# --- The way in -----------------------------------------------------------------------


def test_from_the_link_to_the_log(token, maya) -> None:
    client = Client()
    assert "Your daily check" in words(client.get(page_of(token)))
    pressed = press_start(client, token)
    assert (pressed.status_code, pressed["Location"]) == (303, BIRTH_DATE)
    assert "Is this you?" in words(client.get(BIRTH_DATE))
    proven = client.post(BIRTH_DATE, boxes())
    assert (proven.status_code, proven["Location"]) == (303, TODAY)
    page = words(client.get(TODAY))
    assert "You are in, Maya." in page
    assert "Since yesterday, my skin is" in page
    assert signed_in_as(client) == str(maya.pk)


def test_the_device_stays_signed_in_until_two_weeks_after_the_course(
    token, treatment
) -> None:
    client = Client()
    answer = come_in(client, token)
    ends = treatment.performed_at + timedelta(days=180 + 14)
    assert client.session.get_expiry_date() == ends
    assert answer.cookies["sessionid"]["max-age"] == (ends - MONDAY).total_seconds()


def test_a_device_stays_signed_in_for_the_next_course_too(
    token, maya, nurse, wall
) -> None:
    client = Client()
    come_in(client, token)
    before = client.session.get_expiry_date()
    client.get(TODAY)
    assert client.session.get_expiry_date() == before
    wall.forward(days=40)
    again = make_treatment(nurse, maya, performed_at=wall.now)
    client.get(TODAY)
    ends = again.performed_at + timedelta(days=180 + 14)
    assert client.session.get_expiry_date() == ends


def test_the_session_is_a_new_one(token) -> None:
    client = begun(token)
    before = client.session.session_key
    client.post(BIRTH_DATE, boxes())
    assert client.session.session_key != before
    assert not Client(headers={}).session.exists(before)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_spends_nothing(token, method, django_assert_num_queries) -> None:
    before = list(Invitation.objects.values()), AuditEntry.objects.count()
    for _ in range(3):
        answer = getattr(Client(), method)(page_of(token))
        assert answer.status_code == 200
        assert "sessionid" not in answer.cookies
    assert (list(Invitation.objects.values()), AuditEntry.objects.count()) == before


def test_other_methods_are_refused(token) -> None:
    assert Client().put(page_of(token)).status_code == 405
    assert Client().delete(BIRTH_DATE).status_code == 405


def test_nobody_is_named_before_the_birth_date(token, maya) -> None:
    client = Client()
    pages = [client.get(page_of(token)), press_start(client, token)]
    pages += [client.get(BIRTH_DATE), client.post(BIRTH_DATE, boxes(year="1990"))]
    for page in pages:
        for word in ("Maya", "Okafor", "1991", "icroneedling", "07700"):
            assert word not in page.content.decode()


def test_the_token_goes_no_further_than_its_page(token) -> None:
    client = Client()
    first = client.get(page_of(token))
    assert first["Referrer-Policy"] == "strict-origin"
    assert first["Cache-Control"] == "no-store"
    pressed = press_start(client, token)
    pages = [client.get(BIRTH_DATE), client.post(BIRTH_DATE, boxes())]
    for page in (first, pressed, *pages, client.get(TODAY)):
        assert token not in page.content.decode()
        assert token not in str(page.headers) + str(page.cookies)
    assert token not in str(dict(client.session))


def test_logs_hide_the_token(token) -> None:
    for words_of_a_log in ("GET /i/%s/ HTTP/1.1", "Gone: /i/%s/", "Not Found: /i/%s"):
        record = logging.makeLogRecord({"msg": words_of_a_log, "args": (token,)})
        said = PlainFormatter().format(record)
        assert token not in said
        assert "/i/…" in said


def test_a_link_is_a_bookmark_for_whoever_came_in_by_it(token) -> None:
    client = Client()
    come_in(client, token)
    for answer in (client.get(page_of(token)), press_start(client, token)):
        assert (answer.status_code, answer["Location"]) == (303, TODAY)
    assert client.get(BIRTH_DATE)["Location"] == TODAY


def test_whoever_pressed_the_button_and_opens_the_link_again_goes_on(token) -> None:
    client = begun(token)
    assert client.get(page_of(token))["Location"] == BIRTH_DATE


# --- The birth date -------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "14", "month": "5"},
        {"day": "014", "month": "05"},
        {"day": " 14th ", "month": "May"},
        {"day": "14.", "month": "may"},
        {"day": "14", "month": "MAY."},
    ],
)
def test_a_birth_date_may_be_written_in_many_ways(token, maya, typed) -> None:
    client = begun(token)
    client.post(BIRTH_DATE, boxes(**typed))
    assert signed_in_as(client) == str(maya.pk)


@pytest.mark.parametrize(
    ("typed", "said", "where"),
    [
        ({"day": ""}, "Enter the day as a number, for example 27.", "id_day"),
        ({"day": "32"}, "Enter the day as a number, for example 27.", "id_day"),
        ({"day": "-1"}, "Enter the day as a number, for example 27.", "id_day"),
        ({"month": "13"}, "Enter the month as a number or a word", "id_month"),
        ({"month": "ma"}, "Enter the month as a number or a word", "id_month"),
        ({"month": "x" * 99}, "Enter the month as a number or a word", "id_month"),
        ({"year": "91"}, "Enter the year with four numbers", "id_year"),
        ({"year": "19x1"}, "Enter the year with four numbers", "id_year"),
        ({"year": "1891"}, "Check the year.", "id_year"),
        ({"year": "2027"}, "Check the year.", "id_year"),
        ({"day": "31", "month": "2"}, "There is no such date.", "id_day"),
    ],
)
def test_what_cannot_be_a_date_costs_no_try(token, typed, said, where) -> None:
    client = begun(token)
    answer = client.post(BIRTH_DATE, boxes(**typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(said) == 2  # in the summary and beside the boxes
    assert f'href="#{where}"' in page
    assert "<title>Error: Is this you?" in page
    assert Invitation.objects.get().tries == 0


def test_a_wrong_date_says_how_often_it_may_be_tried(token) -> None:
    client = begun(token)
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        answer = client.post(BIRTH_DATE, boxes(year="1990"))
        assert answer.status_code == 422
        assert f"You have {left} left." in words(answer)
        assert 'value="1990"' in answer.content.decode()
    answer = client.post(BIRTH_DATE, boxes(year="1990"))
    assert answer.status_code == 410
    assert "Please call us" in words(answer)
    assert "020 7946 0311" in words(answer)
    right = client.post(BIRTH_DATE, boxes())
    assert right.status_code == client.get(BIRTH_DATE).status_code == 410
    assert signed_in_as(client) is None


def test_no_birth_date_is_asked_of_who_pressed_no_button(db) -> None:
    for answer in (Client().get(BIRTH_DATE), Client().post(BIRTH_DATE, boxes())):
        assert answer["Location"] == reverse("way_back")


def test_a_link_that_was_erased_meanwhile_leads_to_the_way_back(token) -> None:
    client = begun(token)
    Invitation.objects.all().delete()
    assert client.post(BIRTH_DATE, boxes())["Location"] == reverse("way_back")


# --- Pressed twice --------------------------------------------------------------------


def browser(token: str) -> Client:
    """A browser as it is after it has drawn the first page."""
    client = Client()
    client.get(page_of(token))
    return client


def same_browser(client: Client) -> Client:
    """The same browser before it got an answer to what it has just sent."""
    twin = Client()
    twin.cookies.load({"csrftoken": client.cookies["csrftoken"].value})
    return twin


def test_a_button_that_was_pressed_twice_leads_on(token) -> None:
    client = browser(token)
    twin = same_browser(client)
    press_start(client, token)
    assert press_start(twin, token)["Location"] == BIRTH_DATE
    assert twin.get(BIRTH_DATE).status_code == 200


def test_a_second_press_in_another_browser_is_told_that_the_link_is_used(token) -> None:
    press_start(browser(token), token)
    answer = press_start(browser(token), token)
    assert answer.status_code == 410
    assert "This link was used before" in words(answer)


def test_a_birth_date_that_was_sent_twice_leads_in(token, maya) -> None:
    client = browser(token)
    press_start(client, token)
    twin = same_browser(client)
    come_in(client, token)
    assert twin.post(BIRTH_DATE, boxes())["Location"] == TODAY
    assert signed_in_as(twin) == str(maya.pk)


@pytest.mark.parametrize("typed", [{"year": "1990"}, {"year": ""}])
def test_another_birth_date_the_second_time_lets_nobody_in(token, typed) -> None:
    client = browser(token)
    press_start(client, token)
    twin = same_browser(client)
    come_in(client, token)
    assert twin.post(BIRTH_DATE, boxes(**typed))["Location"] == reverse("way_back")
    assert signed_in_as(twin) is None


def test_after_signing_out_nothing_is_remembered(token) -> None:
    client = browser(token)
    come_in(client, token)
    client.post(reverse("sign_out"))
    assert client.post(BIRTH_DATE, boxes())["Location"] == reverse("way_back")


def test_two_browsers_with_one_started_link_let_in_one(token, maya) -> None:
    """The second learns that the link is used up, not that the date is wrong."""
    client = begun(token)
    key = Invitation.objects.get().pk
    prove(invitation_id=key, birth_date=BORN, at=MONDAY)
    answer = client.post(BIRTH_DATE, boxes())
    assert answer.status_code == 410
    assert "This link was used before" in words(answer)


# --- Links that are good for nothing --------------------------------------------------


def test_a_link_that_nobody_made(db) -> None:
    answer = Client().get(page_of("x" * 43))
    assert answer.status_code == 404
    assert "This link does not work" in words(answer)
    assert Client().post(page_of("x")).status_code == 404


def test_an_old_link(token, wall) -> None:
    wall.forward(seconds=LINK_LASTS.total_seconds())
    answer = Client().get(page_of(token))
    assert answer.status_code == 410
    assert "This link is too old" in words(answer)
    assert reverse("way_back") in answer.content.decode()
    assert press_start(Client(), token).status_code == 410


def test_a_link_that_was_taken_back(token, maya, nurse) -> None:
    client = begun(token)
    revoke_invitation(patient=maya, by=nurse, at=MONDAY)
    for answer in (Client().get(page_of(token)), client.post(BIRTH_DATE, boxes())):
        assert answer.status_code == 410
        assert "This link was replaced" in words(answer)


def test_a_used_link(token) -> None:
    come_in(Client(), token)
    answer = Client().get(page_of(token))
    assert answer.status_code == 410
    assert "This link was used before" in words(answer)
    assert "Maya" not in answer.content.decode()


# --- A phone that is shared -----------------------------------------------------------


def test_a_shared_phone_asks_before_it_signs_anybody_out(token, maya, other) -> None:
    client = sign_in(Client(), other)
    page = client.get(page_of(token))
    assert "Somebody else is signed in on this device." in words(page)
    assert "Ellie" not in page.content.decode()
    assert press_start(client, token).status_code == 200
    assert signed_in_as(client) == str(other.pk)
    assert Invitation.objects.get().used_at is None

    press_start(client, token, switch="yes")
    assert signed_in_as(client) is None
    client.post(BIRTH_DATE, boxes())
    assert signed_in_as(client) == str(maya.pk)


def test_nobody_is_signed_out_for_a_link_that_does_not_work(
    token, maya, other, nurse
) -> None:
    client = sign_in(Client(), other)
    revoke_invitation(patient=maya, by=nurse, at=MONDAY)
    assert press_start(client, token, switch="yes").status_code == 410
    assert signed_in_as(client) == str(other.pk)


def test_staff_are_told_that_they_are_signed_in(token, nurse) -> None:
    client = sign_in(Client(), nurse)
    assert "Somebody else is signed in" in words(client.get(page_of(token)))


def test_who_proves_a_birth_date_in_a_second_tab_is_who_is_signed_in(
    token, maya, other, nurse
) -> None:
    client = begun(token)
    second = link_for(other, nurse)
    press_start(client, second)
    client.post(BIRTH_DATE, boxes())
    assert signed_in_as(client) == str(other.pk)

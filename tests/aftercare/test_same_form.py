"""One form is one log: going back, reloading, a second tab; and how to send one more.

All of it without scripts: what the browser asks for is all that it does.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from aftercare.services.retract_log import retract_log
from tests.aftercare.log_values import CALM
from tests.aftercare.pages import words
from tests.builders import GLANDS, MONDAY, send_log

SATURDAY = {"for": "2026-05-30"}
WORSE = CALM | {"pain": "3"}


class Phone:
    """A browser that sends what the form on its page holds, to where the form goes."""

    def __init__(self, client) -> None:
        self.client = client

    def open(self, path, query=None):
        self.page = self.client.get(path, query or {})
        assert self.page.status_code == 200
        return words(self.page)

    def send(self, answers):
        """The address of the advice."""
        html = self.page.content.decode()
        form = html[html.index('<form method="post" action="/log/') :]
        sent = {
            name: re.search(rf'name="{name}"[^>]* value="([^"]+)"', form)[1]
            for name in ("key", "for_date")
        }
        action = re.search(r'action="([^"]+)"', form)[1].replace("&amp;", "&")
        self.page = self.client.post(action, sent | answers)
        return self.page.headers.get("Location")

    def follow(self, link):
        html = self.page.content.decode()
        path = re.search(rf'href="([^"]+)">{link}</a>', html)[1]
        return self.open(path.replace("&amp;", "&"))


@pytest.fixture
def phone(maya) -> Phone:
    return Phone(maya)


@pytest.fixture
def log(treatment) -> str:
    return f"/log/{treatment.pk}/"


def conflicts(treatment) -> int:
    return treatment.logs.filter(conflicts_with__isnull=False).count()


@pytest.mark.parametrize("query", [{}, SATURDAY, {"again": "1"}], ids=str)
def test_going_back_and_sending_again_is_one_log(phone, treatment, log, query):
    phone.open(log, query)
    first = phone.send(CALM)
    phone.open(log, query)
    assert phone.send(CALM) == first
    assert treatment.logs.count() == 1


def test_the_first_page_and_the_log_page_are_one_form(phone, treatment, log):
    phone.open("/today/")
    first = phone.send(CALM)
    phone.open(log)
    assert phone.send(CALM) == first


def test_a_form_that_came_back_is_still_the_same_form(phone, treatment, log):
    phone.open(log, {"again": "1"})
    assert phone.send({"pain": "3"}) is None
    first = phone.send(CALM)
    phone.open(log, {"again": "1"})
    assert phone.send(CALM) == first


def test_the_same_form_with_other_answers_is_marked_for_staff(phone, treatment, log):
    for answers in (CALM, WORSE):
        phone.open(log)
        phone.send(answers)
    assert (treatment.logs.count(), conflicts(treatment)) == (2, 1)


def test_each_day_has_a_form_of_its_own(phone, treatment, log):
    for query in ({}, SATURDAY):
        phone.open(log, query)
        phone.send(CALM)
    assert (treatment.logs.count(), conflicts(treatment)) == (2, 0)


def test_tomorrow_the_form_is_another(phone, wall, treatment, log):
    for _ in range(2):
        phone.open(log)
        phone.send(CALM)
        wall.forward(days=1)
    assert (treatment.logs.count(), conflicts(treatment)) == (2, 0)


@pytest.mark.parametrize("answers", [CALM, WORSE], ids=["the same", "other"])
def test_another_log_is_a_log_of_its_own_however_often(phone, treatment, answers):
    phone.open("/today/")
    phone.send(CALM)
    for _ in range(3):
        phone.open("/today/")
        phone.follow("Add another log")
        phone.send(answers)
    assert (treatment.logs.count(), conflicts(treatment)) == (4, 0)


def test_another_log_can_be_added_beside_one_that_raised_a_flag(phone, treatment):
    send_log(treatment, GLANDS)
    phone.open("/today/")
    said = phone.follow("Add another log")
    assert "You sent a log for today" not in said
    phone.send(CALM)
    assert (treatment.logs.count(), conflicts(treatment)) == (2, 0)


def test_a_day_with_a_log_says_so_and_offers_to_send_one_more(
    phone, wall, treatment, log
):
    phone.open(log)
    told = phone.send(CALM)
    wall.forward(hours=1)
    said = phone.open(log)
    assert "You sent a log for today at 9am. See what to do next" in said
    assert f'href="{told}"' in phone.page.content.decode()
    said = phone.follow("Send another log")
    assert "You sent a log for today" not in said
    phone.send(CALM)
    assert (treatment.logs.count(), conflicts(treatment)) == (2, 0)


def test_an_earlier_day_with_a_log_says_so_too(phone, treatment, log):
    phone.open(log, SATURDAY)
    phone.send(CALM)
    said = phone.open(log, SATURDAY)
    assert "You sent a log for Saturday 30 May at 9am." in said
    phone.follow("Send another log")
    phone.send(CALM)
    assert [one.day for one in treatment.logs.all()] == [2, 2]
    assert conflicts(treatment) == 0


def test_a_log_that_was_taken_by_telephone_is_named_so(phone, treatment, log, nurse):
    send_log(treatment, GLANDS, by=nurse)
    said = phone.open(log)
    assert "We took a log by telephone for today at 9am." in said
    phone.send(CALM)
    assert (treatment.logs.count(), conflicts(treatment)) == (2, 0)


def test_a_day_without_a_log_is_simply_asked_about(phone, treatment, log):
    send_log(treatment, GLANDS, at=MONDAY - timedelta(days=1))
    assert "You sent a log" not in phone.open(log)


def test_after_a_log_was_taken_back_the_day_starts_anew(phone, treatment, log):
    phone.open(log)
    phone.send(CALM)
    mistake = treatment.logs.get()
    retract_log(
        treatment_id=treatment.pk,
        log_id=mistake.pk,
        by=treatment.patient,
        reason="Not mine",
        at=MONDAY,
    )
    assert "You sent a log" not in phone.open(log)
    first = phone.send(CALM)
    phone.open(log)
    assert phone.send(CALM) == first
    assert (treatment.logs.count(), conflicts(treatment)) == (2, 0)


def test_a_correction_that_is_sent_again_is_one_correction(phone, treatment):
    old = send_log(treatment, GLANDS).log
    path = f"/log/{treatment.pk}/correct/{old.pk}/"
    phone.open(path)
    opened = phone.page
    phone.open(path)
    first = phone.send(CALM)
    phone.page = opened  # the other tab
    assert phone.send(CALM) == first
    assert (treatment.logs.count(), conflicts(treatment)) == (2, 0)


@pytest.mark.parametrize("again", ["", "-1", "one", "0", "9" * 5000, "\u0663x"])
def test_an_address_that_makes_no_sense_is_the_first_log(phone, treatment, log, again):
    phone.open(log)
    first = phone.send(CALM)
    phone.open(log, {"again": again})
    assert phone.send(CALM) == first

"""A patient whose skin heals as expected says so in six taps."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from playwright.sync_api import expect

from .hand import Hand
from .questions import NONE, SEND, answer_four, send_calm_log

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_calm_log_takes_six_taps_on_one_page(open_for, treatment, scripts):
    phone = open_for(treatment.patient, scripts=scripts)
    phone.goto("/today/")
    hand = Hand(phone)
    send_calm_log(hand)
    expect(phone.get_by_role("heading", level=1)).to_have_text("What to do next")
    expect(phone.get_by_text("This is what we expect on day 4")).to_be_visible()
    assert hand.inputs == 6
    assert treatment.logs.get().none_of_these


def test_a_log_that_the_network_delivers_twice_is_one_log(maya, treatment):
    """As after a double tap: the first request arrived, and its answer was dropped."""

    def deliver_twice(route):
        if route.request.method == "POST":
            arrived.append(route.fetch(max_redirects=0).status)
        route.continue_()

    arrived = []
    maya.goto("/today/")
    maya.route("**/log/**", deliver_twice)
    hand = Hand(maya)
    answer_four(hand)
    hand.tick(NONE)
    maya.get_by_role("button", name=SEND).dblclick()
    expect(maya).to_have_url(re.compile("/advice/"))
    assert arrived[0] == HTTPStatus.SEE_OTHER
    assert treatment.logs.count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_going_back_and_sending_again_is_one_log(open_for, treatment, scripts):
    phone = open_for(treatment.patient, scripts=scripts)
    phone.goto(f"/log/{treatment.pk}/")
    send_calm_log(Hand(phone))
    expect(phone).to_have_url(re.compile("/advice/"))
    first = phone.url
    phone.go_back()
    expect(phone.get_by_text("You sent a log for today at 9am.")).to_be_visible()
    if not phone.get_by_role("radio", checked=True).count():
        answer_four(Hand(phone))  # a browser that forgot what was typed
        Hand(phone).tick(NONE)
    phone.get_by_role("button", name=SEND).tap()
    expect(phone).to_have_url(first)
    assert treatment.logs.count() == 1


def test_a_second_log_of_a_day_is_a_log_of_its_own(open_for, treatment):
    phone = open_for(treatment.patient, scripts=False)
    phone.goto("/today/")
    hand = Hand(phone)
    send_calm_log(hand)
    expect(phone).to_have_url(re.compile("/advice/"))
    phone.goto("/today/")
    hand.follow("Add another log")
    expect(phone).to_have_url(re.compile("again=1"))
    send_calm_log(hand)
    expect(phone).to_have_url(re.compile("/advice/"))
    assert treatment.logs.count() == 2
    assert not treatment.logs.filter(conflicts_with__isnull=False).exists()

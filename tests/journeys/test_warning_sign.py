"""A patient with a warning sign is told at once what to do, why, and who looks by when."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .hand import Hand
from .looks import in_sight, success_colours
from .questions import (
    EMERGENCY,
    GLANDS,
    NONE,
    PAIN,
    SEND,
    answer_four,
    send_calm_log,
    send_worrying_log,
)

pytestmark = pytest.mark.journey


def test_glands_and_a_fever_are_told_in_twenty_inputs(maya, treatment):
    maya.goto("/today/")
    hand = Hand(maya)
    send_worrying_log(hand)
    expect(maya.get_by_role("heading", level=1)).to_have_text("What to do next")
    assert hand.inputs <= 20
    log = treatment.logs.get()
    assert (log.node_sites_neck, log.feels_feverish) == (True, True)
    assert str(log.temperature_c) == "38.2"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_next_page_says_what_to_do_why_and_by_when(
    open_for, treatment, settings, dark
):
    settings.DEMO = True  # with its bar on top the page is at its fullest
    phone = open_for(treatment.patient, dark=dark)
    phone.goto("/today/")
    send_worrying_log(Hand(phone))
    what = phone.get_by_role("region", name="Call the clinic today")
    call = phone.locator("main").locator(".btn, button").first
    expect(call).to_have_attribute("href", "tel:02079460311")
    expect(call).to_have_text("Call 020 7946 0311")
    assert in_sight(call)
    expect(what).to_contain_text("Swollen glands in the neck")
    expect(what).to_contain_text("38.2 °C")
    expect(what).to_contain_text("Cannot reach us? Call 111 today.")
    seen = phone.get_by_role("region", name="Who has seen this")
    expect(seen).to_contain_text("A nurse will look by 11am")
    assert success_colours(phone) == []


def test_a_calm_page_is_green_so_the_absence_of_green_means_something(maya):
    maya.goto("/today/")
    send_calm_log(Hand(maya))
    expect(maya.get_by_role("heading", level=1)).to_have_text("What to do next")
    assert success_colours(maya) != []


def test_an_emergency_sign_gives_the_number_before_and_after_sending(maya):
    maya.goto("/today/")
    hand = Hand(maya)
    hand.tick(EMERGENCY)
    expect(maya.get_by_role("link", name="Call 999", exact=True)).to_be_visible()
    hand.choose("Which one?", "Struggling to breathe, wheezing or a choking feeling")
    hand.press(SEND)
    expect(maya.locator("[data-level=EMERGENCY]").first).to_be_visible()
    call = maya.locator("main").locator(".btn, button").first
    expect(call).to_have_attribute("href", "tel:999")
    assert in_sight(call)
    assert hand.inputs == 3
    assert success_colours(maya) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_ticked_sign_counts_with_everything_else_blank(open_for, treatment, scripts):
    phone = open_for(treatment.patient, scripts=scripts)
    phone.goto("/today/")
    hand = Hand(phone)
    hand.tick(GLANDS)
    hand.press(SEND)
    expect(phone).to_have_url(re.compile("/advice/"))
    expect(phone.locator("main")).to_contain_text("Swollen glands")
    assert {flag.rule for flag in treatment.flags.open()} == {"LN-ALONE"}
    assert success_colours(phone) == []


def test_with_scripts_off_a_sign_beats_none_of_these(open_for, treatment):
    phone = open_for(treatment.patient, scripts=False)
    phone.goto("/today/")
    hand = Hand(phone)
    answer_four(hand)
    hand.tick(GLANDS)
    hand.tick(NONE)
    hand.press(SEND)
    expect(phone).to_have_url(re.compile("/advice/"))
    assert treatment.logs.get().node_present
    assert {flag.rule for flag in treatment.flags.open()} == {"LN-ALONE"}


def test_with_scripts_on_none_of_these_and_a_sign_are_never_both_ticked(maya):
    maya.goto("/today/")
    hand = Hand(maya)
    hand.tick(NONE)
    hand.tick(GLANDS)
    ticked = maya.get_by_role("checkbox", checked=True)
    expect(ticked).to_have_count(1)
    expect(ticked).to_have_accessible_name(re.compile(f"^{GLANDS}"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_log_that_comes_back_keeps_everything_and_says_what_to_change(
    open_for, treatment, scripts
):
    phone = open_for(treatment.patient, scripts=scripts)
    phone.goto("/today/")
    hand = Hand(phone)
    hand.choose(PAIN, "3")
    hand.write("Tell us in your own words", "Dry on the chin")
    hand.press(SEND)
    summary = phone.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(phone).to_have_title(re.compile("^Error: "))
    expect(phone.get_by_role("radio", name="3", exact=True)).to_be_checked()
    expect(phone.get_by_label("Tell us in your own words")).to_have_value(
        "Dry on the chin"
    )
    problems = summary.get_by_role("link").all_inner_texts()
    inline = phone.locator(".q__error > span").all_text_contents()
    assert inline == [f"Error: {problem}" for problem in problems]
    assert len(problems) == 4
    summary.get_by_role("link").last.tap()
    first_tile = phone.get_by_role("checkbox").first
    if scripts:
        expect(first_tile).to_be_focused()
    expect(first_tile).to_be_in_viewport()
    assert not treatment.logs.exists()

"""A patient adds a day that was missed, corrects a log, or takes one back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.builders import GLANDS, MONDAY, send_log

from .hand import Hand
from .questions import CHANGE, PAIN, REDNESS, SEND, SWELLING, send_calm_log
from .questions import GLANDS as GLANDS_TILE


def test_when_the_server_fails_all_that_was_typed_can_be_sent_again(
    maya, treatment, monkeypatch
):
    with monkeypatch.context() as out_of_order:
        out_of_order.setattr("aftercare.views.log.submit_log", fail)
        maya.goto("/today/")
        hand = Hand(maya)
        hand.tick(GLANDS_TILE)
        hand.write("Tell us in your own words", "Two on the left")
        hand.press(SEND)
        expect(maya.get_by_text("All you typed is still here")).to_be_visible()
    hand.press("Try again")
    expect(maya).to_have_url(re.compile("/advice/"))
    log = treatment.logs.get()
    assert (log.node_present, log.free_text) == (True, "Two on the left")


def fail(*_, **__):
    raise RuntimeError


def test_yesterday_can_still_be_logged(maya, treatment):
    maya.goto("/today/")
    hand = Hand(maya)
    hand.open("Log for another day")
    hand.follow("Day 3, Sunday 31 May")
    expect(maya.get_by_role("heading", level=1)).to_contain_text("How was your skin on")
    hand.choose("Since the day before, my skin was", "The same")
    hand.choose("Worst pain that day", "1")
    hand.choose(REDNESS, "Mild")
    hand.choose(SWELLING, "None")
    hand.tick("None of these")
    hand.press("Send this log")
    expect(maya).to_have_url(re.compile("/advice/"))
    assert treatment.logs.get().day == 3


def test_a_corrected_log_is_kept_and_no_longer_counts(maya, treatment):
    old = send_log(treatment, GLANDS).log
    maya.goto("/recovery/logs/")
    Hand(maya).follow("Correct this")
    expect(maya.get_by_role("heading", level=1)).to_have_text("Correct your log")
    expect(maya.get_by_role("region", name="What you sent")).to_contain_text("Neck")
    expect(maya.locator("input:checked")).to_have_count(0)
    send_calm_log(Hand(maya), "Send correction")
    expect(maya).to_have_url(re.compile("/advice/"))
    new = treatment.logs.get(corrects=old)
    assert new.none_of_these
    # The flag stays until a person closes it, and the page says so.
    expect(maya.get_by_text("We will contact you by")).to_be_visible()
    assert treatment.flags.open().exists()
    maya.goto("/recovery/logs/")
    replaced = maya.get_by_role("article").filter(has_text="Does not count")
    expect(replaced).to_have_count(1)
    expect(replaced).to_contain_text("You sent a correction")


def test_a_correction_that_comes_back_keeps_the_new_answers(maya, treatment):
    old = send_log(treatment, GLANDS).log
    maya.goto(f"/log/{treatment.pk}/correct/{old.pk}/")
    hand = Hand(maya)
    hand.choose(PAIN, "1")
    hand.choose(CHANGE, "Better")
    hand.press("Send correction")
    expect(maya.get_by_role("alert")).to_be_focused()
    expect(maya.get_by_role("radio", checked=True)).to_have_count(2)
    expect(maya.get_by_role("region", name="What you sent")).to_be_visible()


def test_a_log_sent_by_mistake_is_taken_back(wall, maya, treatment):
    send_log(treatment, GLANDS, at=MONDAY)
    wall.forward(minutes=5)
    maya.goto("/recovery/logs/")
    hand = Hand(maya)
    hand.follow("I sent this by mistake")
    hand.press("Take this log back")
    expect(maya).to_have_title(re.compile("^Error: "))
    hand.write("What went wrong?", "That was my sister's phone")
    hand.press("Take this log back")
    expect(maya.get_by_text("This log no longer counts. We keep it.")).to_be_visible()
    expect(maya.get_by_text("Does not count", exact=True)).to_be_visible()
    assert not treatment.logs.get().counts
    assert treatment.flags.open().exists()

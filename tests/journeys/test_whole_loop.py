"""The main job: a log becomes a flag, a person looks, the answer reaches the patient."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from aftercare.models import Flag
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    fever,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)

from .hand import Hand
from .questions import send_worrying_log

pytestmark = pytest.mark.journey

MESSAGE = "Rest today. Call us if the fever goes up."
CLINICAL = re.compile(
    r"gland|fever|temperature|38\.2|swollen|breath|urgent", re.IGNORECASE
)


@pytest.fixture
def others(nurse):
    """Who else is in the queue: an emergency, another urgent flag, a routine one."""
    for name, answers in (
        ("Tomasz Lewandowski", GLANDS),
        ("Rosa Ibarra", EMERGENCY),
        ("Dani Whitcombe", fever()),
        ("Iris Tan", CALM),
    ):
        send_log(make_treatment(nurse, make_patient(nurse, name)), answers)


@pytest.fixture
def flagged(treatment):
    """Maya's, with glands and a fever that she has just sent."""
    send_log(treatment, GLANDS, fever())
    return treatment


def names_in(queue: Page) -> list[str]:
    """Who is in the queue, from the top."""
    rows = queue.locator("[data-row] > a").all_text_contents()
    return [row.partition(",")[0] for row in rows]


def log_contact(hand: Hand, said: str = "") -> None:
    """Two presses: open and save. The fields in between are choices."""
    hand.open("Log contact")
    contact = hand.page.locator("#contact")
    hand.choose("What happened", "Spoke", within=contact)
    if said:
        hand.write("What was said", said, within=contact)
    hand.press("Save contact")
    expect(hand.page.locator("#close")).to_have_attribute("open", "")


def fill_closing(hand: Hand, message: str = "") -> None:
    """What closing asks for, in the form that a contact has opened."""
    form = hand.page.locator("#close")
    hand.choose("How did it end?", "Advised", within=form)
    hand.write("Note for the record", "No redness over it. Fever since noon.", form)
    hand.choose("Was this flag useful?", "Yes", within=form)
    hand.tick("Patient knows what to look for")
    if message:
        hand.write("Message for the patient", message, within=form)


def test_a_worrying_log_is_looked_at_closed_and_answered(
    wall, maya, nurse, treatment, others, open_for
):
    maya.goto("/today/")
    send_worrying_log(Hand(maya))
    expect(maya.get_by_text("A nurse will look by 11am")).to_be_visible()
    advice = maya.url

    # The nurse finds it among the others, with its reasons.
    wall.forward(minutes=5)
    desk = open_for(nurse)
    desk.goto("/queue/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Queue")
    urgent = {"Dani Whitcombe", "Maya Okafor"}
    assert names_in(desk)[0] == "Rosa Ibarra"
    assert set(names_in(desk)[1:3]) == urgent
    assert names_in(desk)[3:] == ["Tomasz Lewandowski"]
    row = desk.locator("[data-row]").filter(has_text="Maya Okafor")
    expect(row).to_contain_text("Swollen glands in the neck")
    expect(row).to_contain_text("38.2 °C and feeling shivery or hot all over")
    expect(row).to_contain_text("1 h 55 min left")

    # She takes it, speaks to Maya, and closes it.
    hand = Hand(desk)
    hand.follow("Maya Okafor")
    why = desk.get_by_role("region", name="Why this was flagged")
    expect(why).to_contain_text("Swollen glands in the neck")
    told = desk.get_by_role("region", name="What the patient has been told")
    expect(told).to_contain_text("Call the clinic today")
    hand.press("Acknowledge")
    expect(desk.get_by_role("button", name="Undo acknowledge")).to_be_visible()
    maya.reload()
    expect(maya.get_by_text("Priya Nair looked at 9:05am")).to_be_visible()
    wall.forward(minutes=10)
    log_contact(hand, "Taking paracetamol")
    wall.forward(minutes=2)
    fill_closing(hand, MESSAGE)
    hand.press("Close")
    expect(desk.get_by_text("Closed by Priya Nair")).to_be_visible()
    assert "Maya Okafor" not in names_in(desk)

    # Maya's page says who looked, when, and what they want to tell her.
    maya.goto(advice)
    seen = maya.get_by_role("region", name="Who has seen this")
    expect(seen).to_contain_text("Priya Nair looked at 9:05am")
    expect(seen).to_contain_text("Priya Nair spoke to you at 9:15am")
    expect(seen).to_contain_text("Priya Nair finished with this at 9:17am")
    expect(maya.get_by_text(MESSAGE)).to_be_visible()
    expect(maya.get_by_text("From Priya Nair, at 9:17am")).to_be_visible()
    assert not treatment.flags.open().exists()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_queue_to_closed_in_four_clicks_on_one_page(
    nurse, flagged, open_for, scripts
):
    desk = open_for(nurse, scripts=scripts)
    desk.goto("/queue/")
    hand = Hand(desk)
    hand.follow("Maya Okafor")
    page = desk.url
    log_contact(hand)
    fill_closing(hand)
    hand.press("Close")
    expect(desk.get_by_text("Closed by Priya Nair")).to_be_visible()
    assert hand.presses == 4
    assert desk.url.partition("?")[0] == page.partition("?")[0]
    assert not flagged.flags.open().exists()


def test_acknowledging_is_one_click_and_can_be_taken_back_for_ten_seconds(
    wall, nurse, flagged, open_for
):
    desk = open_for(nurse)
    desk.goto(f"/queue/{flagged.pk}/")
    hand = Hand(desk)
    hand.press("Acknowledge")
    flag = desk.locator("#flag")
    expect(flag.get_by_text("Acknowledged", exact=True)).to_be_visible()
    assert hand.presses == 1
    wall.forward(seconds=9)
    hand.press("Undo acknowledge")
    expect(flag.get_by_text("New", exact=True)).to_be_visible()
    hand.press("Acknowledge")
    undo = desk.get_by_role("button", name="Undo acknowledge")
    expect(undo).to_be_visible()
    wall.forward(seconds=11)
    desk.reload()
    expect(flag.get_by_text("Acknowledged", exact=True)).to_be_visible()
    expect(undo).to_have_count(0)


def test_of_two_who_close_at_once_the_second_is_told_who_was_first(
    wall, clinic, nurse, flagged, open_for
):
    first = open_for(nurse)
    second = open_for(make_staff(clinic, "Sam Kerr"))
    hands = [Hand(first), Hand(second)]
    first.goto(f"/queue/{flagged.pk}/")
    log_contact(hands[0])
    wall.forward(minutes=1)
    second.goto(f"/queue/{flagged.pk}/?open=close")
    for hand in hands:
        fill_closing(hand, MESSAGE)
    hands[0].press("Close")
    expect(first.get_by_text("Closed by Priya Nair")).to_be_visible()
    wall.forward(minutes=1)
    hands[1].press("Close")
    summary = second.get_by_role("alert")
    expect(summary).to_contain_text("Priya Nair already closed this at 9:01am.")
    expect(second.get_by_label("Message for the patient")).to_have_value(MESSAGE)
    assert flagged.reviews.count() == 1


def test_the_front_desk_logs_a_call_and_reads_no_reason(
    clinic, nurse, flagged, others, open_for
):
    desk = open_for(make_staff(clinic, "Ruth Abara", "is_front_desk"))
    desk.goto("/queue/")
    row = desk.locator("[data-row]").filter(has_text="Maya Okafor")
    expect(row).to_contain_text("A check needs review")
    reasons = desk.locator(".flag__why").all_inner_texts()
    assert set(reasons) == {"A check needs review"}
    row.get_by_role("link").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Maya Okafor")
    assert not CLINICAL.search(desk.locator("main").inner_text())
    hand = Hand(desk)
    hand.choose("What happened", "Left a message")
    hand.press("Save contact")
    expect(desk).to_have_url(re.compile("/queue/"))
    flag = Flag.objects.open().filter(treatment=flagged).first()
    assert [step.result for step in flag.follow_ups.all()] == ["left_message"]

"""A visitor of the demo is a patient with a worrying log, then the nurse who finds it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from aftercare.demo.seed import seed_demo

from .hand import Hand
from .questions import send_worrying_log


@pytest.fixture
def demo(wall, transactional_db, settings):
    settings.DEMO = True
    seed_demo(wall.now)


def test_from_the_first_page_to_patient_to_nurse(demo, browser_page):
    page = browser_page
    page.goto("/")
    hand = Hand(page)
    hand.press("Maya Okafor")
    expect(page.get_by_role("heading", level=1)).to_have_text("How is your skin today?")
    send_worrying_log(hand)
    expect(page.get_by_role("heading", level=1)).to_have_text("What to do next")
    hand.follow("Be someone else")
    hand.press("Priya Nair")
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    urgent = page.locator("[data-row][data-level=URGENT]")
    expect(urgent.filter(has_text="Maya Okafor")).to_contain_text("38.2 °C")
    first = page.locator("[data-row]").first
    expect(first).to_have_attribute("data-level", "EMERGENCY")
    hand.follow("Be someone else")
    hand.press("Dr Lena Hart")
    expect(page.get_by_role("link", name="Rosa Ibarra")).to_be_visible()

"""The script that covers a screen at which nobody sits, and uncovers what was typed."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from aftercare.models import StaffMember, Treatment
from tests import signing_in
from tests.browser import NewPage

from .conftest import PATIENCE_MS, Wall

PASSWORD = "four words that belong"
QUARTER_MS = 15 * 60 * 1000 + 20_000


@pytest.fixture
def desk(new_page: NewPage, live_server, nurse: StaffMember, wall: Wall) -> Page:
    """A desk at which the nurse has just signed in. Its clock can be moved."""
    nurse.login.set_password(PASSWORD)
    nurse.login.save()
    client = signing_in.sign_in(Client(), nurse, at=wall.now)
    page = new_page(desk=True)
    page.set_default_timeout(PATIENCE_MS)
    key = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": key, "url": live_server.url}]
    )
    page.clock.install()
    return page


def nobody_comes(page: Page, wall: Wall) -> None:
    """A quarter of an hour passes, for the page and for the server."""
    wall.forward(minutes=15)
    page.clock.fast_forward(QUARTER_MS)


def test_a_page_on_which_nothing_was_typed_leads_to_the_lock(
    desk: Page, wall: Wall
) -> None:
    desk.goto("/patients/")
    nobody_comes(desk, wall)
    expect(desk.get_by_role("heading", name="Unlock")).to_be_visible()
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Unlock").click()
    expect(desk).to_have_url("/patients/")


def test_what_was_typed_is_covered_and_is_there_again(
    desk: Page, wall: Wall, treatment: Treatment
) -> None:
    path = f"/treatments/{treatment.pk}/"
    desk.goto(path)
    field = desk.locator("textarea, input[type=text]").first
    field.fill("17")
    nobody_comes(desk, wall)
    cover = desk.get_by_role("dialog", name="Locked")
    expect(cover).to_be_visible()
    expect(desk.locator("main")).to_have_js_property("inert", True)

    with desk.context.expect_page() as opened:
        cover.get_by_role("link", name="Unlock").click()
    beside = opened.value
    beside.get_by_label("Password").fill(PASSWORD)
    beside.get_by_role("button", name="Unlock").click()
    expect(beside).to_have_url(path)
    beside.close()

    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(cover).to_be_hidden()
    expect(field).to_have_value("17")
    expect(desk.locator("main")).to_have_js_property("inert", False)


def test_a_page_in_use_elsewhere_stays_open(
    desk: Page, wall: Wall, nurse: StaffMember
) -> None:
    """The server is asked: in another window of the same browser somebody works."""
    desk.goto("/patients/")
    wall.forward(minutes=14)
    beside = desk.context.new_page()
    beside.goto("/closed/")
    wall.forward(minutes=1)
    desk.clock.fast_forward(QUARTER_MS)
    desk.clock.run_for(1000)
    expect(desk.get_by_role("heading", name="Patients")).to_be_visible()
    expect(desk.locator("[data-cover]")).to_be_hidden()

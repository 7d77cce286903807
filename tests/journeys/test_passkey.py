"""A passkey, from its set-up to the unlocking of a screen, in a browser under our policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from aftercare.models import Login, StaffMember
from tests.browser import NewPage

from .conftest import PATIENCE_MS, Wall

PASSWORD = "four words that belong"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def desk(new_page: NewPage, nurse: StaffMember) -> Page:
    """A desk whose computer knows passkeys, in front of the sign-in."""
    nurse.login.set_password(PASSWORD)
    nurse.login.save()
    page = new_page(desk=True)
    page.set_default_timeout(PATIENCE_MS)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto("/sign-in/")
    return page


def test_a_passkey_is_set_up_and_then_is_all_it_takes(
    desk: Page, nurse: StaffMember, wall: Wall
) -> None:
    desk.get_by_label("E-mail address").fill(nurse.login.email)
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in", exact=True).click()
    expect(desk).to_have_title("Set up your second step – Aftercare")

    desk.get_by_role("link", name="Set up a passkey").click()
    desk.get_by_role("button", name="Set up on this device").click()
    expect(desk.get_by_role("heading", name="Recovery codes")).to_be_visible()
    desk.get_by_role("link", name="I have kept them").click()
    expect(desk).to_have_url("/queue/")

    desk.get_by_role("button", name="Sign out").click()
    desk.goto("/patients/")
    desk.get_by_role("button", name="Use a passkey").click()
    expect(desk).to_have_url("/patients/")

    wall.forward(minutes=16)
    desk.goto("/patients/")
    expect(desk.get_by_role("heading", name="Unlock")).to_be_visible()
    desk.get_by_role("button", name="Use a passkey").click()
    expect(desk).to_have_url("/patients/")

    desk.get_by_role("link", name=nurse.name).click()
    desk.get_by_role("link", name="Passkeys and app").click()
    desk.get_by_role("link", name="Your passkeys").click()
    expect(desk.get_by_role("row")).to_have_count(2)


def test_a_device_without_a_passkey_of_ours_says_so(
    desk: Page, nurse: StaffMember
) -> None:
    desk.get_by_role("button", name="Use a passkey").click()
    problem = desk.get_by_text("No passkey was used")
    expect(problem).to_be_visible()
    assert Login.objects.get(pk=nurse.login.pk).last_login is None

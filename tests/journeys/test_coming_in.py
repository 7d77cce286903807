"""A patient comes in: from the clinic's screen to the first log, and back on another day."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from aftercare.models import DailyLog, OutgoingMessage, Patient, StaffMember
from tests.browser import NewPage

from .conftest import OpenFor
from .hand import Hand
from .questions import NONE, PAIN, REDNESS, SEND, SWELLING

MOST_TAPS = 5
DAY_0 = "Since I left the clinic, my skin is"
BORN = (("Day", "3"), ("Month", "10"), ("Year", "1998"))


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    """E-mail is set up; nothing is sent in a test."""
    settings.MESSAGE_FOLDER, settings.EMAIL_HOST = "", "mail.example"


def register(desk: Page) -> str:
    """A new patient at the desk; the path of the link on the screen."""
    desk.goto("/treatments/new/")
    hand = Hand(desk)
    hand.write("First name", "Ellie")
    hand.write("Last name", "Novak")
    for part, digits in BORN:
        born = desk.get_by_role("group", name="Date of birth")
        hand.write(part, digits, within=born)
    hand.write("Mobile", "07700 900731")
    hand.write("E-mail", "ellie@mail.example")
    hand.choose("Treatment", "Microneedling")
    hand.choose("Treated skin", "Full face")
    hand.choose("Was a sterile, single-use cartridge used?", "Yes")
    hand.choose("Does any of these apply to the patient?", "None of these")
    hand.tick("Patient is 18 or over")
    hand.press("Save and invite")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Let Ellie in")
    assert (
        desk.get_by_role("img", name="The link as a code").bounding_box()["width"] > 300
    )
    hand.open("Type it instead")
    return urlsplit(desk.locator("[data-link]").inner_text()).path


def prove(hand: Hand, within: Page) -> None:
    for part, digits in BORN:
        hand.write(part, digits, within=within.get_by_role("group"))
    hand.press("Continue")


@pytest.mark.journey
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_clinics_screen_to_the_first_log(
    nurse: StaffMember, open_for: OpenFor, new_page: NewPage, scripts: bool
) -> None:
    desk = open_for(nurse, scripts=scripts)
    link = register(desk)
    assert link in OutgoingMessage.objects.get().body

    phone = new_page(scripts=scripts)
    phone.goto(link)
    hand = Hand(phone)
    hand.press("Start")
    prove(hand, phone)
    expect(phone.get_by_role("button", name=SEND)).to_be_visible()
    assert hand.taps <= MOST_TAPS
    expect(phone.get_by_role("status")).to_contain_text("You are in, Ellie.")

    hand.choose(DAY_0, "The same")
    for question in (REDNESS, SWELLING):
        hand.choose(question, "None")
    hand.choose(PAIN, "0")
    hand.tick(NONE)
    hand.press(SEND)
    expect(phone).to_have_url(re.compile("/advice/"))
    assert DailyLog.objects.get().treatment.patient == Patient.objects.get()

    desk.reload()
    expect(desk.get_by_text("The patient is in")).to_be_visible()
    expect(desk.get_by_role("img", name="The link as a code")).to_have_count(0)
    phone.goto(link)  # the link serves as a bookmark
    expect(phone).to_have_url(re.compile("/today/$"))


def test_the_clinics_screen_shows_by_itself_that_the_patient_is_in(
    nurse: StaffMember, open_for: OpenFor, new_page: NewPage
) -> None:
    desk = open_for(nurse)
    desk.clock.install()
    link = register(desk)
    phone = new_page()
    phone.goto(link)
    hand = Hand(phone)
    hand.press("Start")
    prove(hand, phone)
    expect(phone.get_by_role("button", name=SEND)).to_be_visible()
    desk.clock.run_for(20_000)
    expect(desk.get_by_text("The patient is in")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_back_on_another_device_with_a_code(
    nurse: StaffMember, open_for: OpenFor, new_page: NewPage, scripts: bool
) -> None:
    register(open_for(nurse))
    phone = new_page(scripts=scripts)
    phone.goto("/sign-in/")
    hand = Hand(phone)
    hand.follow("sign in with a code")
    hand.write("Your e-mail address", "Ellie@mail.example")
    hand.press("Send me a code")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Check your e-mail")
    newest = OutgoingMessage.objects.get(kind="sign_in_code")
    code = re.findall(r"\b\d{6}\b", newest.body)[0]
    hand.write("The code", f"{code[:3]} {code[3:]}")
    hand.press("Continue")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Is this you?")
    prove(hand, phone)
    expect(phone.get_by_role("button", name=SEND)).to_be_visible()


def test_a_wrong_birth_date_is_told_at_its_boxes(
    nurse: StaffMember, open_for: OpenFor, new_page: NewPage
) -> None:
    phone = new_page()
    phone.goto(register(open_for(nurse)))
    hand = Hand(phone)
    hand.press("Start")
    hand.write("Day", "3")
    hand.write("Month", "October")
    hand.press("Continue")
    summary = phone.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Enter the year with four numbers").click()
    expect(phone.get_by_label("Year")).to_be_focused()
    hand.write("Year", "1989")
    hand.press("Continue")
    expect(phone.get_by_role("alert")).to_contain_text("You have 4 tries left.")
    expect(phone.get_by_label("Month")).to_have_value("October")

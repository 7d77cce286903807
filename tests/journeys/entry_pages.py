"""The pages on which patients come in, and those on which staff let them in."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from playwright.sync_api import Page, expect

from tests.aftercare.links import link_for, page_of, press_start

from .hand import Hand
from .pages import State, Step, press
from .town import NOW, Town

WRONG = {"Day": "1", "Month": "1", "Year": "1990"}


def coming_in_states(town: Town) -> Iterator[State]:
    """By a link: every step, every dead end."""
    nurse = town.staff["open"]
    patient, other = town.patients["not logged"], town.patients["first day"]
    old, used = link_for(other, nurse, NOW), link_for(other, nurse, NOW)
    link = page_of(link_for(patient, nurse, NOW))
    yield State("link", None, link)
    yield State("link: replaced", None, page_of(old))
    press_start(Client(), used)
    yield State("link: used", None, page_of(used))
    yield State("link: unknown", None, page_of("x" * 43))
    yield State("birth date", None, link, start)
    yield State("error: birth date", None, "/i/birth-date/", press("Continue"))
    yield State("error: wrong date", None, "/i/birth-date/", try_dates(1))
    yield State("link: locked", None, "/i/birth-date/", try_dates(4))
    yield from way_back_states()
    again = page_of(link_for(patient, nurse, NOW))
    yield State("link: somebody else", other, again)
    yield State("way back: somebody", other, "/sign-in/patient/")
    yield State("settings", other, "/settings/")
    yield State("language", other, "/settings/language/")


def way_back_states() -> Iterator[State]:
    """By a code."""
    yield State("way back", None, "/sign-in/patient/")
    yield State("error: address", None, "/sign-in/patient/", press("Send me a code"))
    yield State("code", None, "/sign-in/patient/", ask_for_code)
    yield State("error: code", None, "/sign-in/patient/code/", press("Continue"))
    yield State("way back: over", None, "/sign-in/patient/over/")


def let_in_states(town: Town) -> Iterator[State]:
    """On the desk."""
    nurse, desk = town.staff["open"], town.staff["desk"]
    address = f"/patients/{town.patients['over'].pk}/let-in/"
    yield State("let in: no link", nurse, address)
    yield State("let in: new link", nurse, address, make_link)
    yield State("let in: shown again", nurse, address)
    yield State("let in: front desk", desk, address)


def start(page: Page) -> None:
    Hand(page).press("Start")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this you?")


def try_dates(times: int) -> Step:
    """A date that is none of the patient's, so many times."""

    def step(page: Page) -> None:
        for _ in range(times):
            for label, digits in WRONG.items():
                page.get_by_label(label).fill(digits)
            with page.expect_navigation():
                Hand(page).press("Continue")

    return step


def ask_for_code(page: Page) -> None:
    page.get_by_label("Your e-mail address").fill("somebody@mail.example")
    Hand(page).press("Send me a code")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your e-mail")


def make_link(page: Page) -> None:
    Hand(page).press("Make a link")
    expect(page.get_by_role("img", name="The link as a code")).to_be_visible()

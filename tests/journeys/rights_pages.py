"""The pages of a patient's rights, and those on which staff answer them."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from aftercare.services.ask_erasure import ask_for_erasure, keep_record
from aftercare.services.leave_course import leave_course
from tests.builders import make_staff

from .hand import Hand
from .pages import State, press
from .town import NOW, Town


def my_data_states(town: Town) -> Iterator[State]:
    """My data: before, after asking, after the answer, and after leaving."""
    for name in ("not logged", "open, URGENT", "nobody"):
        who = town.patients[name]
        yield State(f"my data: {name}", who, "/my-data/")
        yield State(f"who looked: {name}", who, "/my-data/who-looked/")
        yield State(f"deleting: {name}", who, "/my-data/delete/")
        yield State(f"leaving: {name}", who, "/my-data/leave/")
    for name in ("corrected", "closed"):
        yield State(f"record: {name}", town.patients[name], "/my-data/record/")
    left = town.patients["between"]
    leave_course(by=left, at=NOW)
    ask_for_erasure(by=left, at=NOW)
    for name, path in (
        ("my data", "/my-data/"),
        ("today", "/today/"),
        ("deleting", "/my-data/delete/"),
        ("leaving", "/my-data/leave/"),
    ):
        yield State(f"{name}: left and asked", left, path)
    words = "The law makes us keep it for eight years."
    owner = make_staff(town.clinics["open"], "Olu Bankole", "is_owner")
    keep_record(patient_id=left.pk, by=owner, words=words, at=NOW)
    yield State("my data: answered", left, "/my-data/")


def answering_states(town: Town) -> Iterator[State]:
    """Copies, and the answer to a request."""
    owner = make_staff(town.clinics["open"], "Una Reed", "is_owner")
    asks = town.patients["first day"]
    leave_course(by=asks, at=NOW)
    ask_for_erasure(by=asks, at=NOW)
    one = f"/patients/{asks.pk}"
    yield State("patients: asked", owner, "/patients/")
    yield State("patient: asked and left", owner, f"{one}/")
    yield State("erase", owner, f"{one}/erase/")
    erase, keep = press("Erase for good"), press("Keep it, and tell the patient")
    yield State("error: erase", owner, f"{one}/erase/", erase)
    yield State("error: keep", owner, f"{one}/erase/", keep)
    yield State("copy", owner, f"{one}/copy/")
    yield State("error: copy", owner, f"{one}/copy/", press("Take a copy"))
    yield State("copy: as a page", owner, f"{one}/copy/", take_page)
    yield State("all records", owner, "/records/")
    everything = press("Take a copy of all records")
    yield State("error: all records", owner, "/records/", everything)


def take_page(page: Page) -> None:
    hand = Hand(page)
    hand.choose("As what?", "A page to read or print")
    hand.write("Why", "The patient moves away.")
    hand.press("Take a copy")
    page.get_by_role("heading", name="About you").wait_for()

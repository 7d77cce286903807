"""Staff register a treatment, and take a log by telephone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from aftercare.models import Treatment
from tests.builders import make_staff

from .hand import Hand
from .questions import GLANDS, REDNESS, UNWELL


def test_a_new_treatment_is_entered_in_one_short_form(nurse, open_for):
    desk = open_for(nurse)
    desk.goto("/queue/")
    hand = Hand(desk)
    hand.follow("New treatment")
    expect(desk.get_by_role("heading", level=1)).to_have_text("New treatment")
    hand.write("First name", "Ellie")
    hand.write("Last name", "Novak")
    for part, digits in (("Day", "3"), ("Month", "10"), ("Year", "1998")):
        born = desk.get_by_role("group", name="Date of birth")
        hand.write(part, digits, within=born)
    hand.write("Mobile", "07700 900731")
    hand.choose("Treatment", "Microneedling")
    hand.choose("Treated skin", "Full face")
    hand.choose("Was a sterile, single-use cartridge used?", "Yes")
    hand.choose("Does any of these apply to the patient?", "None of these")
    hand.tick("Patient is 18 or over")
    hand.press("Save and invite")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Let Ellie in")
    treatment = Treatment.objects.get()
    assert (str(treatment.patient), treatment.practitioner) == (
        "Ellie Novak",
        "Priya Nair",
    )


def test_a_treatment_that_comes_back_keeps_what_was_typed(nurse, open_for):
    desk = open_for(nurse)
    desk.goto("/treatments/new/")
    hand = Hand(desk)
    hand.write("First name", "Ellie")
    hand.press("Save and invite")
    summary = desk.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(desk).to_have_title(re.compile("^Error: "))
    expect(desk.get_by_label("First name")).to_have_value("Ellie")
    summary.get_by_role("link", name="Enter the last name.").click()
    expect(desk.get_by_label("Last name")).to_be_focused()
    assert not Treatment.objects.exists()


def test_a_log_by_telephone_says_what_to_read_out(clinic, treatment, open_for):
    desk = open_for(make_staff(clinic, "Sam Kerr"))
    desk.goto("/patients/")
    hand = Hand(desk)
    hand.follow("Maya Okafor")
    hand.follow("Log by telephone")
    hand.choose(REDNESS, "Mild")
    hand.tick(GLANDS)
    hand.tick(UNWELL)
    hand.write("Your temperature", "38.2")
    hand.press("Save log")
    expect(desk.get_by_text("Read the advice out to the patient.")).to_be_visible()
    told = desk.get_by_role("region", name="What the patient has been told")
    expect(told).to_contain_text("Call the clinic today")
    log = treatment.logs.get()
    assert str(log.entered_by) == "Sam Kerr"
    assert log.pain is None
    # The patient reads the same, and that it was taken by telephone.
    phone = open_for(treatment.patient)
    phone.goto(f"/advice/{log.pk}/")
    expect(phone.get_by_text("taken by telephone")).to_be_visible()
    expect(phone.get_by_role("region", name="Call the clinic today")).to_be_visible()

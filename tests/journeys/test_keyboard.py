"""Without a pointer: the log by Tab and Space, the queue by its keys, and what is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.builders import (
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_patient,
    make_treatment,
    send_log,
)

from .questions import GLANDS as GLANDS_TILE
from .questions import PAIN, SEND

MOST_STOPS = 60

FOCUS = """() => {
  const focused = document.activeElement;
  const shown = focused.closest("label") ?? focused;
  const rings = [focused, shown, focused.closest(".sos, .flag")].filter(Boolean);
  const ringed = rings.map((one) => getComputedStyle(one)).some((style) =>
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const box = shown.getBoundingClientRect();
  const middle = document.elementFromPoint(
    (box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return {
    name: focused.name ?? "", value: focused.value ?? "", type: focused.type ?? "",
    words: (shown.innerText ?? "").trim(), ringed,
    inSight: box.top >= 0 && box.bottom <= innerHeight,
    covered: !shown.contains(middle) && !middle?.contains(shown),
  };
}"""


@pytest.fixture
def flagged(treatment, nurse):
    """Maya's, with glands and a fever, and an emergency above it in the queue."""
    send_log(make_treatment(nurse, make_patient(nurse, "Rosa Ibarra")), EMERGENCY)
    send_log(treatment, GLANDS, fever())
    return treatment


def press(page: Page, *keys: str) -> int:
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def test_a_calm_log_is_sent_by_keys_with_the_focus_always_in_sight(open_for, treatment):
    page = open_for(treatment.patient, is_mobile=False, has_touch=False)
    page.goto("/today/")
    stops, presses, answered = [], 0, set()
    while not stops or stops[-1]["words"] != SEND:
        presses += press(page, "Tab")
        stops.append(page.evaluate(FOCUS))
        here = stops[-1]
        first = here["type"] == "radio" and here["name"] not in answered
        if (first and here["name"] != "itch") or here["value"] == "none":
            answered.add(here["name"])
            presses += press(page, "Space")
        assert len(stops) < MOST_STOPS
    presses += press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What to do next")
    assert [stop["words"] for stop in stops if not stop["ringed"]] == []
    assert [stop["words"] for stop in stops if not stop["inSight"]] == []
    assert [stop["words"] for stop in stops if stop["covered"]] == []
    assert presses <= 32
    assert treatment.logs.get().none_of_these


def test_the_skip_link_leads_past_the_head_of_the_page(open_for, nurse, flagged):
    page = open_for(nurse)
    page.goto("/queue/")
    press(page, "Tab", "Enter", "Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_from_the_queue_to_closed_in_six_keys(open_for, nurse, flagged):
    """Keys that act; what is chosen and typed in between is not counted."""
    page = open_for(nurse)
    page.goto("/queue/")
    keys = press(page, "j", "j", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Maya Okafor")
    page.wait_for_load_state()
    keys += press(page, "c")
    contact = page.locator("#contact")
    expect(contact.get_by_role("radio").first).to_be_focused()
    spoke = contact.get_by_role("radio", name="Spoke", exact=True)
    spoke.focus()
    page.keyboard.press("Space")
    keys += press(page, "Enter")
    form = page.locator("#close")
    form.get_by_role("radio", name="Advised", exact=True).focus()
    page.keyboard.press("Space")
    form.get_by_label("Note for the record").focus()
    page.keyboard.type("She knows what to look for, x and a.")
    form.get_by_label("Patient knows what to look for").focus()
    page.keyboard.press("Space")
    form.get_by_role("radio", name="Yes", exact=True).focus()
    page.keyboard.press("Space")
    keys += press(page, "Enter")
    expect(page.get_by_text("Closed by Priya Nair")).to_be_visible()
    assert keys <= 6
    assert flagged.reviews.get().note.endswith("x and a.")


def test_every_key_of_the_flag_has_a_button_that_says_so(open_for, nurse, flagged):
    page = open_for(nurse)
    page.goto(f"/queue/{flagged.pk}/")
    for key in "ACMX":
        button = page.locator(f"[data-key={key.lower()}]")
        expect(button).to_be_visible()
        expect(button.locator("kbd")).to_have_text(key)


def test_shortcuts_turned_off_stay_off(open_for, nurse, flagged):
    page = open_for(nurse)
    page.goto("/queue/")
    press(page, "?")
    page.get_by_label("Turn shortcuts off").check()
    page.get_by_role("button", name="Done").click()
    page.goto(f"/queue/{flagged.pk}/")
    press(page, "a", "c", "x", "j")
    assert page.locator("details.act[open]").count() == 0
    assert not flagged.follow_ups.exists()
    assert page.evaluate("document.activeElement === document.body")


def test_a_refresh_leaves_the_open_row_and_what_is_being_typed(
    wall, open_for, nurse, flagged
):
    page = open_for(nurse)
    page.clock.install(time=MONDAY)
    page.goto(f"/queue/{flagged.pk}/?open=close")
    note = page.get_by_label("Note for the record")
    note.fill("Half a sen")
    dani = make_treatment(nurse, make_patient(nurse, "Dani Whitcombe"))
    send_log(dani, EMERGENCY, at=wall.forward(minutes=3))
    with page.expect_response(lambda answer: "/queue/?" in answer.url):
        page.clock.run_for(21_000)
    rows = page.locator("[data-row]")
    expect(rows.filter(has_text="Dani Whitcombe")).to_be_visible()
    expect(note).to_be_focused()
    expect(note).to_have_value("Half a sen")
    expect(page.locator("[data-row].is-open")).to_contain_text("Maya Okafor")
    expect(page.locator("[data-row] [aria-current=true]")).to_have_count(1)


# --- What the device asks for ---------------------------------------------------------

MOVING = """(loops) => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const lasts = (times) => times.split(", ").some((time) => parseFloat(time) > 0);
  const moves = style.animationName !== "none" || lasts(style.transitionDuration);
  return loops ? style.animationIterationCount.includes("infinite") : moves;
}).map((element) => element.className)"""


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_loops_and_nothing_moves_where_that_is_asked(
    open_for, nurse, flagged, motion
):
    loops = motion != "reduce"
    phone = open_for(flagged.patient, reduced_motion=motion)
    desk = open_for(nurse, reduced_motion=motion)
    advice = flagged.logs.get().pk
    for page, path in (
        (phone, f"/log/{flagged.pk}/"),
        (phone, f"/advice/{advice}/"),
        (phone, "/recovery/"),
        (desk, f"/queue/{flagged.pk}/"),
    ):
        page.goto(path)
        assert page.evaluate(MOVING, loops) == [], path


def test_in_forced_colours_a_choice_the_focus_and_a_level_stay_clear(
    open_for, treatment
):
    page = open_for(
        treatment.patient, forced_colors="active", is_mobile=False, has_touch=False
    )
    page.goto("/today/")
    pain = page.get_by_role("group", name=PAIN)
    chosen, other = (pain.locator("label").nth(n) for n in (3, 4))
    chosen.get_by_role("radio").check()
    ring = "tile => getComputedStyle(tile).outlineStyle"
    page.get_by_role("checkbox").first.focus()
    assert [tile.evaluate(ring) for tile in (chosen, other)] == ["solid", "none"]
    press(page, "Tab")
    tile = page.locator("label.sign").filter(has_text=GLANDS_TILE)
    assert tile.evaluate(ring) == "solid"
    send_log(treatment, GLANDS, fever())
    page.goto("/today/")
    head = page.locator(".care__head").first
    colour = "head => getComputedStyle(head).backgroundColor"
    assert head.evaluate(colour) == "rgb(156, 66, 8)"

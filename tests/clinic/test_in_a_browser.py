"""The desk in a real browser: clicks, keys, focus, both themes, every width."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse

from aftercare.models import Flag, Review
from tests.builders import EMERGENCY, GLANDS, MONDAY, fever
from tests.clinic.conftest import at, close, named, spoke
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_the_desk(new_page, live_server, wall):
    """A page in which a staff member is signed in."""

    def open_page(staff, **how):
        client = sign_in(Client(), staff)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page = new_page(**({"desk": True, "reduced_motion": "reduce"} | how))
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": cookie,
                    "url": live_server.url,
                }
            ]
        )
        return page

    return open_page


@pytest.fixture
def full(nurse, wall):
    """A queue with a row of each level, one of them Maya's."""
    named(nurse, "Rosa Ibarra", EMERGENCY)
    named(nurse, "Tomasz Lewandowski", GLANDS)
    return named(nurse, "Maya Okafor", GLANDS, fever())


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_queue_to_closed_in_four_clicks(scripts, nurse, full, at_the_desk, wall):
    page = at_the_desk(nurse, scripts=scripts)
    page.goto(reverse("queue"))
    page.get_by_role("link", name="Maya Okafor").click()  # 1
    page.locator("#contact summary").click()  # 2
    contact = page.locator("#contact")
    contact.get_by_label("Spoke", exact=True).check()
    contact.get_by_label("What was said").fill("She has taken paracetamol.")
    contact.get_by_role("button", name="Save contact").click()  # 3
    form = page.locator("#close")
    form.get_by_label("Advised", exact=True).check()
    form.get_by_label("Note for the record").fill("Rest, and call if it rises.")
    form.get_by_label("Yes", exact=True).check()
    form.get_by_label("Patient knows what to look for").check()
    form.get_by_role("button", name="Close").click()  # 4
    page.get_by_text("Closed by Priya Nair").wait_for()
    assert not Flag.objects.open().filter(treatment=full).exists()
    assert Review.objects.get().note == "Rest, and call if it rises."


def test_from_queue_to_contact_by_keys_alone(nurse, full, at_the_desk):
    page = at_the_desk(nurse)
    page.goto(reverse("queue"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at('flag_detail', full)}")
    page.keyboard.press("a")
    page.get_by_role("button", name="Undo acknowledge").wait_for()
    page.keyboard.press("c")
    assert page.locator("#contact").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.name") == "channel"
    # In a field the same keys are text.
    page.get_by_label("What was said").fill("")
    page.get_by_label("What was said").press("x")
    assert page.locator("#close").get_attribute("open") is None
    assert page.get_by_label("What was said").input_value() == "x"


def test_only_one_form_is_open_at_a_time(nurse, full, at_the_desk):
    page = at_the_desk(nurse)
    page.goto(at("flag_detail", full))
    page.locator("#contact summary").click()
    page.locator("#assign summary").click()
    assert page.locator("details.act[open]").count() == 1


def test_an_error_has_the_focus_and_keeps_what_was_typed(nurse, full, at_the_desk):
    page = at_the_desk(nurse)
    page.goto(at("flag_detail", full))
    page.locator("#contact summary").click()
    page.get_by_label("What was said").fill("Her sister answered.")
    page.get_by_role("button", name="Save contact").click()
    page.get_by_text("There is a problem").wait_for()
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    page.get_by_role("link", name="Choose what happened.").click()
    assert page.evaluate("document.activeElement.name") == "result"
    assert page.get_by_label("What was said").input_value() == "Her sister answered."


def test_a_refresh_moves_neither_focus_nor_row(nurse, full, at_the_desk, wall):
    page = at_the_desk(nurse)
    page.clock.install()
    page.goto(reverse("queue"))
    row = page.get_by_role("link", name="Tomasz Lewandowski")
    row.focus()
    named(nurse, "Dani Whitcombe", fever(), at=wall.forward(minutes=3))
    with page.expect_response(lambda answer: "/queue/" in answer.url):
        page.clock.run_for(21_000)
    page.get_by_role("button", name="1 new flag").wait_for()
    assert page.evaluate("document.activeElement.textContent").startswith("Tomasz")
    assert page.get_by_role("link", name="Dani Whitcombe").count() == 0
    page.get_by_role("button", name="1 new flag").click()
    assert page.get_by_role("link", name="Dani Whitcombe").is_visible()


def test_the_list_stands_beside_the_flag_on_a_wide_screen_only(
    nurse, full, at_the_desk
):
    wide, phone = at_the_desk(nurse), at_the_desk(nurse, desk=False)
    for page in (wide, phone):
        page.goto(at("flag_detail", full))
    assert wide.get_by_role("link", name="Rosa Ibarra").is_visible()
    assert phone.get_by_role("link", name="Rosa Ibarra").is_hidden()
    assert phone.get_by_role("link", name="Back to queue").is_visible()


PAGES = {
    "queue": lambda full: reverse("queue"),
    "flag": lambda full: at("flag_detail", full),
    "closing": lambda full: at("flag_detail", full) + "?open=close",
    "closed": lambda full: reverse("closed_flags"),
    "patients": lambda full: reverse("patients"),
    "patient": lambda full: reverse("patient_detail", args=[full.patient_id]),
    "new": lambda full: reverse("new_treatment"),
    "edit": lambda full: at("treatment_edit", full),
    "telephone": lambda full: at("staff_log", full),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier_and_fits_every_width(
    name, nurse, full, at_the_desk, wall
):
    spoke(full, nurse, wall.now)
    close(named(nurse, "Aisha Rahman", {"signs_worry": True}), nurse, MONDAY, **MISTAKE)
    wall.forward(minutes=1)
    for how in ({"dark": True}, {"desk": False}):
        # The checker styles the page while it measures, which our policy forbids.
        page = at_the_desk(nurse, bypass_csp=True, **how)
        page.goto(PAGES[name](full))
        found = Axe().run(page, options={"runOnly": RULES, "preload": False})
        assert found.violations_count == 0, found.generate_report()
        for width in (320, 720):
            page.set_viewport_size({"width": width, "height": 900})
            assert not page.evaluate(SCROLLS_SIDEWAYS), width


MISTAKE = {"outcome": "sent_by_mistake", "safety_net": False}
SCROLLS_SIDEWAYS = (
    "document.documentElement.scrollWidth > document.documentElement.clientWidth"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

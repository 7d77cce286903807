"""The small scripts and the tiles that open, in a real browser, without a server."""

from __future__ import annotations

import datetime as dt
import mimetypes

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template

from aftercare.forms.layout import Questions, SignTiles
from aftercare.forms.widgets import ChoiceTiles, PainSelect, SignList

from .programs import ROOT

pytestmark = pytest.mark.urls(__name__)
urlpatterns = []

HOUSE = "http://house.test"
MORNING = dt.datetime(2025, 6, 4, 10, 30, tzinfo=dt.UTC)
SIGNS = [("glands", "Glands"), ("unwell", "Fever"), ("none", "None of these")]
YES_NO = [("yes", "Yes"), ("no", "No")]


class Log(forms.Form):
    pain = forms.ChoiceField(label="Pain", widget=PainSelect)
    signs = forms.MultipleChoiceField(choices=SIGNS, widget=SignList, required=False)
    growing = forms.ChoiceField(choices=YES_NO, widget=ChoiceTiles, required=False)
    temperature = forms.CharField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pain"].choices = [(n, n) for n in range(11)]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Questions("pain"),
            SignTiles("signs", {"glands": ["growing"], "unwell": ["temperature"]}),
        )


@pytest.fixture
def open_page(browser):
    """Opens HTML in a browser of its own; what it shows next is in `page.html`."""
    contexts = []

    def opened(html, *scripts, with_scripts=True):
        context = browser.new_context(
            java_script_enabled=with_scripts,
            viewport={"width": 1200, "height": 900},
            timezone_id="Europe/London",
        )
        contexts.append(context)
        page = context.new_page()
        links = "".join(
            f'<script type="module" src="/static/js/{name}.js"></script>'
            for name in scripts
        )
        page.html = html

        def answer(route):
            path = route.request.url.removeprefix(HOUSE)
            if path.startswith("/static/"):
                kind = mimetypes.guess_type(path)[0] or "text/plain"
                body = (ROOT / path.lstrip("/")).read_text("utf-8")
                return route.fulfill(body=body, content_type=kind)
            if page.html is None:
                return route.abort()
            sheet = '<link rel="stylesheet" href="/static/css/app.css">'
            body = f"<!doctype html><title>t</title>{sheet}{links}{page.html}"
            return route.fulfill(body=body, content_type="text/html; charset=utf-8")

        page.route("**/*", answer)
        page.clock.install(time=MORNING)
        page.goto(HOUSE + "/")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def log_page(open_page):
    def opened(data=None, *scripts, **options):
        return open_page(render_crispy_form(Log(data)), *scripts, **options)

    return opened


# --- Tiles ----------------------------------------------------------------------------


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_ticked_sign_opens_its_own_questions_and_no_others(log_page, with_scripts):
    page = log_page(with_scripts=with_scripts)
    more = page.locator(".sign__more")
    assert [block.is_visible() for block in more.all()] == [False, False]
    page.get_by_label("Glands").check()
    assert [block.is_visible() for block in more.all()] == [True, False]
    page.get_by_label("Glands").uncheck()
    assert [block.is_visible() for block in more.all()] == [False, False]


def test_an_answer_is_never_hidden_with_its_tile(log_page):
    page = log_page()
    page.get_by_label("Fever").check()
    page.get_by_label("Temperature").fill("38.2")
    page.get_by_label("Fever").uncheck()
    page.get_by_label("Glands").check()
    page.get_by_label("Yes").check()
    page.get_by_label("Glands").uncheck()
    page.locator("body").click(position={"x": 2, "y": 2})
    assert page.get_by_label("Temperature").is_visible()
    assert page.get_by_label("Yes").is_visible()


def test_a_tile_is_reached_and_ticked_by_keys_and_then_its_questions(log_page):
    page = log_page()
    page.get_by_label("Glands").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "growing"


def test_none_of_these_and_a_sign_are_never_both_ticked(log_page):
    page = log_page(None, "none_of_these")
    none, glands = page.get_by_label("None of these"), page.get_by_label("Glands")
    glands.check()
    none.check()
    assert not glands.is_checked()
    glands.check()
    assert not none.is_checked()


# --- Errors ---------------------------------------------------------------------------


def test_a_form_that_comes_back_starts_at_what_is_wrong(log_page):
    page = log_page({"signs": "glands"}, "error_focus")
    assert page.evaluate("'errors' in document.activeElement.dataset")
    page.get_by_role("link", name="This field is required.").click()
    assert page.evaluate("document.activeElement.id") == "id_pain_0"


def test_without_scripts_the_summary_has_the_focus_too(log_page):
    page = log_page({"signs": "glands"}, with_scripts=False)
    assert page.locator("[data-errors]:focus").count() == 1


# --- What can be done only for a while ------------------------------------------------

UNDO = """
<div><form data-gone-in="8"><button>Undo</button></form>
<details><summary>Log contact</summary></details></div>
"""


def test_what_can_be_done_only_for_a_while_goes_in_time(open_page):
    page = open_page(UNDO, "gone_in_time")
    undo = page.get_by_role("button", name="Undo")
    page.clock.fast_forward(7_000)
    assert undo.is_visible()
    undo.focus()
    page.clock.fast_forward(2_000)
    assert undo.count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Log contact"


# --- Shortcuts ------------------------------------------------------------------------

DESK = """
<ol><li data-row="1"><a href="#1">Rosa</a></li><li data-row="2"><a href="#2">Maya</a></li></ol>
<button data-key="a" onclick="this.textContent += '!'">Acknowledge</button>
<details><summary data-key="x">Close</summary><textarea id="note"></textarea></details>
<input id="field">
{% include "components/shortcuts.html" %}
"""


@pytest.fixture
def desk(open_page):
    return open_page(Template(DESK).render(Context()), "queue_keys")


def test_keys_move_between_rows_and_press_buttons(desk):
    focused = "document.activeElement.textContent"
    desk.keyboard.press("j")
    assert desk.evaluate(focused) == "Rosa"
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    assert desk.evaluate(focused) == "Maya"
    desk.keyboard.press("k")
    assert desk.evaluate(focused) == "Rosa"
    desk.keyboard.press("a")
    assert desk.get_by_role("button", name="Acknowledge!").count() == 1


def test_closing_by_key_only_opens_the_form(desk):
    desk.keyboard.press("x")
    assert desk.evaluate("document.activeElement.id") == "note"
    desk.keyboard.type("axjk")
    assert desk.locator("#note").input_value() == "axjk"


def test_keys_do_nothing_in_fields_or_with_a_modifier(desk):
    desk.locator("#field").focus()
    desk.keyboard.type("aj")
    assert desk.locator("#field").input_value() == "aj"
    desk.locator("body").click(position={"x": 900, "y": 5})
    desk.keyboard.press("Control+j")
    assert desk.get_by_role("button", name="Acknowledge!").count() == 0
    assert desk.evaluate("document.activeElement === document.body")


def test_shortcuts_can_be_turned_off_and_stay_off(desk):
    desk.keyboard.press("?")
    desk.get_by_label("Turn shortcuts off").check()
    desk.get_by_role("button", name="Done").click()
    desk.reload()
    desk.keyboard.press("a")
    desk.keyboard.press("j")
    assert desk.get_by_role("button", name="Acknowledge!").count() == 0
    assert desk.evaluate("document.activeElement === document.body")


# --- A list that stays current ----------------------------------------------------------


def queue(*rows, title="t"):
    news = Template("{% include 'components/queue_news.html' %}").render(Context())
    items = "".join(
        f'<li data-row="{name}"><a href="#{name}">{name}</a> <b data-live>{due}</b></li>'
        for name, due in rows
    )
    return f'{news}<section id="queue" data-refresh><ol>{items}</ol></section>'


def names(page):
    return page.locator("[data-row] a").all_inner_texts()


def refreshed(page, html):
    """What the page looks like after its next look at the server."""
    page.html = html
    if html is None:
        page.clock.run_for(20_500)
        page.locator("[data-stale]").wait_for()
        return
    with page.expect_response(HOUSE + "/"):
        page.clock.run_for(20_500)


def test_time_left_changes_where_it_stands_and_the_focus_stays(open_page):
    page = open_page(queue(("Rosa", "9 min"), ("Maya", "2 h")), "refresh")
    page.locator("[data-row=Rosa] a").focus()
    refreshed(page, queue(("Rosa", "8 min"), ("Maya", "2 h")))
    page.get_by_text("8 min").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Rosa"


def test_a_new_flag_waits_behind_a_bar_while_somebody_is_in_the_list(open_page):
    page = open_page(queue(("Maya", "2 h")), "refresh")
    page.locator("[data-row=Maya] a").focus()
    refreshed(page, queue(("Rosa", "9 min"), ("Maya", "2 h")))
    bar = page.get_by_role("button", name="1 new flag. Show")
    bar.wait_for()
    assert names(page) == ["Maya"]
    assert page.evaluate("document.activeElement.textContent") == "Maya"
    bar.click()
    assert names(page) == ["Rosa", "Maya"]
    assert not bar.is_visible()


def test_a_list_that_nobody_touches_shows_a_new_flag_at_once(open_page):
    page = open_page(queue(("Maya", "2 h")), "refresh")
    refreshed(page, queue(("Rosa", "9 min"), ("Maya", "2 h")))
    page.get_by_text("Rosa").wait_for()
    assert names(page) == ["Rosa", "Maya"]


def test_what_has_stopped_meanwhile_is_said_on_a_page_that_stays_open(open_page):
    head = '<div data-beside="news">{}</div><div data-beside="status">Open</div>'
    page = open_page(head.format("") + queue(("Maya", "2 h")), "refresh")
    page.locator("[data-row=Maya] a").focus()
    said = '<p role="alert">Alerts have stopped.</p>'
    refreshed(page, head.format(said) + queue(("Maya", "2 h")))
    page.get_by_role("alert").get_by_text("Alerts have stopped.").wait_for()
    refreshed(page, queue(("Maya", "1 h")))  # another page, which does not say
    page.get_by_text("1 h").wait_for()
    assert page.get_by_role("alert").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Maya"


def test_a_lost_connection_is_said_with_the_time_and_so_is_its_return(open_page):
    page = open_page(queue(("Maya", "2 h")), "refresh")
    refreshed(page, None)
    stale = page.locator("[data-stale]")
    assert stale.inner_text() == (
        "No connection since 11:30. Do not rely on this list."
    )
    refreshed(page, queue(("Maya", "1 h")))
    page.get_by_text("1 h").wait_for()
    assert not stale.is_visible()


def test_being_signed_out_is_no_connection_either(open_page):
    page = open_page(queue(("Maya", "2 h")), "refresh")
    refreshed(page, "<h1>Sign in</h1>")
    page.locator("[data-stale]").wait_for()
    assert names(page) == ["Maya"]

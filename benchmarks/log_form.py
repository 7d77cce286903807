"""The page of the daily log, empty, against the same page written by hand.

By hand is its HTML as a template of its own, with the key and the token put in. What is
kept of the form must be what would be drawn anew, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.template import engines
from django.test import RequestFactory

from aftercare.forms.log_form import LogForm
from aftercare.forms.log_layout import Occasion, blank_questions, questions_of
from benchmarks.measuring import Comparison, compare

USUAL = Occasion(day=4, is_past=False, emergency_number="999")


def measure() -> Iterator[Comparison]:
    drawn = questions_of(LogForm(today=date.min), USUAL)
    if blank_questions(USUAL) != drawn:
        raise RuntimeError("What was kept is not what would be drawn.")
    request = RequestFactory().get("/")
    form = "{% csrf_token %}<input type='hidden' name='key' value='{{ key }}'>"
    django = engines["django"]
    by_hand = django.from_string(
        f"<form>{form}{{% verbatim %}}{drawn}{{% endverbatim %}}</form>"
    )
    ours = django.from_string(f"<form>{form}{{{{ questions }}}}</form>")

    def draw() -> str:
        facts = {"key": "018f0000", "questions": blank_questions(USUAL)}
        return ours.render(facts, request)

    yield compare(
        "W10 the form of a log, empty",
        draw,
        "written by hand",
        lambda: by_hand.render({"key": "018f0000"}, request),
        2.5,
    )
    yield compare(
        "W10 the form, with an answer in it",
        lambda: questions_of(LogForm({"pain": "3"}, today=date.min), USUAL),
        "written by hand",
        lambda: by_hand.render({"key": "018f0000"}, request),
    )

"""All log forms share their fields: nothing of one patient is left in them for another."""

from __future__ import annotations

from typing import Any

from django.forms import Field, Widget

from aftercare.forms.log_fields import every_field
from aftercare.forms.log_layout import questions_of
from tests.aftercare.log_values import CALM
from tests.aftercare.test_log_form import USUAL, form


def all_of_it(part: Any) -> Any:
    """A field or widget with everything in it, as values that can be compared."""
    if isinstance(part, list | tuple):
        return [all_of_it(one) for one in part]
    if isinstance(part, dict):
        return {name: all_of_it(one) for name, one in part.items()}
    if isinstance(part, Field | Widget):
        return {name: all_of_it(one) for name, one in vars(part).items()}
    return repr(part)


def test_nobody_leaves_a_trace_in_the_fields_that_all_forms_share():
    before = all_of_it(every_field())
    for sent in (CALM, {"signs": ["glands", "made-up"], "temperature": "hot"}, {}):
        one = form(**sent)
        one.show_sent({"pain": "4 of 10"})
        one.ask_for_blanks()
        one.refuse("No.")
        questions_of(one, USUAL)
    assert all_of_it(every_field()) == before

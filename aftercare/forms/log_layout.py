"""How the questions of a log stand on the page, made from the list of questions.

Drawing a hundred controls is dear, and an empty form is the same for everybody on the
same occasion: it is drawn once and kept.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from crispy_forms.utils import render_crispy_form
from django.forms import BaseForm
from django.utils.safestring import SafeString

from aftercare.showing import questions as q
from aftercare.showing.question_kinds import Question, Temperature
from aftercare.showing.questions import BLOCKS, EXTRAS
from aftercare.warning_signs.vocabulary import Sign

from .layout import Disclosure, Part, Questions, SignTiles
from .log_form import LogForm

LAST_NUMBING_DAY = 1
FIRST_DAY = "Since I left the clinic, my skin is"
PAST = {
    q.CHANGE.name: "Since the day before, my skin was",
    q.PAIN.name: "Worst pain that day",
    "signs": "Did you have any of these that day?",
    q.LAPSES.name: "Did any of these happen that day?",
}
EMERGENCY_CALL = HTML('{% include "patient/log_emergency.html" %}')
WRITE_TO_US = HTML('{% include "patient/log_own_words.html" %}')


class Occasion(NamedTuple):
    """What decides which questions are asked, and with which number to call."""

    day: int
    is_past: bool
    emergency_number: str

    @property
    def first_day(self) -> bool:
        return self.day == 0

    @property
    def numbing(self) -> bool:
        """Numbing cream is asked about while it may still act."""
        return 0 <= self.day <= LAST_NUMBING_DAY

    def words(self) -> dict[str, str]:
        """Questions that are asked in other words than on most days, by field."""
        past = PAST if self.is_past else {}
        return past | ({q.CHANGE.name: FIRST_DAY} if self.first_day else {})

    @property
    def looks(self) -> Occasion:
        """The same occasion without what the page does not show."""
        day = 0 if self.first_day else 1 if self.numbing else LAST_NUMBING_DAY + 1
        return self._replace(day=day)


def helper(occasion: Occasion) -> FormHelper:
    """The layout of the questions; the form's own tag and hidden fields are the page's."""
    shown = FormHelper()
    shown.form_tag = False
    shown.disable_csrf = True
    shown.render_hidden_fields = False
    shown.layout = Layout(
        Questions(*names(*q.REQUIRED, q.SWELLING_SITES)),
        SignTiles("signs", {sign: block(sign, occasion) for sign in BLOCKS}),
        q.NOTE.name,
        Disclosure("Add itch, peeling, bruises or aftercare", *names(*EXTRAS)),
    )
    return shown


def block(sign: Sign, occasion: Occasion) -> list[Part]:
    """What a tile opens."""
    skipped: set[Question] = set()
    if not occasion.is_past:
        skipped.add(q.STILL_PRESENT)
    if not occasion.numbing:
        skipped.add(q.NUMBING)
    parts = names(*(question for question in BLOCKS[sign] if question not in skipped))
    if sign is Sign.EMERGENCY:
        return [EMERGENCY_CALL, *parts]
    if sign is Sign.WORRY:
        return [*parts, "best_number", "best_time", WRITE_TO_US]
    return parts


def names(*questions: Question) -> list[Part]:
    """The form fields of some questions."""
    fields: list[Part] = []
    for question in questions:
        fields.append(question.name)
        if isinstance(question, Temperature):
            fields.append("temperature_unit")
    return fields


def questions_of(form: BaseForm, occasion: Occasion) -> SafeString:
    """The questions as HTML, with what was typed and what is wrong."""
    for name, words in occasion.words().items():
        form[name].label = words
    context = {"emergency_number": occasion.emergency_number, "form": form}
    form.helper = helper(occasion)
    return render_crispy_form(form, helper=form.helper, context=context)


def blank_questions(occasion: Occasion) -> SafeString:
    """The questions without any answer; drawn once for each kind of occasion."""
    return _blank(occasion.looks)


@lru_cache(maxsize=64)
def _blank(occasion: Occasion) -> SafeString:
    return questions_of(LogForm(today=date.min), occasion)

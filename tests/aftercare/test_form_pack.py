"""Forms as they are drawn: labels, hints, errors, and nothing chosen beforehand."""

import re
from datetime import date

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms

from aftercare.forms.layout import Disclosure, Questions, SignTiles
from aftercare.forms.widgets import (
    GLAND_CHOICES,
    BodyMap,
    CheckList,
    ChoiceTiles,
    DateBoxes,
    PainSelect,
    ScaleSelect,
    SignList,
)
from aftercare.warning_signs.vocabulary import Blisters, NodeSite, Severity, Sign

# A form is drawn without any address; crispy asks for one all the same.
pytestmark = pytest.mark.urls(__name__)
urlpatterns = []


class Log(forms.Form):
    """A small log with one of each control."""

    pain = forms.TypedChoiceField(
        label="Worst pain today",
        help_text="0 is no pain.",
        coerce=int,
        choices=[(n, n) for n in range(11)],
        widget=PainSelect,
    )
    redness = forms.ChoiceField(choices=Severity.choices(), widget=ScaleSelect)
    blisters = forms.ChoiceField(
        choices=Blisters.choices(), widget=ChoiceTiles, required=False
    )
    signs = forms.MultipleChoiceField(
        label="Do you have any of these today?",
        choices=[*Sign.choices(), ("none", "None of these")],
        widget=SignList(hints={"glands": "Lumps in your neck"}),
        required=False,
    )
    sites = forms.MultipleChoiceField(
        choices=GLAND_CHOICES, widget=BodyMap, required=False
    )
    temperature = forms.DecimalField(
        label="Your temperature", help_text="Leave blank if you cannot.", required=False
    )
    note = forms.CharField(widget=forms.Textarea, required=False)

    @property
    def helper(self):
        helper = FormHelper()
        helper.layout = Layout(
            Questions("pain", "redness"),
            SignTiles(
                "signs",
                {
                    "glands": ("sites",),
                    "unwell": ("temperature",),
                    "rash": ("blisters",),
                },
            ),
            Disclosure("Add a note", "note"),
        )
        helper.add_input(Submit("send", "Send today’s log"))
        return helper


class Who(forms.Form):
    born = forms.DateField(label="Date of birth", widget=DateBoxes(birthday=True))


def drawn(form):
    return render_crispy_form(form)


def tags(html, name):
    return re.findall(rf"<{name}\b[^>]*>", html)


def one(html, pattern):
    found = [tag for tag in tags(html, "input") if re.search(pattern, tag)]
    assert len(found) == 1
    return found[0]


def test_nothing_is_chosen_before_the_patient_chooses():
    html = drawn(Log())
    assert "checked" not in html
    assert not re.search(r'type="(text|number)"[^>]*value=', html)


def test_every_field_is_in_the_page_and_in_the_layout():
    form = Log()
    html = drawn(form)
    for name in form.fields:
        assert re.search(rf'name="{name}"', html), name
    pointers = form.helper.layout.get_field_names()
    assert {pointer.name for pointer in pointers} == set(form.fields)


def test_a_question_is_a_fieldset_with_its_legend_and_its_hint_first():
    html = drawn(Log())
    assert 'id="id_pain" aria-describedby="id_pain_helptext"' in html
    legend, hint = html.index("Worst pain today"), html.index("0 is no pain.")
    assert legend < hint < html.index('name="pain"')


def test_what_was_answered_comes_back_with_the_page():
    html = drawn(Log({"pain": "4", "signs": ["glands"], "sites": ["neck-left"]}))
    assert len([tag for tag in tags(html, "input") if "checked" in tag]) == 3
    assert "checked" in one(html, 'name="pain" value="4"')
    assert "checked" in one(html, 'value="neck-left"')


def test_a_tile_is_followed_by_its_own_questions():
    html = drawn(Log())
    glands, sites = html.index('value="glands"'), html.index('name="sites"')
    unwell, temperature = html.index('value="unwell"'), html.index('name="temperature"')
    assert glands < sites < unwell < temperature < html.index('value="rash"')
    assert html.count('class="sign__more"') == 3


def test_none_of_these_stands_apart_and_last():
    html = drawn(Log())
    none = html.index("data-exclusive")
    assert html.index('<p class="or">or</p>') < none
    assert html.index('value="worry"') < none


def test_an_error_is_said_in_the_summary_and_at_the_question():
    html = drawn(Log({"redness": "mild"}))
    summary = html[: html.index("</ul>")]
    assert 'role="alert" tabindex="-1"' in summary
    assert '<a href="#id_pain_0">This field is required.</a>' in summary
    assert html.count("This field is required.") == 2
    assert 'aria-describedby="id_pain_helptext id_pain_error"' in html
    assert 'aria-invalid="true"' in one(html, 'id="id_pain_0"')
    assert 'aria-invalid="true"' not in one(html, 'id="id_redness_0"')


def test_every_link_of_the_summary_leads_to_an_input():
    html = drawn(Log({"temperature": "warm"})) + drawn(Who({"born_0": "31"}))
    links = re.findall(r'<a href="#([\w-]+)">', html)
    assert links == ["id_pain_0", "id_redness_0", "id_temperature", "id_born_0"]
    for anchor in links:
        assert one(html, f'id="{anchor}"')


def test_a_text_field_has_its_hint_before_it_and_is_described_by_it():
    html = drawn(Log({"temperature": "warm"}))
    box = one(html, 'name="temperature"')
    assert 'aria-describedby="id_temperature_helptext id_temperature_error"' in box
    assert 'value="warm"' in box
    assert 'placeholder=" "' in box
    assert html.index("Leave blank if you cannot.") < html.index(box)


def test_a_disclosure_opens_when_something_in_it_was_answered():
    assert '<details class="more">' in drawn(Log())
    assert '<details class="more" open>' in drawn(Log({"note": "itchy"}))


def test_long_words_stand_under_each_other():
    html = drawn(Log())
    assert html.count("scale--list") == 1
    assert html.count("scale--n") == 1


def test_the_list_of_places_says_where_in_the_spec_and_which_zone():
    sites = {value.split("-")[0] for value, _ in GLAND_CHOICES}
    assert sites == {site.value for site in NodeSite}
    html = drawn(Log())
    assert 'data-zone="3"' in one(html, 'value="under_jaw-left"')
    assert html.count("data-zone") == html.count("data-part") == 7


def test_a_short_list_of_ticks_keeps_its_none():
    class Kinds(forms.Form):
        is_any = forms.MultipleChoiceField(
            choices=[("hard", "Hard"), ("none", "None of these")],
            widget=CheckList(short=True, exclusive="none"),
        )

    html = drawn(Kinds())
    assert "signs--short" in html
    assert html.count("data-exclusive") == 1


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (("14", "5", "1991"), date(1991, 5, 14)),
        ((" 1 ", "12", "2000"), date(2000, 12, 1)),
        (("31", "2", "1991"), None),
        (("14", "", "1991"), None),
        (("", "", ""), None),
        (("1-1", "5", "1991"), date(1991, 5, 11)),
        (("x", "y", "z"), None),
    ],
)
def test_a_date_in_three_boxes(typed, known):
    form = Who(dict(zip(("born_0", "born_1", "born_2"), typed, strict=True)))
    assert form.is_valid() == (known is not None)
    assert form.cleaned_data.get("born") == known


def test_a_wrong_date_comes_back_as_it_was_typed():
    html = drawn(Who({"born_0": "31", "born_1": "2", "born_2": "1991"}))
    assert 'value="31"' in one(html, 'name="born_0"')
    assert 'value="2"' in one(html, 'name="born_1"')
    assert 'value="1991"' in one(html, 'name="born_2"')


def test_a_known_date_fills_the_boxes_and_an_unknown_one_does_not():
    html = drawn(Who(initial={"born": date(1991, 5, 14)}))
    assert 'value="14"' in one(html, 'name="born_0"')
    assert "value" not in one(drawn(Who()), 'name="born_0"')

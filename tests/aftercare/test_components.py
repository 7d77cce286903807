"""Components: what reaches the page, by word as well as by colour."""

import re

import pytest
from django.template import Context, Template

from aftercare.level_words import LEVEL_WORDS
from aftercare.plots import Series
from aftercare.templatetags.drawings import symbols
from aftercare.warning_signs.vocabulary import Level


def shown(source, **facts):
    return Template("{% load components desk %}" + source).render(Context(facts))


def text(html):
    """What is left of a page without its tags."""

    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_level_has_a_word_a_colour_and_a_shape():
    assert set(LEVEL_WORDS) == set(Level)
    flags = [LEVEL_WORDS[level] for level in Level if level >= Level.PROMPT]
    for kind in ("patient", "staff", "css", "shape"):
        assert len({getattr(words, kind) for words in flags}) == len(flags)
    assert {words.shape for words in LEVEL_WORDS.values()} <= set(symbols())


@pytest.mark.parametrize("level", Level)
def test_a_tag_says_its_level_in_words(level):
    html = shown("{% urgency_tag level %}", level=level)
    assert text(html) == LEVEL_WORDS[level].staff
    assert 'aria-hidden="true"' in html
    assert text(shown("{% urgency_tag level 'patient' %}", level=int(level))) == (
        LEVEL_WORDS[level].patient
    )


def test_a_care_card_says_level_and_title_and_escapes_what_it_is_given():
    html = shown(
        "{% care_card 3 title %}<p>{{ reason }}</p>{% endcare_card %}",
        title="Call <today>",
        reason="<script>",
    )
    assert text(html) == "Urgent Call &lt;today&gt; &lt;script&gt;"
    assert 'data-level="URGENT"' in html
    assert "<p>&lt;script&gt;</p>" in html


def test_a_plain_care_card_names_no_level():
    html = shown("{% care_card 0 'Priya looked' plain=True %}{% endcare_card %}")
    assert text(html) == "Priya looked"
    assert "care--ok" not in html
    assert "data-level" not in html


def test_a_telephone_number_dials():
    html = shown("{% tel_link '020 7946 0311' %}")
    assert html == '<a href="tel:02079460311">020 7946 0311</a>'
    assert 'href="tel:+442079460311"' in shown("{% call_button '+44 20 7946 0311' 3 %}")


def test_the_emergency_strip_takes_the_number_of_the_clinic():
    clinic = type("Clinic", (), {"emergency_number": "112"})()
    assert 'href="tel:112"' in shown("{% sos %}", clinic=clinic)
    assert "Call 999 now" in text(shown("{% sos %}"))


def test_each_day_of_the_strip_says_its_state():
    words = text(shown("{% day_strip today=3 logged=logged last=4 %}", logged={0, 1}))
    assert words == (
        "Day 0 , logged Day 1 , logged Day 2 , not logged "
        "Day 3 , today, not logged yet Day 4 , to come"
    )
    assert "today, logged" in text(shown("{% day_strip 1 logged %}", logged={1}))


def test_the_tracker_marks_where_we_are():
    steps = [
        {"words": "We have your log", "detail": "8:14am", "state": "done"},
        {"words": "A nurse will look by 10:14am", "state": "now"},
        {"words": "We speak to you", "state": "to_come"},
    ]
    html = shown("{% tracker steps %}", steps=steps)
    assert html.count("is-done") == 1
    assert html.count('aria-current="step"') == 1
    assert text(html).startswith("Done: We have your log 8:14am A nurse will look")


def test_a_plot_is_a_picture_with_a_sentence_and_a_table():
    series = Series("Pain, 0 to 10", {0: 4, 3: 6}, high=10, band=(5, 4, 3, 2), today=3)
    html = shown("{% plot series %}{% plot_table all %}", series=series, all=[series])
    assert 'role="img"' in html
    assert "4 on day 0, then 6 on day 3. No answer on days 1 and 2." in html
    assert '<td class="is-over">6</td>' in html
    assert "More than we expect" in text(html)


def test_a_number_in_a_drawing_is_written_as_drawings_need_it():
    series = Series("Redness", {0: 1}, band=(1.5,))
    assert 'x="9.6"' in shown("{% plot series %}", series=series)


def test_a_row_of_the_queue_names_its_level_in_its_link():
    row = {
        "key": "7",
        "url": "/flag/7",
        "level": 3,
        "name": "Maya Okafor",
        "why": "Swollen glands",
        "due": "1 h 42 left",
        "due_state": "soon",
        "state": "New",
        "is_new": True,
        "day": 4,
        "levels": [0, 1, 3],
        "owner": "",
    }
    row = type("Row", (), row)()
    html = shown("{% flag_row row open=True %}", row=row)
    assert html.count("<a ") == 1
    assert "Maya Okafor , Urgent" in text(html)
    assert "No owner" in text(html)
    assert 'data-level="URGENT"' in html
    assert 'aria-current="true"' in html


def test_an_owner_has_initials_of_first_and_last_name():
    assert text(shown("{% owner 'Priya Anne Nair' %}")) == "PN Priya Anne Nair"
    assert text(shown("{% owner 'Sam' %}")) == "S Sam"


@pytest.mark.parametrize("name", sorted(symbols()))
def test_every_drawing_is_hidden_from_readers_and_keeps_to_the_stylesheet(name):
    html = shown("{% icon name %}", name=name)
    assert 'aria-hidden="true"' in html
    assert "style" not in html
    assert "#" not in html

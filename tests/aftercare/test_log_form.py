"""The daily log as a form: every question, three values, and no sign ever lost."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from aftercare.forms.log_columns import denied
from aftercare.forms.log_form import LogForm
from aftercare.forms.log_layout import Occasion, blank_questions, questions_of
from aftercare.models import DailyLog
from aftercare.models.answers import columns
from aftercare.showing.question_kinds import OneOf, Ticks
from aftercare.showing.questions import BLOCKS, every_question
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.reading import is_positive
from aftercare.warning_signs.signs import TILES
from aftercare.warning_signs.vocabulary import Sign
from tests.aftercare.log_values import CALM, SIDED, every_value, needed_by

TODAY = date(2026, 6, 1)
USUAL = Occasion(day=4, is_past=False, emergency_number="999")
EVERYTHING = Occasion(day=1, is_past=True, emergency_number="999")


def form(**sent: Any) -> LogForm:
    """A form as posted; a list is a name sent several times."""
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return LogForm(data, today=TODAY)


def said(**sent: Any) -> dict[str, Any]:
    return dict(form(**sent).entry().answers)


def without(**parts: str) -> dict[str, str]:
    return {name: value for name, value in CALM.items() if name not in parts}


# --- Nothing is answered for the patient ------------------------------------------------


@pytest.mark.parametrize("occasion", [USUAL, EVERYTHING], ids=["usual", "everything"])
def test_no_control_has_a_value_on_load(occasion):
    html = blank_questions(occasion)
    assert " checked" not in html
    assert " selected" not in html
    assert 'value=""' not in html


def test_the_kept_form_is_the_form_drawn_anew():
    assert blank_questions(USUAL) == questions_of(LogForm(today=TODAY), USUAL)


def test_an_error_page_ticks_only_what_was_ticked():
    filled = form(pain="3", swelling="mild")
    filled.ask_for_blanks()
    assert questions_of(filled, USUAL).count(" checked") == 2


def test_a_correction_ticks_nothing_and_shows_what_was_sent():
    empty = LogForm(today=TODAY, sent={"pain": "4 of 10", "signs": "fever"})
    html = questions_of(empty, USUAL)
    assert " checked" not in html
    assert "You sent: 4 of 10." in html
    assert "You sent: fever." in html


# --- Every question has a control --------------------------------------------------------


def test_every_column_of_the_record_belongs_to_a_question():
    asked = {name for question in every_question() for name in question.columns}
    # The tile asks about swollen glands; its details are questions of their own.
    assert {column.name for column in columns()} == asked | {"node_present"}


def test_the_page_shows_every_field_of_the_form():
    html = blank_questions(EVERYTHING)
    hidden = {"key", "for_date"}
    for name in set(LogForm(today=TODAY).fields) - hidden:
        assert f'name="{name}"' in html, name


def test_numbing_is_asked_on_the_first_two_days_only():
    def numbing(day):
        return 'name="numbing"' in blank_questions(Occasion(day, False, "999"))

    assert [numbing(day) for day in (-1, 0, 1, 2, 30)] == [
        False,
        True,
        True,
        False,
        False,
    ]


def test_still_happening_is_asked_for_an_earlier_day_only():
    assert "still_present_now" not in blank_questions(USUAL)
    assert "still_present_now" in blank_questions(USUAL._replace(is_past=True))


def test_on_the_first_day_the_change_is_since_leaving_the_clinic():
    assert "Since I left the clinic" in blank_questions(USUAL._replace(day=0))
    assert "Since yesterday" in blank_questions(USUAL)


def test_the_emergency_tile_calls_the_number_of_the_clinic():
    html = blank_questions(USUAL._replace(emergency_number="112"))
    assert "Call 112" in html
    assert "999" not in html


@pytest.mark.parametrize(("field", "sent", "column", "kept"), every_value())
def test_every_value_can_be_said(field, sent, column, kept):
    assert said(**needed_by(column) | {field: sent})[column] == kept


def test_all_values_together_name_every_column():
    assert {column for _, _, column, _ in every_value()} == {
        column.name for column in columns()
    } - {"node_present"}


# --- Yes, no, not asked --------------------------------------------------------------------


def test_blank_questions_write_nothing():
    answers = said()
    assert set(answers) == {"none_of_these", "unusable"}


def test_none_of_these_denies_what_is_printed_on_the_tiles_and_nothing_else():
    answers = said(**CALM)
    printed = {
        name.replace("lymph_nodes.present", "node_present").replace(".", "_")
        for tile in TILES
        for name in tile.denied
    }
    noes = {
        name for name, value in answers.items() if value is False or value == "none"
    }
    assert noes == printed | {"redness", "swelling"}
    assert answers["none_of_these"] is True


@pytest.mark.parametrize("name", ["itch", "peeling", "joint_pain", "fever_medicine_8h"])
def test_none_of_these_says_nothing_about(name):
    assert name not in said(**CALM)


def test_a_sign_beats_none_of_these():
    answers = said(**CALM | {"signs": ["none", "glands"]})
    assert answers["signs_glands"] is True
    assert answers["node_present"] is True
    assert "feels_feverish" not in answers
    assert answers["none_of_these"] is True


def test_a_detail_under_an_unticked_tile_beats_none_of_these():
    answers = said(**CALM, spreading="red_streaks")
    assert answers["red_streaks"] is True
    assert "hot_skin" not in answers
    assert not any(answers.get(f"signs_{sign}") for sign in Sign)


def test_a_ticked_tile_says_nothing_more_than_that():
    answers = said(signs="unwell")
    assert {name for name in answers if name != "unusable"} == {
        "signs_unwell",
        "none_of_these",
    }


def test_ticking_glands_answers_the_question_on_the_tile():
    assert said(signs="glands")["node_present"] is True


def test_a_described_gland_is_there_although_its_tile_is_not_ticked():
    answers = said(node_sites="neck-left")
    assert answers["node_present"] is True
    assert "signs_glands" not in answers


def test_that_nothing_hurts_describes_no_gland():
    answers = said(**CALM, node_pain="none", node_size="unsure")
    assert answers["node_present"] is False
    assert "node_pain" not in answers
    assert "node_size" not in answers


def test_both_sides_of_the_neck_are_one_site():
    answers = said(signs="glands", node_sites=["neck-left", "neck-right"])
    assert answers["node_sites_neck"] is True


def test_whoever_leaves_a_number_asks_for_a_call():
    assert said(best_number="020 7946 0000")["contact_request"] is True


def test_none_of_these_denies_nothing_beside_a_number_to_call():
    answers = said(**CALM, best_number="020 7946 0000")
    assert answers["contact_request"] is True
    assert "node_present" not in answers


# --- What may be sent ----------------------------------------------------------------------


def test_a_calm_log_of_five_answers_can_be_sent():
    assert form(**CALM).can_be_sent


@pytest.mark.parametrize("blank", CALM)
def test_a_blank_without_a_sign_is_sent_back_with_its_error(blank):
    partly = form(**without(**{blank: ""}))
    assert not partly.can_be_sent
    partly.ask_for_blanks()
    assert list(partly.errors) == [blank]


@pytest.mark.parametrize("sign", Sign)
def test_a_ticked_sign_makes_up_for_every_blank(sign):
    assert form(signs=sign.value).can_be_sent


def test_errors_stand_in_the_order_of_the_page():
    partly = form(temperature="388")
    partly.ask_for_blanks()
    order = ["overall_change", "pain", "redness", "swelling", "signs", "temperature"]
    assert list(partly.errors) == order


def details() -> list[tuple[str, str]]:
    """Every answer behind a tile that says as much as ticking the tile."""
    listed = []
    for block in BLOCKS.values():
        for question in block:
            if isinstance(question, Ticks) and question.settles:
                listed += [(question.name, tick.value) for tick in question.ticks]
            elif isinstance(question, OneOf) and question.settles:
                listed += [
                    (question.name, value.value)
                    for value in question.choice
                    if value.rank > 0
                ]
    return [*listed, ("temperature", "38.2")]


@pytest.mark.parametrize(("field", "value"), details())
def test_a_detail_counts_as_its_tile_ticked(field, value):
    side = "-left" if field == "node_sites" and value in SIDED else ""
    assert form(**CALM, **{field: value + side}).has_sign


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("temperature", "36.6"),
        ("temperature", "35"),
        ("temperature", "35.2"),
        ("fever_medicine_8h", "yes"),
        ("itch", "severe"),
        ("aftercare_lapses", "direct_sun"),
        ("still_present_now", "yes"),
        ("node_more", "none"),
        ("hives", "none"),
        ("free_text", "all well"),
    ],
)
def test_no_sign_by_itself(field, value):
    assert not form(**CALM, **{field: value}).has_sign


BEHIND_TILES = {question.name for block in BLOCKS.values() for question in block}


@pytest.mark.parametrize(
    ("field", "sent"),
    sorted(
        {(value[0], value[1]) for value in every_value() if value[0] in BEHIND_TILES}
    ),
)
def test_the_page_and_the_rules_agree_on_what_a_sign_is(field, sent):
    filled = form(**{field: sent})
    told = DailyLog(**filled.entry().answers).answers()
    defining = (name for tile in TILES for name in tile.defining)
    settled = any(is_positive(told, name, DEFAULTS) for name in defining)
    # These have rules of their own and do not say what a ticked tile means.
    settled = settled or told.numbing_symptoms is True or told.joint_pain is True
    assert filled.has_sign == settled


# --- What cannot be used -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "unit", "celsius"),
    [
        ("38.2", None, "38.2"),
        ("38,2", "C", "38.2"),
        (" 101.1 ", None, "38.4"),
        ("101.1 F", None, "38.4"),
        ("38.2°", None, "38.2"),
        ("٣٨", None, "38.0"),
        ("37.95", "C", "38.0"),
        ("32", "C", "32.0"),
        ("109.4", "F", "43.0"),
    ],
)
def test_a_temperature_is_read_as_people_type_it(typed, unit, celsius):
    sent = {"temperature": typed} | ({"temperature_unit": unit} if unit else {})
    assert said(**sent)["temperature_c"] == Decimal(celsius)


@pytest.mark.parametrize("typed", ["388", "31.9", "50", "hot", "-38", "1e2", "3" * 60])
def test_an_impossible_temperature_is_sent_back_beside_its_field(typed):
    partly = form(**CALM, temperature=typed)
    assert not partly.can_be_sent
    assert list(partly.errors) == ["temperature"]


def test_a_reading_in_the_other_unit_is_asked_about():
    partly = form(**CALM, temperature="97", temperature_unit="C")
    assert partly.errors["temperature"] == ["97 °C cannot be right. Did you mean °F?"]


def test_an_impossible_temperature_never_costs_the_sign():
    answers = said(signs="unwell", temperature="388")
    assert answers["signs_unwell"] is True
    assert "temperature_value" not in answers
    assert answers["unusable"] == "Your temperature: 388"


def test_a_place_without_swelling_is_an_error_beside_its_cause():
    partly = form(**CALM, swelling_sites="eyelids")
    assert not partly.can_be_sent
    assert list(partly.errors) == ["swelling_sites"]


def test_near_an_eye_without_blisters_is_an_error_beside_its_cause():
    partly = form(**CALM, near_eye="blisters_near_eye", blisters="tingling_only")
    assert list(partly.errors) == ["near_eye"]


def test_a_contradiction_beside_a_sign_is_set_aside():
    answers = said(
        signs="glands",
        swelling="none",
        swelling_sites=["eyelids"],
        near_eye="blisters_near_eye",
    )
    assert answers["node_present"] is True
    assert "swelling_sites_eyelids" not in answers
    assert "blisters_near_eye" not in answers
    assert answers["unusable"] == (
        "Where is the swelling?: eyelids; Are the blisters near an eye?: blisters_near_eye"
    )


def test_an_unknown_box_beside_known_ones_is_set_aside_alone():
    answers = said(red_flags=["chest_pain", "nonsense"])
    assert answers["red_flags_chest_pain"] is True
    assert answers["unusable"] == "Which one?: nonsense"


@pytest.mark.parametrize("pain", ["11", "-1", "1e9", "five", "9" * 400])
def test_absurd_pain_is_an_error(pain):
    assert "pain" in form(**CALM | {"pain": pain}).errors


def test_a_note_too_long_keeps_its_beginning_beside_a_sign():
    answers = said(signs="worry", free_text="a" * 2100)
    assert answers["free_text"] == "a" * 2000
    assert answers["unusable"].startswith("Tell us in your own words: aaa")


def test_a_note_too_long_is_an_error_without_a_sign():
    assert list(form(**CALM, free_text="a" * 2001).errors) == ["free_text"]


def test_a_line_break_is_one_letter_as_in_the_browser():
    assert form(**CALM, free_text="\r\n".join(["a"] * 1000)).can_be_sent


def test_what_is_kept_of_the_unusable_fits_its_column():
    answers = said(
        signs="glands",
        pain="9" * 500,
        redness="x" * 500,
        swelling="y" * 500,
        hives="z" * 500,
        temperature="8" * 500,
        itch="w" * 500,
        blisters="v" * 500,
    )
    assert len(answers["unusable"]) <= 200


# --- Keys and dates ------------------------------------------------------------------------


def test_the_key_of_the_page_is_the_key_of_the_log():
    key = uuid.uuid4()
    assert form(**CALM, key=str(key)).entry().key == key


@pytest.mark.parametrize("key", ["", "nonsense"])
def test_without_its_key_the_same_answers_are_the_same_log(key):
    first, again = form(**CALM, key=key).entry(), form(**CALM, key=key).entry()
    other = form(**CALM | {"pain": "1"}, key=key).entry()
    assert first.key == again.key
    assert first.key != other.key


def test_an_error_page_keeps_the_key():
    key = uuid.uuid4()
    partly = form(key=str(key))
    assert partly.key_it_came_with == key


def test_without_a_date_the_log_is_for_today():
    assert form(**CALM).entry().for_date == TODAY


def test_a_date_that_is_none_is_an_error_and_never_costs_a_sign():
    assert not form(**CALM, for_date="yesterday").can_be_sent
    assert form(signs="glands", for_date="yesterday").entry().for_date == TODAY


# --- For every post there is ---------------------------------------------------------------

FIELDS = sorted(set(LogForm(today=TODAY).fields))
WORDS = st.sampled_from(
    [
        "none",
        "yes",
        "no",
        "mild",
        "severe",
        "glands",
        "neck-left",
        "38",
        "388",
        "7",
        "many",
        "blisters_near_eye",
        "eyelids",
        "red_streaks",
        "",
        "\u2028",
        "x" * 50,
    ]
)
POSTS = st.dictionaries(
    st.sampled_from(FIELDS), st.lists(WORDS, min_size=1, max_size=3), max_size=12
)


def may_be_denied(sent: dict[str, list[str]], posted: LogForm) -> set[str]:
    """The columns that the patient said no to, in so many words."""
    own = {
        column
        for question in every_question()
        if isinstance(question, Ticks)
        and "none" in sent.get(question.name, ())
        and not {tick.value for tick in question.ticks} & set(sent[question.name])
        for column in question.columns
    }
    stands_alone = posted.none_of_these and not posted.has_sign
    return own | (set(denied()) if stands_alone else set())


@given(POSTS)
def test_no_post_is_our_error_and_no_answer_is_a_no_that_nobody_said(sent):
    posted = form(**sent)
    answers = posted.entry().answers
    noes = {name for name, value in answers.items() if value is False}
    noes -= {"none_of_these", "still_present_now"}
    assert noes <= may_be_denied(sent, posted)


@given(POSTS, st.sampled_from([sign.value for sign in Sign]))
def test_a_ticked_sign_is_never_lost(sent, sign):
    posted = form(**sent | {"signs": [*sent.get("signs", []), sign]})
    assert posted.can_be_sent
    assert posted.entry().answers[f"signs_{sign}"] is True

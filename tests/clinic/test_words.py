"""Small words of the desk: moments, areas of skin, the patient's own words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.deadlines import promises, short_moment
from clinic.forms.areas import areas_text, ticked_areas
from clinic.own_words import pieces_of
from tests.builders import MONDAY


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(hours=9), "6pm"),
        (timedelta(days=1), "tomorrow 9am"),
        (timedelta(days=-1), "yesterday 9am"),
        (timedelta(days=3), "Thu 9am"),
        (timedelta(days=10), "Thu 11 June 9am"),
        (timedelta(days=-3), "Fri 29 May 9am"),
    ],
)
def test_a_moment_is_said_in_as_few_words_as_will_do(away, words, clinic):
    assert short_moment(MONDAY + away, MONDAY, clinic) == words


def test_a_clinic_that_looks_sooner_promises_so(clinic):
    clinic.urgent_minutes, clinic.emergency_minutes = 90, 10
    said = list(promises(clinic).values())
    assert said == [
        "Acknowledge in 10 min",
        "Review in 90 min",
        "By end of next working day",
    ]


def test_areas_are_one_line_and_can_be_ticked_again():
    line = areas_text(["neck", "full_face"], "Left ear")
    assert line == "Full face, neck, left ear"
    assert ticked_areas(line) == (["full_face", "neck"], "left ear")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("It is infected", ["infected"]),
        ("I can’t   breathe well", ["can’t   breathe"]),
        ("Not infected at all", []),
        ("campus life", []),
        ("A cold sore and PUS", ["cold sore", "PUS"]),
        ("", []),
    ],
)
def test_danger_words_are_marked_as_they_were_typed(text, marked):
    assert [piece.text for piece in pieces_of(text) if piece.marked] == marked


@given(st.text(alphabet="puscold orefvbl'’.,!\n", max_size=60))
def test_marking_changes_no_letter(text):
    assert "".join(piece.text for piece in pieces_of(text)) == text

"""The reader of the day tables: what it understands, and that it never guesses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .day_table import read_table
from .phrases import answers_of


def test_a_table_becomes_a_course_and_what_it_must_raise() -> None:
    recovery = read_table(
        "A gland\n"
        "RF, diabetes, unsterile cartridge\n"
        "-1 | all calm | nothing\n"
        "2 sent 3 | gland in neck, 101.5 F | LN-PLUS URGENT, FEVER URGENT\n"
        "2 corrected 4 | pain 3 | FEVER WATCH | nothing\n"
        "2 retracted 4 | |\n"
        "6 noon | no log | MISSED URGENT"
    )

    assert recovery.course == {
        "id": "A gland",
        "procedure": {
            "type": "rf_microneedling",
            "needle_depth_mm": Decimal("1.5"),
            "risk_factors": ["diabetes"],
            "sterile_single_use": "false",
        },
        "logs": [
            {"day": -1},
            {
                "day": 2,
                "submitted_on_day": 3,
                "lymph_nodes": {"present": True, "sites": ["neck"]},
                "temperature_value": Decimal("101.5"),
                "temperature_unit": "F",
            },
            {"day": 2, "submitted_on_day": 4, "entry": "correction", "pain": 3},
            {"day": 2, "submitted_on_day": 4, "entry": "retraction"},
        ],
        "observe_until": 6,
    }
    assert recovery.raised == {
        2: [("FEVER", "URGENT"), ("LN-PLUS", "URGENT")],
        6: [("MISSED", "URGENT")],
    }
    assert recovery.current == {2: [("FEVER", "URGENT"), ("LN-PLUS", "URGENT")]}


def test_a_span_is_a_log_on_each_of_its_days() -> None:
    recovery = read_table("Spots\nLIGHT\n3 to 5 | few pus spots | PUSTULES WATCH")

    assert [log["day"] for log in recovery.course["logs"]] == [3, 4, 5]
    assert set(recovery.raised) == {3, 4, 5}


def test_free_text_keeps_its_commas_and_not_asked_is_null() -> None:
    answers = answers_of('pain 2, says "no, it is pus", not asked redness')

    assert answers == {"pain": 2, "free_text": "no, it is pus", "redness": None}


@pytest.mark.parametrize(
    "table",
    [
        "No lines\nLIGHT",
        "An unknown phrase\nLIGHT\n1 | rednes mild | nothing",
        "An unknown risk\nLIGHT, diabetis\n1 | pus | PUS URGENT",
        "An unknown level\nLIGHT\n1 | pus | PUS SOON",
        "A day that is none\nLIGHT\none | pus | PUS URGENT",
        "A column too many\nLIGHT\n1 | pus | PUS URGENT | nothing | nothing",
        "A column too few\nLIGHT\n1 | pus",
    ],
)
def test_what_cannot_be_read_is_an_error(table: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        _ = read_table(table).raised, read_table(table).course

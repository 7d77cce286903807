"""What the clock and the record raise, as pure questions."""

from __future__ import annotations

import pytest

from aftercare.warning_signs.parameter_set import read_parameters
from aftercare.warning_signs.schedule import (
    Produced,
    missed_due,
    no_logs_due,
    unsterile,
)
from aftercare.warning_signs.treatment_words import Sterility
from aftercare.warning_signs.vocabulary import Level

from .builders import procedure

UNSTERILE = procedure(sterile=Sterility.FALSE)


def missed(
    noon: int, produced: list[tuple[int, Level]], submitted: list[int]
) -> object:
    found = missed_due(noon, [Produced(*item) for item in produced], submitted)
    return found and found.level.name


def test_silence_after_a_flag_is_noticed_two_noons_later() -> None:
    flag = [(4, Level.PROMPT)]
    assert missed(5, flag, [4]) is None
    assert missed(6, flag, [4]) == "PROMPT"
    assert missed(7, flag, [4]) is None


def test_any_log_sent_after_that_date_breaks_the_silence() -> None:
    assert missed(6, [(4, Level.PROMPT)], [4, 5]) is None
    assert missed(6, [(4, Level.PROMPT)], [3, 4, 4]) == "PROMPT"


def test_several_flags_of_a_date_are_one_at_the_highest_level_but_no_emergency() -> (
    None
):
    two = [(4, Level.PROMPT), (4, Level.URGENT), (3, Level.EMERGENCY)]
    assert missed(6, two, [4]) == "URGENT"
    assert missed(5, two, [3]) == "URGENT"


def test_a_watch_result_is_no_flag() -> None:
    assert missed(6, [(4, Level.WATCH)], [4]) is None


def test_the_days_of_silence_are_a_parameter() -> None:
    patient = read_parameters({"MISSED_DAYS": 3})
    flag = [Produced(4, Level.PROMPT)]
    assert missed_due(6, flag, [4], patient) is None
    assert missed_due(7, flag, [4], patient) is not None


@pytest.mark.parametrize(
    ("noon", "record_day", "has_post_log", "level"),
    [
        (3, 0, False, "WATCH"),
        (3, 3, False, "WATCH"),
        (3, 4, False, None),
        (3, 0, True, None),
        (2, 0, False, None),
        (4, 0, False, None),
    ],
)
def test_no_log_at_all_is_noticed_on_day_three(
    noon: int, record_day: int, has_post_log: bool, level: str | None
) -> None:
    found = no_logs_due(noon, procedure(), record_day, has_post_log=has_post_log)
    assert (found and found.level.name) == level


def test_no_log_at_all_is_prompt_at_high_risk() -> None:
    risky = procedure("STANDARD", "autoimmune")
    found = no_logs_due(3, risky, 0, has_post_log=False)
    assert found is not None
    assert (found.rule, found.level) == ("NO-LOGS", Level.PROMPT)
    assert found.reason == "No log at all by noon on day 3."


@pytest.mark.parametrize(
    ("record_day", "level"),
    [(-2, "URGENT"), (0, "URGENT"), (3, "URGENT"), (4, "PROMPT")],
)
def test_unsterile_equipment_is_urgent_within_three_days(
    record_day: int, level: str
) -> None:
    found = unsterile(UNSTERILE, record_day)
    assert found is not None
    assert found.level.name == level
    assert found.reason.endswith(f"saved on day {record_day}.")


@pytest.mark.parametrize("sterile", [Sterility.TRUE, Sterility.UNKNOWN])
def test_equipment_not_known_to_be_unsterile_raises_nothing(sterile: Sterility) -> None:
    assert unsterile(procedure(sterile=sterile), 0) is None

"""The fourteen edge cases of the specification, section 10, through the assess format.

Many more of each are told as recoveries (`several_logs`, `silence`, `baselines`,
`fever_and_illness`, `emergencies`); here each item has its sentences, in its order.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from aftercare.warning_signs.assessment import assess
from aftercare.warning_signs.course_json import answer, answer_line
from aftercare.warning_signs.facts import Answers, Course, Log, Procedure
from aftercare.warning_signs.vocabulary import OverallChange, Severity

from .day_table import read_table

Levels = dict[str, str]


def judged(*lines: str, treatment: str = "STANDARD") -> dict[str, Any]:
    """The answer to a course written as lines `day | what was logged`."""
    rows = "\n".join(f"{line} | nothing" for line in lines)
    return answer(read_table(f"A course\n{treatment}\n{rows}").course)


def on_day(day: int, days: list[dict[str, Any]]) -> Levels:
    results = [found["results"] for found in days if found["day"] == day]
    return {result["rule"]: result["level"] for found in results for result in found}


def raised(day: int, *lines: str, treatment: str = "STANDARD") -> Levels:
    return on_day(day, judged(*lines, treatment=treatment)["raised"])


# 1. Time zones
@pytest.mark.parametrize(
    ("performed_at", "zone", "for_date", "day"),
    [
        # Clocks change.
        ("2025-03-29T12:00:00+00:00", "Europe/London", "2025-03-31", 2),
        ("2026-03-28T23:50:00+00:00", "Europe/London", "2026-03-29", 1),
        ("2025-10-25T23:30:00+01:00", "Europe/London", "2025-10-26", 1),
        # The clinic's date is already the next one, or still the one before.
        ("2025-06-01T15:30:00+00:00", "Australia/Sydney", "2025-06-02", 0),
        ("2026-03-28T11:30:00+00:00", "Pacific/Auckland", "2026-03-29", 0),
        ("2026-03-29T06:30:00+00:00", "America/Los_Angeles", "2026-03-29", 1),
        ("2025-06-02T10:00:00+02:00", "UTC", "2025-06-01", -1),
        # A calendar of its own: leap years, New Year, a date that Samoa skipped.
        ("2024-02-28T10:00:00+00:00", "UTC", "2024-03-01", 2),
        ("2025-12-31T23:59:00+00:00", "UTC", "2026-01-01", 1),
        ("2011-12-29T09:00:00-10:00", "Pacific/Apia", "2011-12-31", 2),
    ],
)
def test_a_day_is_a_calendar_date_in_the_zone_of_the_clinic(
    performed_at: str, zone: str, for_date: str, day: int
) -> None:
    procedure = {
        "type": "microneedling",
        "performed_at": performed_at,
        "clinic_timezone": zone,
    }
    course = {
        "procedure": procedure,
        # Where a day and a date both stand, the date wins.
        "logs": [{"day": 40, "for_date": for_date, "contact_request": True}],
    }

    assert on_day(day, answer(course)["raised"]) == {"CONTACT": "PROMPT"}


# 2. Logging for yesterday
def test_an_entry_more_than_three_days_late_is_refused_with_advice() -> None:
    refusals = judged("1 sent 5 | pus", "2 sent 5 | pus")["rejected"]

    assert [(refusal["index"], refusal["day"]) for refusal in refusals] == [(0, 1)]
    assert "describe it in today's log" in refusals[0]["reason"]


def test_a_late_entry_is_judged_by_its_own_day_and_changes_the_later_ones() -> None:
    lines = ("1 | all calm", "5 | worse", "4 sent 5 | worse, spreading redness")

    assert raised(4, *lines) == {"RED-SPREAD": "URGENT"}
    assert raised(5, *lines) == {"WORSE": "PROMPT"}


def test_the_first_flag_is_told_by_the_own_day_of_its_log() -> None:
    judgement = judged("1 | all calm", "5 | all calm", "4 sent 6 | gland")

    assert judgement["first_flag_day"] == 4


@pytest.mark.parametrize(
    ("still", "level"),
    [("still there", "EMERGENCY"), ("it has passed", "URGENT"), ("", "EMERGENCY")],
)
def test_a_red_flag_on_a_past_date_is_an_emergency_unless_it_has_passed(
    still: str, level: str
) -> None:
    lines = ("0 | all calm", f"1 sent 2 | chest pain, {still}")

    assert raised(1, *lines) == {"COLLAPSE": level}


def test_a_red_flag_of_today_is_an_emergency_whatever_else_is_said() -> None:
    assert raised(1, "1 | chest pain, it has passed") == {"COLLAPSE": "EMERGENCY"}


# 3. Two logs a day
def test_of_two_logs_a_day_the_worst_answers_count_in_any_order() -> None:
    morning, evening = "2 | pain 7, 37.0 C", "2 | hives widespread, pain 1"

    expected = {"HIVES": "URGENT", "PAIN-SEVERE": "URGENT", "ABOVE-EXPECTED": "WATCH"}
    assert raised(2, morning, evening) == expected
    assert raised(2, evening, morning) == expected


def test_signs_of_two_logs_a_day_count_together() -> None:
    assert raised(3, "3 | hot skin", "3 | tiredness moderate")["INFECT-CLUSTER"]


# 4. Correction
def test_what_a_correction_takes_away_stays_raised_and_is_no_longer_current() -> None:
    judgement = judged("1 | all calm", "2 | pus", "2 corrected 3 | gland")

    assert on_day(2, judgement["raised"]) == {"PUS": "URGENT", "LN-ALONE": "PROMPT"}
    assert on_day(2, judgement["current"]) == {"LN-ALONE": "PROMPT"}
    assert judgement["highest"] == "URGENT"


# 5. Fahrenheit
@pytest.mark.parametrize(
    ("fahrenheit", "levels"),
    [
        ("100.4", {"FEVER": "URGENT"}),
        ("100.3", {"FEVER-LOW": "WATCH"}),
        ("100.0", {"FEVER-LOW": "WATCH"}),
        ("99.9", {}),
    ],
)
def test_degrees_fahrenheit_are_converted_in_decimals(
    fahrenheit: str, levels: Levels
) -> None:
    assert raised(1, f"1 | {fahrenheit} F") == levels


def test_a_reading_written_in_a_line_of_json_is_never_a_binary_float() -> None:
    # 37.95 as a binary float is a little less and would round down to 37.9.
    line = (
        '{"id": "x", "procedure": {"type": "microneedling"}, '
        '"logs": [{"day": 1, "temperature_value": 37.95}]}'
    )
    assert on_day(1, answer_line(line)["raised"]) == {"FEVER": "URGENT"}


# 6. No thermometer
def test_feeling_feverish_without_a_thermometer_is_urgent() -> None:
    assert raised(1, "1 | feverish") == {"FEVER": "URGENT"}


# 7. Fever medicine
def test_fever_medicine_turns_a_raised_reading_into_a_fever() -> None:
    assert raised(1, "1 | 37.8 C, took fever medicine") == {"FEVER": "URGENT"}


def test_on_fever_medicine_feeling_feverish_counts_whatever_the_reading() -> None:
    assert raised(1, "1 | 36.5 C, feverish, took fever medicine") == {"FEVER": "URGENT"}


# 8. Baseline
@pytest.mark.parametrize(
    ("day", "chronic"),
    [
        (6, "redness moderate"),
        (8, "itch severe"),
        (6, "pain 6"),
        (3, "itchy rash, itch moderate"),
        (14, "darker skin"),
        (14, "lines in rows, raised mark"),
    ],
)
def test_a_baseline_silences_what_was_there_before(day: int, chronic: str) -> None:
    before, after = f"-1 | {chronic}", (f"1 | {chronic}", f"{day} | {chronic}")

    assert raised(day, *after)
    assert raised(day, before, *after) == {}


@pytest.mark.parametrize(
    ("known", "levels"),
    [
        ("gland in neck", {"LN-KNOWN": "WATCH"}),
        ("many pus spots", {"PUSTULES": "WATCH"}),
        ("pain 8", {"PAIN-SEVERE": "WATCH"}),
    ],
)
def test_a_baseline_leaves_some_known_trouble_to_be_watched(
    known: str, levels: Levels
) -> None:
    assert raised(1, f"-1 | {known}", f"1 | {known}") == levels


@pytest.mark.parametrize(
    ("sign", "levels"),
    [
        ("pus", {"PUS": "URGENT"}),
        ("spreading redness", {"RED-SPREAD": "URGENT"}),
        ("38.5 C", {"FEVER": "URGENT"}),
        ("grey patch", {"SKIN-DAMAGE": "URGENT"}),
        ("hives local", {"HIVES": "PROMPT"}),
        ("blisters on treated skin", {"BLISTERS": "URGENT"}),
    ],
)
def test_a_baseline_never_silences_these_and_never_raises_them(
    sign: str, levels: Levels
) -> None:
    lines = (f"-1 | {sign}", "1 | all calm", f"2 | {sign}")

    assert raised(-1, *lines) == {}
    assert raised(2, *lines) == levels


# 9. Several procedures
def test_a_log_raises_nothing_on_another_treatment_of_the_patient() -> None:
    feverish = {"day": 1, "feels_feverish": True}
    newer, older = (
        {"id": name, "procedure": {"type": "microneedling"}, "logs": logs}
        for name, logs in [("newer", [feverish]), ("older", [{"day": 2}])]
    )

    answers = [answer_line(json.dumps(course)) for course in (newer, older)]
    assert [each["highest"] for each in answers] == ["URGENT", "NONE"]


# 10. No logs
def test_no_log_by_noon_of_day_three_is_noticed() -> None:
    silent = "3 noon | no log"

    assert raised(3, silent) == {"NO-LOGS": "WATCH"}
    assert raised(3, silent, treatment="STANDARD, diabetes") == {"NO-LOGS": "PROMPT"}
    assert raised(3, "2 | all calm", silent) == {}


# 11. Contradictory answers
@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (Answers(redness=Severity.NONE, redness_spreading=True), "spreading"),
        (Answers(pain=8, overall_change=OverallChange.BETTER), "Better"),
        (Answers(free_text="I think it is infected"), "infected"),
    ],
)
def test_answers_that_disagree_are_labelled(answers: Answers, words: str) -> None:
    assessment = assess(Course(Procedure(), (Log(2, answers),)), 2)

    assert [words in label for label in assessment.disagreements] == [True]


def test_the_worst_of_contradictory_answers_wins_and_the_label_adds_no_level() -> None:
    line = "2 | redness none, spreading redness, better"

    assert raised(2, line) == {"RED-SPREAD": "URGENT"}


def test_answers_that_agree_are_not_labelled() -> None:
    agreeing = Answers(
        redness=Severity.MILD,
        redness_spreading=True,
        overall_change=OverallChange.WORSE,
        temperature_c=Decimal("38.5"),
        free_text="a fever, and it is spreading",
    )
    assert assess(Course(Procedure(), (Log(2, agreeing),)), 2).disagreements == ()


# 12. Late logs
@pytest.mark.parametrize(
    ("sign", "levels"),
    [
        ("firm lumps", {"LUMPS": "PROMPT"}),
        ("38.5 C", {"FEVER": "URGENT"}),
        ("chest pain", {"COLLAPSE": "EMERGENCY"}),
        ("redness mild", {"RED-LATE": "PROMPT", "ABOVE-EXPECTED": "WATCH"}),
    ],
)
def test_every_rule_still_runs_until_day_180(sign: str, levels: Levels) -> None:
    assert raised(180, "1 | all calm", f"180 | {sign}") == levels


def test_after_day_180_a_log_is_refused() -> None:
    refusals = judged("1 | all calm", "181 | pus")["rejected"]

    assert [refusal["day"] for refusal in refusals] == [181]


# 13. Missing days
def test_no_value_is_invented_for_a_day_without_a_log() -> None:
    # A missing day 2 is no day without pain.
    assert "PAIN-RISE" not in raised(3, "1 | pain 4", "3 | pain 5")


@pytest.mark.parametrize(("second", "level"), [(7, "PROMPT"), (8, None)])
def test_days_in_a_row_may_leave_out_one_day_but_not_two(
    second: int, level: str | None
) -> None:
    found = raised(second, "1 | all calm", "5 | worse", f"{second} | worse")

    assert found.get("WORSE") == level


# 14. Retraction
def test_a_log_taken_back_counts_nowhere_but_in_what_was_raised() -> None:
    judgement = judged(
        "1 | all calm",
        "2 | redness mild, gland",
        "3 | redness moderate",
        "2 retracted 3 |",
    )

    assert on_day(2, judgement["raised"]) == {"LN-ALONE": "PROMPT"}
    assert on_day(3, judgement["raised"]) == {"RED-RISE": "WATCH"}
    assert judgement["current"] == []

"""The edge cases of the specification, section 10, in its order.

Cases 9 (several procedures) and 12 (prompts after follow-up) live in the record.
"""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.warning_signs.course_json import answer

from .builders import gland, levels, log
from .test_course_json import STANDARD, course, judged, shown


def dated(zone: str, performed_at: str) -> dict[str, Any]:
    return STANDARD | {"performed_at": performed_at, "clinic_timezone": zone}


@pytest.mark.parametrize(
    ("zone", "performed_at", "for_date", "day"),
    [
        ("Europe/London", "2026-03-28T23:50:00+00:00", "2026-03-29", 1),
        ("Europe/London", "2026-10-24T23:50:00+01:00", "2026-10-25", 1),
        ("Pacific/Auckland", "2026-03-28T11:30:00+00:00", "2026-03-29", 0),
        ("America/Los_Angeles", "2026-03-29T06:30:00+00:00", "2026-03-29", 1),
        ("Pacific/Apia", "2011-12-29T09:00:00-10:00", "2011-12-31", 2),
    ],
)
def test_1_days_are_calendar_dates_in_the_clinics_zone(
    zone: str, performed_at: str, for_date: str, day: int
) -> None:
    log_of_date = {"for_date": for_date, "red_flags": ["chest_pain"]}
    found = judged(log_of_date, procedure=dated(zone, performed_at))
    assert found == {day: {"COLLAPSE": "EMERGENCY"}}


def test_2_a_log_for_yesterday_is_judged_on_its_day_and_changes_the_later_ones() -> (
    None
):
    logs = [{"day": 5, "pain": 4}, {"day": 4, "submitted_on_day": 5, "pain": 0}]
    assert "PAIN-RISE" in judged(*logs)[5]


def test_2_an_older_entry_is_refused_with_what_to_do_instead() -> None:
    answered = answer(course({"day": 4, "submitted_on_day": 8}))
    assert "describe it in today's log" in answered["rejected"][0]["reason"]


def test_3_two_logs_of_a_day_are_judged_together() -> None:
    assert levels([log(3, hot_skin=True), log(3, fatigue="moderate")], 3) == {
        "INFECT-CLUSTER": "URGENT"
    }


def test_4_a_correction_can_end_support_and_can_raise() -> None:
    logs = [
        {"day": 2, "contact_request": True},
        {"day": 2, "entry": "correction", "discharge": ["pus"]},
    ]
    answered = answer(course(*logs))
    assert shown(answered["raised"])[2] == {"PUS": "URGENT", "CONTACT": "PROMPT"}
    assert shown(answered["current"])[2] == {"PUS": "URGENT"}


def test_6_feeling_feverish_without_a_thermometer_is_urgent() -> None:
    assert levels([log(3, feels_feverish=True)], 3) == {"FEVER": "URGENT"}


def test_7_fever_medicine_hides_no_fever() -> None:
    on_medicine = {"fever_medicine_8h": "yes"}
    assert levels([log(3, temperature_c="37.8", **on_medicine)], 3) == {
        "FEVER": "URGENT"
    }
    feeling = log(3, temperature_c="36.4", feels_feverish=True, **on_medicine)
    assert levels([feeling], 3) == {"FEVER": "URGENT"}


def test_8_chronic_trouble_is_silent_and_everything_else_is_not() -> None:
    chronic = {
        "redness": "moderate",
        "itch": "severe",
        "pain": 5,
        "bumps": ["rash", "firm_lumps"],
        "pustules": "few",
        "colour_change": ["darker"],
        "scar": ["lines"],
        "lymph_nodes": gland(),
    }
    logs = [log(-1, **chronic), log(20, **chronic)]
    assert levels(logs, 20) == {"LN-KNOWN": "WATCH", "PUSTULES": "WATCH"}


def test_10_silence_from_the_start_is_noticed_at_noon_on_day_three() -> None:
    assert judged(observe_until=5) == {3: {"NO-LOGS": "WATCH"}}


def test_11_contradictions_take_the_worse_answer() -> None:
    today = log(3, redness="none", redness_spreading=True, overall_change="better")
    assert levels([today], 3) == {"RED-SPREAD": "URGENT"}


def test_12_every_rule_still_runs_after_follow_up() -> None:
    late = log(180, bumps=["firm_lumps"], fatigue="severe", redness="mild")
    assert levels([late], 180) == {
        "INFECT-CLUSTER": "URGENT",
        "LUMPS": "PROMPT",
        "RED-LATE": "PROMPT",
        "TIRED": "PROMPT",
        "ABOVE-EXPECTED": "WATCH",
    }


def test_13_missing_days_are_not_made_up() -> None:
    worse = {"overall_change": "worse"}
    assert "WORSE" in levels([log(4, **worse), log(6, **worse)], 6)
    assert "WORSE" not in levels([log(4, **worse), log(7, **worse)], 7)


def test_14_a_retracted_log_is_ignored_and_later_days_are_judged_again() -> None:
    logs = [
        {"day": 2, "pain": 0},
        {"day": 4, "pain": 4},
        {"day": 2, "submitted_on_day": 4, "entry": "retraction"},
    ]
    answered = answer(course(*logs))
    assert "PAIN-RISE" in shown(answered["raised"])[4]
    assert "PAIN-RISE" not in shown(answered["current"])[4]

"""The assess format, in and out."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from aftercare.warning_signs.course_json import CourseError, answer, answer_line

STANDARD = {"type": "microneedling", "needle_depth_mm": Decimal("1.0")}


def course(*logs: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"id": "a", "procedure": STANDARD, "logs": list(logs)} | keys


def judged(*logs: dict[str, Any], **keys: Any) -> dict[int, dict[str, str]]:
    answered = answer(course(*logs, **keys))
    assert answered["rejected"] == []
    return shown(answered["raised"])


def shown(days: list[dict[str, Any]]) -> dict[int, dict[str, str]]:
    return {
        day["day"]: {result["rule"]: result["level"] for result in day["results"]}
        for day in days
    }


def refusal(**log: Any) -> str:
    answered = answer(course({"day": 2} | log, observe_until=2))
    (rejected,) = answered["rejected"]
    assert (rejected["index"], rejected["day"]) == (0, log.get("day", 2))
    assert answered["raised"] == []
    reason: str = rejected["reason"]
    return reason


def test_an_answer_has_every_part() -> None:
    line = json.dumps(
        {
            "id": "x",
            "procedure": {"type": "rf_microneedling"},
            "logs": [
                {"day": 2, "lymph_nodes": {"present": True}, "temperature_c": 38.15},
                {"day": 3, "pain": 11},
            ],
        }
    )
    fever = {
        "rule": "FEVER",
        "level": "URGENT",
        "reason": "A temperature of 38.2 °C on day 2.",
    }
    answered = answer_line(line)
    assert {name: answered[name] for name in answered if name != "current"} == {
        "id": "x",
        "protocol": "microneedling/1",
        "recovery_class": "RF",
        "highest": "URGENT",
        "first_flag_day": 2,
        "raised": [
            {"day": 2, "results": [fever, *answered["raised"][0]["results"][1:]]}
        ],
        "rejected": [
            {
                "index": 1,
                "day": 3,
                "reason": "pain must be a whole number from 0 to 10",
            }
        ],
    }
    assert answered["current"] == answered["raised"]


# Values


def test_an_omitted_answer_is_no_and_null_is_not_asked() -> None:
    logs = [{"day": 1}, {"day": 3, "pain": 4}]
    assert "PAIN-RISE" in judged(*logs)[3]
    not_asked = [{"day": 1, "pain": None}, {"day": 3, "pain": 4}]
    assert "PAIN-RISE" not in judged(*not_asked)[3]


def test_null_glands_are_not_asked() -> None:
    there = {"lymph_nodes": {"present": True}}
    days = [{"day": 1} | there, {"day": 8}, {"day": 15} | there]
    assert "LN-PERSIST" not in judged(*days)[15]
    for not_asked in (None, {"present": None}):
        days[1] = {"day": 8, "lymph_nodes": not_asked}
        assert "LN-PERSIST" in judged(*days)[15]


def test_null_reads_as_omitted_where_there_is_no_not_asked() -> None:
    nulls = dict.fromkeys(
        ("signs", "free_text", "temperature_value", "temperature_unit", "temperature_c",
         "phase", "entry", "submitted_on_day", "still_present_now", "red_flags")
    )  # fmt: skip
    assert judged({"day": 2, **nulls, "contact_request": True}) == {
        2: {"CONTACT": "PROMPT"}
    }


@pytest.mark.parametrize(
    ("medicine", "level"), [(True, "URGENT"), ("unsure", "URGENT"), (False, None)]
)
def test_fever_medicine_is_yes_no_or_unsure(
    medicine: object, level: str | None
) -> None:
    found = judged(
        {"day": 2, "temperature_c": Decimal("37.8"), "fever_medicine_8h": medicine}
    )
    assert found[2].get("FEVER") == level


@pytest.mark.parametrize(
    "reading",
    [
        {"temperature_value": Decimal("38.0")},
        {"temperature_value": Decimal("100.4"), "temperature_unit": "F"},
        {"temperature_c": 38},
        {"temperature_c": Decimal("37.95")},
        {
            "temperature_c": 38,
            "temperature_value": Decimal("100.4"),
            "temperature_unit": "F",
        },
    ],
)
def test_a_temperature_comes_in_either_unit(reading: dict[str, Any]) -> None:
    assert judged({"day": 2} | reading) == {2: {"FEVER": "URGENT"}}


def test_ticked_tiles_come_as_signs() -> None:
    assert judged({"day": 2, "signs": ["unwell"]}) == {2: {"FEVER": "URGENT"}}


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert (
        answer_line(json.dumps(course({"day": 2.0, "pain": 8.0}), default=float))[
            "first_flag_day"
        ]
        == 2
    )


def test_gland_defaults_beside_no_gland_are_no_details() -> None:
    empty = {
        "present": False,
        "sites": [],
        "size": "unsure",
        "pain": "none",
        "getting_bigger": False,
        "hard_or_fixed": False,
        "skin_red_over": False,
    }
    assert judged({"day": 2, "lymph_nodes": empty}) == {}


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"pain": 11}, "pain must be a whole number from 0 to 10"),
        ({"pain": -1}, "pain must be a whole number from 0 to 10"),
        ({"pain": Decimal("3.5")}, "pain must be a whole number"),
        ({"pain": Decimal("1e999999999")}, "pain must be a whole number"),
        ({"pain": True}, "pain must be a whole number"),
        ({"pain": "3"}, "pain must be a whole number"),
        ({"redness": "awful"}, "redness must be one of none, mild, moderate, severe"),
        ({"redness": 2}, "redness must be one of"),
        ({"hot_skin": "yes"}, "hot_skin must be true or false"),
        ({"fever_medicine_8h": "yes"}, "fever_medicine_8h must be true or false"),
        ({"red_flags": "chest_pain"}, "red_flags must be a list"),
        ({"red_flags": ["toothache"]}, "red_flags must be one of"),
        ({"red_flags": [["chest_pain"]]}, "red_flags must be one of"),
        ({"signs": ["none"]}, "signs must be one of"),
        ({"free_text": 3}, "free_text must be text"),
        ({"free_text": "x" * 2001}, "free_text must not be longer than 2000"),
        ({"swelling_sites": ["eyelids"]}, "swelling_sites must be empty"),
        ({"swelling": None, "swelling_sites": ["eyelids"]}, "swelling_sites must be"),
        ({"blisters_near_eye": True}, "blisters_near_eye needs a cold sore"),
        (
            {"blisters": "tingling_only", "blisters_near_eye": True},
            "blisters_near_eye needs a cold sore",
        ),
        ({"lymph_nodes": [1]}, "lymph_nodes must be an object"),
        ({"lymph_nodes": {"sites": ["neck"]}}, "lymph_nodes must be empty"),
        (
            {"lymph_nodes": {"present": False, "size": "lt_1cm"}},
            "lymph_nodes must be empty",
        ),
        ({"lymph_nodes": {"size": "huge"}}, "lymph_nodes.size must be one of"),
        ({"temperature_value": 388}, "temperature 388 °C is not between 32.0 and 43.0"),
        ({"temperature_value": 38, "temperature_unit": "F"}, "did you mean the other"),
        ({"temperature_value": 38, "temperature_unit": "K"}, "must be one of C, F"),
        ({"temperature_value": "38"}, "temperature must be a number"),
        ({"temperature_c": 37, "temperature_value": 38}, "temperature is given twice"),
        ({"phase": "later"}, "phase must be one of baseline, post"),
        ({"phase": "baseline"}, "phase baseline is not possible after day 0"),
        ({"entry": "amendment"}, "entry must be correction or retraction"),
        ({"entry": "retraction", "pain": 3}, "a retraction carries no answers"),
        ({"submitted_on_day": 1}, "day must not be in the future"),
        ({"submitted_on_day": 6}, "day must not be more than 3 days ago"),
        ({"day": 181}, "day must not be after day 180"),
    ],
)
def test_a_log_that_the_form_would_refuse_says_why_and_raises_nothing(
    answers: dict[str, Any], reason: str
) -> None:
    flagged = answers if "entry" in answers else {"contact_request": True} | answers
    assert reason in refusal(**flagged)


def test_every_refused_item_is_named() -> None:
    assert refusal(pain=11, redness="awful") == (
        "pain must be a whole number from 0 to 10; redness must be one of none, mild, "
        "moderate, severe"
    )


def test_a_refused_correction_leaves_the_old_log_standing() -> None:
    logs = [{"day": 2, "pain": 8}, {"day": 2, "entry": "correction", "pain": 12}]
    answered = answer(course(*logs))
    assert "PAIN-SEVERE" in shown(answered["current"])[2]
    assert [item["index"] for item in answered["rejected"]] == [1]


def test_the_last_accepted_days_are_the_limits() -> None:
    assert judged({"day": 0}, {"day": 180, "pain": 8}).keys() == {180}
    late = {"day": 2, "submitted_on_day": 5, "pain": 8}
    assert judged({"day": 0}, late).keys() == {2}


def test_a_retraction_has_no_date_limit() -> None:
    logs = [
        {"day": 2, "pain": 8},
        {"day": 2, "submitted_on_day": 90, "entry": "retraction"},
    ]
    answered = answer(course(*logs))
    assert (answered["current"], answered["rejected"]) == ([], [])


def test_a_past_red_flag_is_an_emergency_unless_it_is_over() -> None:
    past = {"day": 2, "submitted_on_day": 3, "red_flags": ["chest_pain"]}
    assert judged(past)[2] == {"COLLAPSE": "EMERGENCY"}
    assert judged(past | {"still_present_now": False})[2] == {"COLLAPSE": "URGENT"}


def test_any_day_before_the_treatment_is_a_baseline() -> None:
    assert judged({"day": -1, "pain": 9}) == {}
    assert judged({"day": -1, "pain": 9, "phase": "post"}) == {}
    assert judged(
        {"day": 0, "pain": 9, "phase": "baseline"}, {"day": 0, "pain": 9}
    ) == {0: {"PAIN-SEVERE": "WATCH"}}


# Days


def test_dates_give_the_days_and_win_over_them() -> None:
    dated = STANDARD | {
        "performed_at": "2026-03-28T23:30:00+00:00",
        "clinic_timezone": "Europe/Berlin",
    }
    # In Berlin it is already the 29th, the night on which the clocks change.
    log = {"day": 9, "for_date": "2026-03-30", "pain": 8}
    assert judged(log, procedure=dated).keys() == {1}
    del log["day"]
    assert judged(log, procedure=dated).keys() == {1}


def test_without_the_date_of_treatment_the_day_counts() -> None:
    log = {"day": 2, "for_date": "2026-03-30", "pain": 8}
    assert judged(log).keys() == {2}


def test_silence_is_observed_to_the_last_listed_day() -> None:
    assert judged({"day": 2, "pain": 8}).keys() == {2}
    assert judged({"day": 2, "pain": 8}, {"day": 4}).keys() == {2, 4}
    assert judged({"day": 2, "pain": 8}, observe_until=9).keys() == {2, 4}
    assert judged(observe_until=3) == {3: {"NO-LOGS": "WATCH"}}
    assert judged(record_day=3) == {3: {"NO-LOGS": "WATCH"}}
    assert judged(record_day=4) == {}


def test_a_listed_log_that_is_refused_still_lists_its_day() -> None:
    answered = answer(course({"day": 5, "pain": 99}))
    assert shown(answered["raised"]) == {3: {"NO-LOGS": "WATCH"}}


# The procedure


@pytest.mark.parametrize(
    ("given", "urgent"),
    [
        ({"sterile_single_use": False}, True),
        ({"sterile_single_use": "false"}, True),
        ({"sterile_single_use": True}, False),
        ({"sterile_single_use": "unknown"}, False),
        ({"sterile_single_use": None}, False),
        ({}, False),
    ],
)
def test_sterility_is_true_false_or_unknown(
    given: dict[str, Any], urgent: bool
) -> None:
    assert bool(judged(procedure=STANDARD | given)) is urgent


def test_risk_factors_may_be_free_words() -> None:
    risky = STANDARD | {"risk_factors": ["diabetes", "hay fever"]}
    assert judged({"day": 2, "hives": "local"}, procedure=risky)[2] == {
        "HIVES": "URGENT"
    }


def test_what_is_only_shown_to_staff_is_taken_as_it_comes() -> None:
    shown_only = {
        "device": "Pen", "device_serial": 7, "cartridge_lot": None, "area": ["face"],
        "practitioner": "A", "setting": "spa", "products": ["serum"], "adjuncts": [],
        "needle_depth_mm": None, "risk_factors": None,
    }  # fmt: skip
    assert judged(procedure=STANDARD | shown_only) == {}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": None}, "procedure.type must be one of microneedling"),
        ({"type": "laser"}, "procedure.type must be one of microneedling"),
        ({"needle_depth_mm": -1}, "procedure.needle_depth_mm must not be negative"),
        ({"needle_depth_mm": "1"}, "procedure.needle_depth_mm must be a number"),
        ({"sterile_single_use": 1}, "procedure.sterile_single_use must be one of"),
        ({"sterile_single_use": "no"}, "procedure.sterile_single_use must be one of"),
        ({"risk_factors": "diabetes"}, "procedure.risk_factors must be a list"),
        ({"risk_factors": [1]}, "procedure.risk_factors must be a list"),
        ({"performed_at": "yesterday"}, "procedure.performed_at must be an ISO date"),
        ({"performed_at": 20260328}, "procedure.performed_at must be text"),
        ({"performed_at": "2026-03-28T10:00"}, "performed_at must carry an offset"),
        ({"clinic_timezone": "Mars/Base"}, "procedure.clinic_timezone must be a time"),
        ({"clinic_timezone": "../etc"}, "procedure.clinic_timezone must be a time"),
        (
            {
                "performed_at": "0001-01-01T00:00:00+00:00",
                "clinic_timezone": "America/New_York",
            },
            "procedure.performed_at is out of range",
        ),
        ({"colour": "red"}, "procedure has an unknown key: colour"),
    ],
)
def test_an_invalid_procedure_is_an_error(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(CourseError, match=message):
        answer(course(procedure=STANDARD | changes))


# Structure


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"procedure": None}, "procedure must be an object"),
        ({"logs": None}, "logs must be a list"),
        ({"logs": {}}, "logs must be a list"),
        ({"logs": [3]}, r"logs\[0\] must be an object"),
        ({"logs": [{}]}, r"logs\[0\].day must be a whole number"),
        ({"logs": [{"day": "one"}]}, r"logs\[0\].day must be a whole number"),
        ({"logs": [{"day": 1, "submitted_on_day": "x"}]}, "submitted_on_day must be"),
        (
            {"logs": [{"day": 1}, {"day": 1, "itchy": 1}]},
            r"logs\[1\] has an unknown key",
        ),
        ({"logs": [{"day": 1, "lymph_nodes": {"side": 1}}]}, "unknown key: side"),
        ({"logs": [{"for_date": "2026-03-30"}]}, "for_date needs the procedure's"),
        ({"record_day": "x"}, "record_day must be a whole number"),
        ({"observe_until": 1.5}, "observe_until must be a whole number"),
        ({"note": "x"}, "the line has an unknown key: note"),
    ],
)
def test_a_wrong_structure_is_an_error_with_its_place(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(CourseError, match=message):
        answer(course() | changes)


@pytest.mark.parametrize("for_date", ["30 March", 20260330])
def test_a_date_that_is_none_is_an_error(for_date: object) -> None:
    dated = STANDARD | {
        "performed_at": "2026-03-28T10:00:00+00:00",
        "clinic_timezone": "Europe/London",
    }
    with pytest.raises(CourseError, match=r"logs\[0\].for_date"):
        answer(course({"for_date": for_date}, procedure=dated))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"\xff", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("3", "the line must be an object"),
        ('{"id": "a", "record_day": NaN}', "NaN is not a JSON number"),
        ('{"id": "a", "record_day": 1e99999999999999999999}', "not valid JSON"),
        ('{"id": "a", "id": "b"}', "id is given twice"),
    ],
)
def test_a_line_that_is_no_course_is_answered_with_an_error(
    line: str | bytes, message: str
) -> None:
    answered = answer_line(line)
    assert message in answered["error"]
    assert answered.keys() == {"id", "error"}


@pytest.mark.parametrize(
    ("given", "kept"), [("x", "x"), (7, 7), (None, None), ([1], None), ({}, None)]
)
def test_an_error_keeps_the_id_that_it_can_read(given: object, kept: object) -> None:
    answered = answer_line(json.dumps({"id": given}))
    assert answered["id"] == kept
    assert "procedure must be an object" in answered["error"]


def test_a_number_never_passes_through_a_binary_float() -> None:
    line = (
        '{"id": "a", "procedure": {"type": "microneedling"}, '
        '"logs": [{"day": 1, "temperature_c": 37.949999999999999999}]}'
    )
    assert answer_line(line)["raised"][0]["results"][0]["rule"] == "FEVER-LOW"


def test_a_line_may_start_with_a_byte_order_mark() -> None:
    line = b"\xef\xbb\xbf" + json.dumps(course(), default=float).encode()
    assert "error" not in answer_line(line)


def test_an_absurd_temperature_is_refused_and_the_stream_goes_on() -> None:
    line = (
        '{"id": "a", "procedure": {"type": "microneedling"}, '
        '"logs": [{"day": 1, "temperature_c": 1e999999999}]}'
    )
    answered = answer_line(line)
    assert [refused["index"] for refused in answered["rejected"]] == [0]


def test_a_depth_of_nothing_is_no_procedure() -> None:
    line = '{"id": "a", "procedure": {"type": "microneedling", "needle_depth_mm": 0}}'
    assert "error" in answer_line(line)

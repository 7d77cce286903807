"""Every log that was sent, its words, and taking one back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from aftercare.models import DailyLog
from aftercare.showing.answers import answers_of, one_line, sent_words
from tests.aftercare.log_values import every_value
from tests.aftercare.pages import words
from tests.builders import CALM, GLANDS, MONDAY, make_patient, make_treatment, send_log

DAY = timedelta(days=1)


def retract_address(log: DailyLog) -> str:
    return f"/log/{log.treatment_id}/retract/{log.pk}/"


# --- Answers in words -----------------------------------------------------------------


def test_only_what_was_said_is_in_the_words():
    log = DailyLog(
        pain=3, hot_skin=True, red_streaks=None, itch="none", numb_patch=False
    )
    assert [(said.question, said.words) for said in answers_of(log)] == [
        ("Worst pain", "3 of 10"),
        ("Hot or spreading skin", "Much hotter than the skin next to it"),
        ("Itch", "None"),
    ]


def test_a_group_says_no_only_when_every_box_was_denied():
    glands = dict.fromkeys(
        ("node_getting_bigger", "node_hard_or_fixed", "node_skin_red_over"), False
    )
    assert sent_words(DailyLog(**glands)) == {"node_more": "none of these"}
    assert sent_words(DailyLog(node_getting_bigger=False)) == {}


@pytest.mark.parametrize(
    ("column", "kept"), [value[2:] for value in every_value() if value[3] is not False]
)
def test_every_answer_has_words(column, kept):
    parts = {column: kept}
    if column.startswith("temperature"):
        parts = {"temperature_value": Decimal("38.20"), "temperature_unit": "C"}
    assert sent_words(DailyLog(**parts))


def test_a_temperature_is_told_as_it_was_typed():
    log = DailyLog(temperature_value=Decimal("101.10"), temperature_unit="F")
    assert sent_words(log) == {"temperature": "101.1 °F"}


def test_a_log_in_one_line():
    log = DailyLog(pain=1, redness="mild", swelling="none", signs_glands=True)
    assert one_line(log) == (
        "Worst pain 1 of 10, redness or darker skin mild, swelling none. "
        "Sore or swollen glands."
    )


# --- The list --------------------------------------------------------------------------


def test_the_newest_day_comes_first(maya, treatment):
    send_log(treatment, CALM, at=MONDAY - DAY)
    send_log(treatment, CALM)
    said = words(maya.get("/recovery/logs/"))
    assert said.index("Day 4, Monday 1 June") < said.index("Day 3, Sunday 31 May")


def test_a_calm_log_is_on_track_and_a_flagged_one_is_not(maya, treatment):
    send_log(treatment, CALM)
    assert "On track" in words(maya.get("/recovery/logs/"))
    send_log(treatment, GLANDS, at=MONDAY + DAY / 24)
    said = words(maya.get("/recovery/logs/"))
    assert "We will check" in said
    assert "On track" not in said


def test_both_versions_stay_with_their_fate(maya, wall, treatment):
    log = send_log(treatment, GLANDS).log
    wall.forward(minutes=2)
    maya.post(f"/log/{treatment.pk}/correct/{log.pk}/", {"signs": "worry"})
    said = words(maya.get("/recovery/logs/"))
    assert "You sent a correction at 9:02am. We keep both." in said
    assert "Does not count" in said
    assert "Sent at 9:02am, a correction" in said


def test_links_to_correct_are_there_for_three_days(maya, wall, treatment):
    send_log(treatment, CALM)
    assert b"Correct this" in maya.get("/recovery/logs/").content
    wall.forward(days=4)
    assert b"Correct this" not in maya.get("/recovery/logs/").content
    assert b"I sent this by mistake" in maya.get("/recovery/logs/").content


# --- Taking back ------------------------------------------------------------------------


def test_a_log_is_taken_back_with_the_reason(maya, treatment):
    log = send_log(treatment, GLANDS).log
    assert "Sore or swollen glands" in words(maya.get(retract_address(log)))
    answer = maya.post(retract_address(log), {"reason": "Wrong person"}, follow=True)
    assert "This log no longer counts. We keep it." in words(answer)
    assert "Taken back at 9am." in words(answer)
    assert treatment.logs.get().retraction.reason == "Wrong person"
    assert treatment.flags.open().exists()


@pytest.mark.parametrize("reason", ["", "   ", "a" * 501])
def test_taking_back_asks_why(maya, treatment, reason):
    log = send_log(treatment, GLANDS).log
    answer = maya.post(retract_address(log), {"reason": reason})
    assert answer.status_code == 422
    assert b"There is a problem" in answer.content
    assert treatment.logs.get().counts


def test_a_log_is_taken_back_once(maya, treatment):
    log = send_log(treatment, GLANDS).log
    maya.post(retract_address(log), {"reason": "Wrong person"})
    again = maya.post(retract_address(log), {"reason": "Wrong person"}, follow=True)
    assert "already corrected or taken back" in words(again)
    assert maya.get(retract_address(log)).status_code == 404


def test_a_log_of_another_patient_is_not_there(maya, nurse, treatment):
    theirs = make_treatment(nurse, make_patient(nurse, "Rosa Ibarra"))
    log = send_log(theirs, GLANDS).log
    for address in (retract_address(log), f"/log/{treatment.pk}/retract/{log.pk}/"):
        assert maya.get(address).status_code == 404
        assert maya.post(address, {"reason": "Mine"}).status_code == 404
    assert theirs.logs.get().counts

"""My recovery: what was answered, drawn against what we expect."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.services.retract_log import retract_log
from aftercare.showing.course import course_of
from aftercare.showing.moments import clock_of
from aftercare.showing.recovery import plots_of
from aftercare.showing.recovery_page import recovery_page
from tests.aftercare.pages import words
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_treatment,
    send_log,
)

DAY = timedelta(days=1)


def series(treatment, now=MONDAY):
    """The plots of a treatment's page by title."""
    return {plot.title: plot for plot in page_of(treatment, now).plots}


def page_of(treatment, now=MONDAY):
    clock = clock_of(treatment.patient, now)
    return recovery_page(treatment.patient, clock, str(treatment.pk))


def take_back(log):
    retract_log(
        treatment_id=log.treatment_id,
        log_id=log.pk,
        by=log.treatment.patient,
        reason="Wrong day",
        at=log.submitted_at + DAY / 24,
    )


def reading_logs(captured):
    return sum('FROM "aftercare_dailylog"' in q["sql"] for q in captured)


def test_without_logs_the_page_shows_what_we_expect(maya):
    page = maya.get("/recovery/")
    assert "Here is what we expect." in words(page)
    assert page.content.decode().count('role="img"') == 3


def test_calm_logs_are_as_we_expect(maya, treatment):
    send_log(treatment, CALM)
    assert "All as we expect on day 4." in words(maya.get("/recovery/"))


def test_more_than_we_expect_is_said_first(maya, treatment):
    send_log(treatment, CALM | {"pain": 9})
    said = words(maya.get("/recovery/"))
    assert (
        "Your pain is more than we expect on day 4. A nurse is looking at this." in said
    )
    assert "All as we expect" not in said


def test_a_warning_sign_is_never_all_as_we_expect(maya, treatment):
    send_log(treatment, GLANDS)
    said = words(maya.get("/recovery/"))
    assert "All as we expect" not in said
    assert "On day 4" in said[said.index("Warning signs") :]


def test_a_day_without_a_log_is_not_logged_and_not_none(maya, treatment):
    send_log(treatment, CALM, at=MONDAY - 3 * DAY)
    send_log(treatment, CALM, at=MONDAY - DAY)
    said = words(maya.get("/recovery/"))
    assert "Day 1 None Day 2 Not logged Day 3 None" in said


def test_a_long_course_is_read_in_one_query_like_a_short_one(maya, treatment):
    """Whatever was logged, corrected or taken back; only what is drawn is read."""
    send_log(treatment, GLANDS, at=MONDAY - 4 * DAY)
    with CaptureQueriesContext(connection) as short:
        maya.get("/recovery/")
    everything = {"itch": "mild", "peeling": "mild", "bruising": "mild", "pain": 9}
    for day in (3, 2, 1):
        log = send_log(
            treatment, GLANDS, fever(), everything, at=MONDAY - day * DAY
        ).log
    send_log(treatment, CALM, corrects=log.pk, at=MONDAY)
    take_back(send_log(treatment, GLANDS, at=MONDAY).log)
    with CaptureQueriesContext(connection) as long:
        maya.get("/recovery/")
    assert reading_logs(long) == reading_logs(short) == 1


def test_what_was_not_asked_is_not_drawn_as_none(treatment):
    send_log(treatment, {"signs_worry": True})
    assert series(treatment)["Pain, 0 to 10"].values == {}
    assert "Swollen glands" not in series(treatment)


def test_none_of_these_is_drawn_as_no(treatment):
    send_log(treatment, CALM)
    assert series(treatment)["Swollen glands"].values == {4: 0}


def test_a_ticked_tile_is_drawn_as_yes(treatment):
    send_log(treatment, {"signs_glands": True})
    assert series(treatment)["Swollen glands"].values == {4: 1}


def test_of_two_logs_of_a_day_the_worst_is_drawn(treatment):
    send_log(treatment, CALM | {"pain": 6})
    send_log(treatment, CALM | {"redness": "moderate"}, at=MONDAY + DAY / 24)
    drawn = series(treatment)
    assert drawn["Pain, 0 to 10"].values == {4: 6}
    assert drawn["Redness or darker skin"].values == {4: 2}


def test_a_log_taken_back_is_not_drawn(treatment):
    take_back(send_log(treatment, CALM | {"pain": 6}).log)
    assert series(treatment)["Pain, 0 to 10"].values == {}


def test_a_log_from_before_the_treatment_is_not_drawn(nurse, treatment):
    coming = make_treatment(
        nurse, treatment.patient, performed_at=MONDAY + 3 * DAY, at=MONDAY
    )
    send_log(coming, CALM | {"pain": 6})
    assert series(coming, MONDAY + 4 * DAY)["Pain, 0 to 10"].values == {}


def test_a_log_that_was_put_right_is_not_drawn(treatment):
    wrong = send_log(treatment, CALM | {"pain": 6}).log
    send_log(treatment, CALM | {"pain": 2}, corrects=wrong.pk, at=MONDAY + DAY / 24)
    assert series(treatment)["Pain, 0 to 10"].values == {4: 2}


def test_the_page_reads_fewer_columns_and_shows_the_same(nurse, treatment):
    """As the pages that read whole logs: before and after, corrected, taken back."""
    coming = make_treatment(
        nurse, treatment.patient, performed_at=MONDAY + DAY / 2, at=MONDAY - DAY
    )
    worse = {"pain": 4, "itch": "severe", "peeling": "mild", "bruising": "moderate"}
    send_log(coming, CALM | worse, at=MONDAY)
    for day in range(1, 6):
        answers = (CALM, worse, GLANDS, fever(f"38.{day}"))[: day % 4 + 1]
        wrong = send_log(coming, *answers, at=MONDAY + day * DAY).log
    send_log(coming, CALM | worse, corrects=wrong.pk, at=MONDAY + 5.1 * DAY)
    take_back(send_log(coming, EMERGENCY, at=MONDAY + 5.2 * DAY).log)
    page = page_of(coming, MONDAY + 6 * DAY)
    course = course_of(coming, clock_of(coming.patient, MONDAY + 6 * DAY))
    assert len(course.counting) == len(page.told) + 1 == 6
    assert page.plots == plots_of(coming, course.counting, course.today)
    assert page.levels.keys() == course.logged_days


def test_a_temperature_is_drawn_in_celsius_with_its_line(treatment):
    send_log(treatment, CALM, fever("38.2"))
    drawn = series(treatment)["Temperature"]
    assert drawn.values == {4: 38.2}
    assert drawn.call_line == 38.0
    assert drawn.gist == "38.2 °C on day 4"


def test_the_band_is_that_of_the_depth(nurse, treatment):
    light = make_treatment(nurse, depth="0.3")
    assert series(light)["Redness or darker skin"].band[:3] == (2, 1, 1)
    assert series(treatment)["Redness or darker skin"].band[:3] == (3, 2, 2)


def test_all_plots_share_one_axis(treatment):
    send_log(treatment, CALM, at=MONDAY + 20 * DAY)
    ends = {plot.end for plot in series(treatment, MONDAY + 20 * DAY).values()}
    assert ends == {24}


def test_the_same_answers_stand_in_a_table(maya, treatment):
    send_log(treatment, CALM | {"pain": 2})
    html = maya.get("/recovery/").content.decode()
    assert "Show as a table" in html
    assert '<th scope="row">4</th>' in html


def test_what_concerns_the_whole_body_is_shown_beside_the_other_treatment(
    maya, nurse, treatment
):
    other = make_treatment(
        nurse, treatment.patient, performed_at=MONDAY - 10 * DAY, depth="0.3"
    )
    send_log(other, CALM | {"pain": 6}, GLANDS, fever("38.2"), {"joint_pain": True})
    page = maya.get(f"/recovery/?treatment={treatment.pk}")
    said = words(page)
    there = said[said.index("From your other treatment") :]
    assert "Monday 1 June, Microneedling" in there
    assert "Temperature 38.2 °C" in there
    assert "New aching joints" in there
    assert "Worst pain" not in there
    assert not treatment.flags.exists()


def test_nothing_is_shown_from_a_treatment_long_past(maya, nurse, treatment):
    old = make_treatment(nurse, treatment.patient, performed_at=MONDAY - 60 * DAY)
    send_log(old, GLANDS, at=MONDAY - 50 * DAY)
    assert "From your other treatment" not in words(maya.get("/recovery/"))

"""Aftercare by day: what to do, what to leave, and what we expect."""

from __future__ import annotations

from datetime import timedelta

from aftercare.services.register_treatment import void_treatment
from tests.aftercare.pages import words
from tests.builders import MONDAY, make_treatment


def test_it_opens_on_today(maya):
    page = maya.get("/aftercare/")
    assert "Aftercare today, day 4" in words(page)
    assert b'aria-current="page"><span><span class="vh">Day </span>4' in page.content


def test_another_day_is_a_link_away(maya):
    assert "Aftercare on day 1" in words(maya.get("/aftercare/1/"))
    assert "make-up" in words(maya.get("/aftercare/0/")).lower()


def test_a_day_beyond_the_course_is_not_there(maya):
    assert maya.get("/aftercare/28/").status_code == 200
    assert maya.get("/aftercare/29/").status_code == 404
    assert maya.get(f"/aftercare/{'9' * 40}/").status_code == 404


def test_long_after_it_opens_on_the_last_day(maya, wall):
    wall.forward(days=90)
    assert "Aftercare on day 28" in words(maya.get("/aftercare/"))


def test_before_the_treatment_it_says_so(maya, nurse, treatment):
    void_treatment(
        treatment_id=treatment.pk, by=nurse, reason="Wrong person", at=MONDAY
    )
    make_treatment(
        nurse, treatment.patient, performed_at=MONDAY + timedelta(days=2), at=MONDAY
    )
    assert "Before your treatment" in words(maya.get("/aftercare/"))
    assert "Aftercare on day 0" in words(maya.get("/aftercare/0/"))


def test_it_names_when_to_call(maya):
    said = words(maya.get("/aftercare/"))
    assert "Call us if you get swollen glands a fever pus" in said

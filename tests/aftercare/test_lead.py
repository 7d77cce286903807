"""What a patient's page leads with never hides the newest sign behind an older call."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.services.silence import check_silence
from tests.aftercare.pages import call, close, look, words
from tests.builders import CALM, EMERGENCY, GLANDS, MONDAY, fever, send_log

TUESDAY = MONDAY + timedelta(days=1)


def test_nobody_with_an_emergency_is_told_to_wait_and_call_the_clinic(
    maya, wall, treatment
):
    log = send_log(treatment, EMERGENCY).log
    wall.forward(hours=3)
    page = words(maya.get(f"/advice/{log.pk}/"))
    assert "We are running late. We are sorry. Do not wait for us." in page
    assert "If you cannot wait, call us" not in page


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (EMERGENCY, "Call 999 now"),
        ({"signs_pus": True, "discharge_pus": True}, "Call the clinic today"),
    ],
)
def test_a_worse_sign_after_a_call_leads_with_what_to_do_now(
    maya, wall, treatment, nurse, sign, said
):
    send_log(treatment, GLANDS)
    call(treatment, nurse, MONDAY + timedelta(hours=1), "spoke")
    wall.now = TUESDAY
    send_log(treatment, sign, at=TUESDAY)
    page = words(maya.get("/today/"))
    assert said in page
    assert "is looking after this" not in page


def test_after_a_call_about_all_of_it_the_page_names_who_is_on_it(
    maya, wall, treatment, nurse
):
    send_log(treatment, GLANDS)
    call(treatment, nurse, MONDAY + timedelta(hours=1), "spoke")
    wall.forward(hours=2)
    assert "Priya Nair is looking after this" in words(maya.get("/today/"))


def test_a_patient_who_was_not_reached_is_asked_to_call_back_and_not_told_of_lateness(
    maya, wall, treatment, nurse
):
    send_log(treatment, GLANDS)
    call(treatment, nurse, MONDAY + timedelta(hours=1), "no_answer")
    wall.now = MONDAY + timedelta(days=3)
    page = words(maya.get("/today/"))
    assert "We tried to call you" in page
    assert "Please call us back." in page
    assert "running late" not in page


def test_an_older_advice_page_leads_with_the_flag_that_rose(maya, wall, treatment):
    four = {"overall_change": "same", "pain": 0, "redness": "none", "swelling": "none"}
    old = send_log(treatment, four, {"signs_rash": True, "hives": "local"}).log
    wall.forward(hours=1)
    worse = {"signs_rash": True, "hives": "widespread"}
    send_log(treatment, four, worse, at=wall.now)
    assert "Call the clinic today" in words(maya.get(f"/advice/{old.pk}/"))


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            GLANDS,
            CALM | {"contact_request": True},
            "We will contact you by tomorrow, 6pm",
        ),
        (fever(), {"signs_pus": True, "discharge_pus": True}, "Call the clinic today"),
    ],
    ids=["routine", "urgent"],
)
def test_two_logs_that_ask_for_the_same_are_not_told_twice_on_one_page(
    maya, wall, treatment, first, second, said
):
    logs = [send_log(treatment, answers).log for answers in (first, second)]
    for log, other in (logs, logs[::-1]):
        page = maya.get(f"/advice/{log.pk}/")
        assert page.content.decode().count(f"{said}</h2>") == 1
        assert "The same goes for something else we want to look at." in words(page)
        assert f'href="/advice/{other.pk}/">See what to do' in page.content.decode()


def test_a_call_that_nobody_answered_is_still_told_where_the_rest_is_the_same(
    maya, wall, treatment, nurse
):
    pus = {"signs_pus": True, "discharge_pus": True}
    send_log(treatment, fever())
    call(treatment, nurse, wall.forward(minutes=5), "no_answer")
    log = send_log(treatment, pus, at=wall.forward(minutes=5)).log
    page = words(maya.get(f"/advice/{log.pk}/"))
    assert "We tried to call you at 9:05am. Please call us back." in page


def test_what_staff_wrote_about_silence_reaches_the_first_page(
    maya, wall, treatment, nurse
):
    send_log(treatment, fever())
    call(treatment, nurse, MONDAY, "spoke")
    close(treatment, nurse, MONDAY + timedelta(minutes=1))
    check_silence(MONDAY + timedelta(days=2, hours=4))
    wall.now = MONDAY + timedelta(days=2, hours=5)
    call(treatment, nurse, wall.now, "spoke")
    close(treatment, nurse, wall.now, message="Glad we spoke. Please log today.")
    assert "Glad we spoke. Please log today." in words(maya.get("/today/"))
    wall.forward(days=4)
    assert "Glad we spoke." not in words(maya.get("/today/"))


def test_a_call_asked_for_and_made_is_told_on_the_page_that_asked(
    maya, wall, treatment, nurse
):
    log = send_log(treatment, CALM).log
    maya.post(f"/advice/{log.pk}/call-me/")
    look(treatment, nurse, MONDAY)
    call(treatment, nurse, MONDAY + timedelta(hours=1), "spoke")
    wall.forward(hours=2)
    close(treatment, nurse, wall.now, message="Make-up is fine from Saturday.")
    page = words(maya.get(f"/advice/{log.pk}/"))
    assert "Priya Nair spoke to you" in page
    assert "Make-up is fine from Saturday." in page


def test_a_detail_under_a_tile_that_was_not_ticked_is_no_reason_for_green(
    maya, treatment
):
    sent = send_log(treatment, CALM, {"hot_skin": True})
    assert sent.advice.level < 2
    assert not sent.advice.green
    assert b"care--ok" not in maya.get("/today/").content

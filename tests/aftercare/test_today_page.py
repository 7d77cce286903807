"""The first page: today's log, or what to do now that it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.services.create_clinic import close_on
from aftercare.services.register_treatment import void_treatment
from tests.aftercare.pages import call, close, look, queries_of, words
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_patient,
    make_treatment,
    send_log,
)
from tests.signing_in import sign_in

SICK = GLANDS | fever()
WORRIED = CALM | {"none_of_these": False, "signs_worry": True, "contact_request": True}
SATURDAY = MONDAY - timedelta(days=2)
PAGES = ("/today/", "/recovery/", "/recovery/logs/", "/aftercare/")


def test_if_today_is_not_logged_the_page_is_the_log(maya, treatment):
    html = maya.get("/today/").content.decode()
    assert "How is your skin today?" in html
    assert f'action="/log/{treatment.pk}/"' in html


def test_after_the_log_it_says_what_it_came_to(maya, treatment):
    send_log(treatment, CALM)
    page = maya.get("/today/")
    assert "This is what we expect on day 4" in words(page)
    assert b"care--ok" in page.content
    assert b"Add another log" in page.content


def test_days_that_can_still_be_logged_are_named(maya, treatment):
    send_log(treatment, CALM)
    said = words(maya.get("/today/"))
    assert "Your log for day 3 is still open." in said
    assert "Your log for day 1 is still open." in said
    assert "day 0 is still open" not in said


def test_a_missed_day_is_no_reproach(maya, treatment):
    assert "We missed you yesterday. Just tell us" in words(maya.get("/today/"))
    send_log(treatment, CALM, at=MONDAY - timedelta(days=1))
    assert "We missed you" not in words(maya.get("/today/"))


@pytest.mark.parametrize(
    ("day", "asked"), [(14, True), (15, False), (21, True), (42, True)]
)
def test_a_log_is_asked_for_daily_for_two_weeks_and_then_on_some_days(
    maya, wall, treatment, day, asked
):
    wall.forward(days=day - 4)
    assert ("How is your skin today?" in words(maya.get("/today/"))) is asked


def test_between_them_the_page_says_when_we_ask_again_and_takes_a_log(
    maya, wall, treatment
):
    wall.forward(days=13)
    page = maya.get("/today/")
    assert "We ask you again on day 21, Thursday 18 June." in words(page)
    assert f'href="/log/{treatment.pk}/"' in page.content.decode()


def test_after_half_a_year_there_is_only_the_telephone(maya, wall, treatment):
    wall.forward(days=177)
    page = maya.get(f"/log/{treatment.pk}/", follow=True)
    assert "The time for logs is over" in words(page)
    assert "tel:02079460311" in page.content.decode()


def test_before_the_treatment_the_page_asks_how_the_skin_is(maya, nurse, treatment):
    void_treatment(
        treatment_id=treatment.pk, by=nurse, reason="Wrong person", at=MONDAY
    )
    make_treatment(
        nurse, treatment.patient, performed_at=MONDAY + timedelta(days=2), at=MONDAY
    )
    assert "before your treatment" in words(maya.get("/today/"))


def test_without_a_treatment_the_page_says_so(wall, nurse, client):
    sign_in(client, make_patient(nurse))
    for path in PAGES:
        assert "Nothing to log yet" in words(client.get(path))


def test_the_newest_treatment_that_has_begun_is_todays(maya, nurse, treatment):
    newer = make_treatment(
        nurse, treatment.patient, performed_at=MONDAY - timedelta(days=1)
    )
    make_treatment(
        nurse, treatment.patient, performed_at=MONDAY + timedelta(days=9), at=MONDAY
    )
    assert f'action="/log/{newer.pk}/"' in maya.get("/today/").content.decode()
    asked = maya.get(f"/today/?treatment={treatment.pk}").content.decode()
    assert f'action="/log/{treatment.pk}/"' in asked


@pytest.mark.parametrize("path", PAGES)
def test_a_treatment_of_somebody_else_is_not_there(maya, nurse, path):
    theirs = make_treatment(nurse, make_patient(nurse, "Rosa Ibarra"))
    for key in (theirs.pk, "nonsense"):
        assert maya.get(f"{path}?treatment={key}").status_code == 404


# --- While a flag is open -----------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, "/help/"])
def test_every_page_leads_with_the_promise_and_shows_no_green(
    maya, wall, treatment, path
):
    send_log(treatment, CALM, at=MONDAY - timedelta(days=1))
    send_log(treatment, WORRIED)
    html = maya.get(path).content.decode()
    assert html.index('id="lead-title"') < html.index("<h1>")
    assert "We will contact you by tomorrow, 6pm" in html
    assert "care--ok" not in html
    assert "tag--ok" not in html


def lead(client) -> str:
    said = words(client.get("/today/"))
    return said[: said.index("Hello Maya")]


def test_an_urgent_flag_leads_with_the_call_and_the_promise(maya, treatment):
    send_log(treatment, SICK)
    assert "Urgent Call the clinic today A nurse will look by 11am." in lead(maya)
    assert "Call 020 7946 0311" in lead(maya)


def test_out_of_hours_nobody_is_told_to_wait_for_the_clinic(maya, wall, treatment):
    wall.now = SATURDAY
    send_log(treatment, SICK, at=SATURDAY)
    assert "Call 111 today The clinic is closed until Monday, 8:30am." in lead(maya)
    assert "Do not wait for us." in lead(maya)
    assert "Call the clinic" not in lead(maya)


def test_shortly_before_closing_nobody_is_told_to_wait_either(maya, wall, treatment):
    wall.forward(hours=8)
    send_log(treatment, SICK, at=wall.now)
    assert "Call 111 today The clinic closes soon. Do not wait for us." in lead(maya)


def test_a_clinic_that_stays_closed_promises_nothing(maya, clinic, treatment):
    close_on(clinic=clinic, days=[MONDAY.date() + timedelta(days=n) for n in range(20)])
    sent = send_log(treatment, WORRIED)
    assert "Call 111 about this A nurse will look when the clinic opens." in lead(maya)
    said = words(maya.get(f"/advice/{sent.log.pk}/"))
    assert "A nurse will look when the clinic opens" in said
    assert " by " not in said[said.index("Who has seen this") :].partition("Until")[0]
    send_log(treatment, SICK, at=MONDAY + timedelta(minutes=1))
    assert "Call 111 today The clinic is closed. Do not wait for us." in lead(maya)


def test_an_emergency_leads_with_its_number(maya, treatment):
    send_log(treatment, EMERGENCY)
    assert "Call 999 now if it is still there" in lead(maya)


def test_once_somebody_looked_the_lead_says_who(maya, wall, nurse, treatment):
    send_log(treatment, SICK)
    look(treatment, nurse, wall.forward(minutes=4))
    assert "Priya Nair looked at 9:04am." in lead(maya)


def test_a_call_nobody_answered_comes_first(maya, wall, nurse, treatment):
    send_log(treatment, SICK)
    call(treatment, nurse, wall.forward(minutes=4), "left_message")
    assert "We tried to call you at 9:04am. Please call us back." in lead(maya)


def test_once_we_spoke_nobody_need_call(maya, wall, nurse, treatment):
    send_log(treatment, SICK)
    call(treatment, nurse, wall.forward(minutes=4), "spoke")
    assert "Priya Nair is looking after this We spoke to you at 9:04am." in lead(maya)


def test_a_promise_that_was_broken_is_late(maya, wall, treatment):
    send_log(treatment, WORRIED)
    wall.forward(days=2)
    assert "We said yesterday, 6pm We are running late. We are sorry." in lead(maya)


def test_once_it_is_closed_nothing_leads(maya, wall, nurse, treatment):
    send_log(treatment, SICK)
    call(treatment, nurse, wall.forward(minutes=4), "spoke")
    close(treatment, nurse, wall.forward(minutes=4))
    for path in (*PAGES, "/help/"):
        assert b'id="lead-title"' not in maya.get(path).content


def test_a_flag_of_another_treatment_leads_too(maya, nurse, treatment):
    send_log(treatment, SICK)
    make_treatment(nurse, treatment.patient, performed_at=MONDAY - timedelta(days=1))
    assert "Call the clinic today" in lead(maya)


def test_a_promise_to_somebody_else_leads_nowhere(maya, nurse):
    send_log(make_treatment(nurse, make_patient(nurse, "Rosa Ibarra")), SICK)
    assert b'id="lead-title"' not in maya.get("/today/").content


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("logs", [0, 9])
def test_a_page_takes_six_queries_however_much_is_on_it(
    maya, wall, nurse, treatment, path, logs
):
    for _ in range(logs):
        send_log(treatment, SICK, at=wall.forward(minutes=1))
    if logs:
        look(treatment, nurse, wall.forward(minutes=1))
        call(treatment, nurse, wall.forward(minutes=1), "no_answer")
        make_treatment(
            nurse, treatment.patient, performed_at=MONDAY - timedelta(days=30)
        )
    asked = queries_of(maya, path)
    assert len(asked) <= 6, "\n".join(asked)

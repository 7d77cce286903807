"""What to do next: the advice as it was shown, and who has seen it since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from aftercare.services.follow_up import undo_acknowledgement
from aftercare.services.retract_log import retract_log
from aftercare.warning_signs.vocabulary import Outcome
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

SATURDAY = MONDAY - timedelta(days=2)
RED = CALM | {"redness": "severe"}
WORRIED = CALM | {"none_of_these": False, "signs_worry": True, "contact_request": True}
TIRED = CALM | {"none_of_these": False, "signs_unwell": True, "fatigue": "mild"}
SICK = GLANDS | fever()


def page_of(sent) -> str:
    return f"/advice/{sent.log.pk}/"


def read(client, sent) -> Any:
    answer = client.get(page_of(sent))
    assert answer.status_code == 200
    return answer


# --- Levels and hours -----------------------------------------------------------------


@pytest.mark.parametrize("at", [MONDAY, SATURDAY], ids=["open", "closed"])
@pytest.mark.parametrize(
    ("answers", "level"),
    [(EMERGENCY, "EMERGENCY"), (SICK, "URGENT"), (WORRIED, "PROMPT")],
    ids=["emergency", "urgent", "prompt"],
)
def test_a_flagged_page_names_a_time_and_another_way_and_shows_no_green(
    maya, wall, treatment, answers, level, at
):
    wall.now = at
    html = read(maya, send_log(treatment, answers, at=at)).content.decode()
    assert f'data-level="{level}"' in html
    assert "care--ok" not in html
    assert "tag--ok" not in html
    assert " by " in html[html.index("Who has seen this") :]
    assert "Cannot" in html


@pytest.mark.parametrize("answers", [EMERGENCY, SICK], ids=["emergency", "urgent"])
def test_where_calling_is_what_to_do_it_stands_first(maya, treatment, answers):
    html = read(maya, send_log(treatment, answers)).content.decode()
    main = html[html.index('class="care__body"') :]
    assert main.index('href="tel:') < main.index("Why we say this")
    assert main.index('href="tel:') < main.index("<p>")


def test_closed_the_urgent_page_sends_to_the_out_of_hours_line(maya, wall, treatment):
    wall.now = SATURDAY
    html = read(
        maya, send_log(treatment, GLANDS, fever(), at=SATURDAY)
    ).content.decode()
    assert html.index('href="tel:111"') < html.index("Why we say this")
    assert "Call the clinic today" not in html


def test_an_emergency_names_no_clinic_time_in_what_to_do(maya, treatment):
    said = words(read(maya, send_log(treatment, EMERGENCY)))
    assert "9:15am" not in said[: said.index("Who has seen this")]


def test_a_calm_page_says_what_we_expect_and_when_to_call(maya, treatment):
    page = read(maya, send_log(treatment, CALM))
    assert b"care--ok" in page.content
    assert "This is what we expect on day 4" in words(page)
    assert "swollen glands, a fever, pus, bad pain or fast swelling" in words(page)


def test_a_ticked_sign_never_shows_green_however_calm(maya, treatment):
    sent = send_log(treatment, TIRED)
    assert sent.advice.level < 2
    assert b"care--ok" not in read(maya, sent).content


def test_green_goes_when_a_flag_opens_elsewhere(maya, wall, treatment):
    calm = send_log(treatment, CALM)
    assert b"care--ok" in read(maya, calm).content
    send_log(treatment, GLANDS, at=wall.forward(hours=1))
    html = read(maya, calm).content.decode()
    assert "care--ok" not in html
    assert html.index('id="lead-title"') < html.index("<h1>")
    assert "See what to do now" in html


def test_the_page_is_read_again_and_never_worked_out_again(maya, treatment, clinic):
    sent = send_log(treatment, GLANDS, fever())
    clinic.phone = "020 7946 0999"
    clinic.save()
    html = read(maya, sent).content.decode()
    assert "Call 020 7946 0311" in html


# --- Who has seen this ------------------------------------------------------------------


def tracker(client, sent) -> str:
    said = words(read(client, sent))
    return said[said.index("Who has seen this") : said.index("Until we speak")]


def test_first_we_have_the_log_and_say_by_when_somebody_looks(maya, treatment):
    said = tracker(maya, send_log(treatment, SICK))
    assert "We have your log At 9am" in said
    assert "A nurse will look by 11am" in said


def test_a_routine_flag_promises_a_contact(maya, treatment):
    said = tracker(maya, send_log(treatment, WORRIED))
    assert "A nurse will look at your log We will contact you by tomorrow, 6pm" in said


def test_a_routine_flag_that_was_looked_at_still_names_its_contact(
    maya, wall, nurse, treatment
):
    sent = send_log(treatment, WORRIED)
    look(treatment, nurse, wall.forward(minutes=17))
    assert "We speak to you By tomorrow, 6pm" in tracker(maya, sent)
    wall.forward(days=2)
    assert "We said yesterday, 6pm. We are running late." in tracker(maya, sent)


def test_then_it_says_who_looked_and_when(maya, wall, nurse, treatment):
    sent = send_log(treatment, SICK)
    look(treatment, nurse, wall.forward(minutes=17))
    assert "Priya Nair looked at 9:17am" in tracker(maya, sent)
    assert "will look" not in tracker(maya, sent)


def test_a_look_that_was_undone_is_no_look(maya, wall, nurse, treatment):
    sent = send_log(treatment, SICK)
    step = look(treatment, nurse, wall.forward(minutes=1))
    undo_acknowledgement(
        treatment_id=treatment.pk,
        step_id=step.pk,
        by=nurse,
        at=wall.forward(seconds=5),
    )
    assert "A nurse will look by 11am" in tracker(maya, sent)


def test_a_look_before_it_got_worse_is_no_look(maya, wall, nurse, treatment):
    send_log(treatment, CALM, {"pain": 5, "none_of_these": True})
    send_log(treatment, RED, at=wall.forward(minutes=1))
    look(treatment, nurse, wall.forward(minutes=1))
    worse = send_log(treatment, SICK, at=wall.forward(minutes=1))
    assert "A nurse will look by" in tracker(maya, worse)


def test_a_call_that_nobody_answered_asks_to_be_called_back(
    maya, wall, nurse, treatment
):
    sent = send_log(treatment, SICK)
    call(treatment, nurse, wall.forward(minutes=5), "no_answer")
    said = tracker(maya, sent)
    assert "We tried to call you at 9:05am Please call us back." in said
    assert "We speak to you" in said


def test_a_visit_is_told_as_one(maya, wall, nurse, treatment):
    sent = send_log(treatment, SICK)
    call(treatment, nurse, wall.forward(minutes=5), "seen")
    assert "Priya Nair saw you at 9:05am" in tracker(maya, sent)


def test_a_flag_closed_without_a_look_names_who_closed_it(maya, wall, nurse, treatment):
    sent = send_log(treatment, SICK)
    close(treatment, nurse, wall.forward(minutes=5), outcome=Outcome.SENT_BY_MISTAKE)
    assert "Priya Nair looked at 9:05am" in tracker(maya, sent)


def test_a_broken_promise_is_said_to_be_late_and_never_moved(maya, wall, treatment):
    sent = send_log(treatment, SICK)
    wall.forward(hours=3)
    said = tracker(maya, sent)
    assert "We said 11am" in said
    assert "We are running late. We are sorry. If you cannot wait, call us." in said


def test_after_a_review_it_says_who_and_shows_the_message(maya, wall, nurse, treatment):
    sent = send_log(treatment, SICK)
    call(treatment, nurse, wall.forward(minutes=5), "spoke")
    close(treatment, nurse, wall.forward(minutes=5), "Keep it dry.\nSee you <Tuesday>.")
    page = read(maya, sent)
    said = words(page)
    assert "Priya Nair spoke to you at 9:05am" in said
    assert "Priya Nair finished with this at 9:10am" in said
    assert "From Priya Nair, at 9:10am Keep it dry. See you <Tuesday>." in said
    assert b"care--ok" not in page.content


def test_a_message_from_another_log_is_not_repeated(maya, wall, nurse, treatment):
    send_log(treatment, SICK)
    call(treatment, nurse, wall.forward(minutes=5), "spoke")
    close(treatment, nurse, wall.forward(minutes=5), "Keep it dry.")
    later = send_log(treatment, CALM, at=wall.forward(minutes=5))
    assert "Keep it dry." not in words(read(maya, later))


def test_a_repeat_of_what_was_looked_at_makes_no_promise(maya, wall, nurse, treatment):
    send_log(treatment, RED)
    call(treatment, nurse, wall.forward(minutes=5), "spoke")
    close(treatment, nurse, wall.forward(minutes=5))
    said = words(read(maya, send_log(treatment, RED, at=wall.forward(hours=1))))
    assert "Priya Nair" in said
    assert "We will contact you by" not in said
    assert "A nurse will look" not in said


def test_on_another_day_moments_carry_their_day(maya, wall, nurse, treatment):
    sent = send_log(treatment, SICK)
    look(treatment, nurse, wall.forward(minutes=17))
    wall.forward(days=1)
    assert "Priya Nair looked yesterday at 9:17am" in tracker(maya, sent)
    wall.forward(days=1)
    assert "Priya Nair looked on Monday 1 June at 9:17am" in tracker(maya, sent)


def test_where_the_patients_clock_differs_the_zone_is_named(maya, treatment):
    treatment.patient.zone = "America/New_York"
    treatment.patient.save()
    assert "by 11am (London time)" in tracker(maya, send_log(treatment, SICK))


# --- Ask us to call you -----------------------------------------------------------------


def test_one_press_asks_for_a_call_on_the_known_number(maya, treatment):
    sent = send_log(treatment, GLANDS)
    answer = maya.post(f"{page_of(sent)}call-me/", {"best_number": "", "best_time": ""})
    assert answer.status_code == 303
    request = treatment.call_requests.get()
    assert (request.number, request.best_time) == ("07700 900318", None)
    assert "You asked us to call you." in words(maya.get(answer["Location"]))


def test_a_call_may_be_asked_for_on_another_number_at_a_time(maya, treatment):
    sent = send_log(treatment, CALM)
    maya.post(
        f"{page_of(sent)}call-me/",
        {"best_number": "07700 900999", "best_time": "after_5"},
    )
    request = treatment.call_requests.get()
    assert (request.number, request.best_time) == ("07700 900999", "after_5")
    assert b"care--ok" not in maya.get(page_of(sent)).content


def test_pressing_twice_is_one_request(maya, treatment):
    sent = send_log(treatment, CALM)
    for _ in range(2):
        maya.post(f"{page_of(sent)}call-me/")
    assert treatment.call_requests.count() == 1


def test_without_any_number_we_ask_for_one(maya, treatment):
    treatment.patient.phone = ""
    treatment.patient.save()
    sent = send_log(treatment, CALM)
    answer = maya.post(f"{page_of(sent)}call-me/")
    assert answer.status_code == 422
    assert b"Type the number that we should call." in answer.content
    assert not treatment.call_requests.exists()


def test_an_unknown_time_is_no_request(maya, treatment):
    sent = send_log(treatment, CALM)
    answer = maya.post(f"{page_of(sent)}call-me/", {"best_time": "midnight"})
    assert answer.status_code == 422


def test_asking_for_a_call_is_posted(maya, treatment):
    sent = send_log(treatment, CALM)
    assert maya.get(f"{page_of(sent)}call-me/").status_code == 405


# --- Fate, and whose --------------------------------------------------------------------


def test_a_log_taken_back_keeps_its_advice_and_says_so(maya, wall, treatment):
    sent = send_log(treatment, CALM)
    retract_log(
        treatment_id=treatment.pk,
        log_id=sent.log.pk,
        by=treatment.patient,
        reason="Wrong day",
        at=wall.forward(minutes=5),
    )
    page = read(maya, sent)
    assert "This log no longer counts." in words(page)
    assert b"care--ok" not in page.content


def test_a_log_by_telephone_says_so(maya, nurse, treatment):
    sent = send_log(treatment, CALM, by=nurse)
    assert "Your log was taken by telephone at 9am." in words(read(maya, sent))


def test_the_advice_of_another_patient_is_not_there(maya, nurse):
    theirs = make_treatment(nurse, make_patient(nurse, "Rosa Ibarra"))
    sent = send_log(theirs, GLANDS)
    assert maya.get(page_of(sent)).status_code == 404
    assert maya.post(f"{page_of(sent)}call-me/").status_code == 404
    assert not theirs.call_requests.exists()


def test_staff_have_pages_of_their_own(maya, nurse, treatment, client):
    sign_in(client, nurse)
    sent = send_log(treatment, GLANDS)
    assert client.get(page_of(sent)).status_code == 404


@pytest.mark.parametrize("at", [MONDAY, SATURDAY], ids=["open", "closed"])
def test_the_advice_takes_six_queries(maya, wall, nurse, treatment, at: datetime):
    wall.now = at
    sent = send_log(treatment, RED, GLANDS, fever(), at=at)
    look(treatment, nurse, at + timedelta(minutes=1))
    call(treatment, nurse, at + timedelta(minutes=2), "no_answer")
    send_log(treatment, {"contact_request": True}, at=at + timedelta(minutes=3))
    asked = queries_of(maya, page_of(sent))
    assert len(asked) <= 6, "\n".join(asked)

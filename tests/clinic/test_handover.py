"""The handover: everything that is open on one page, and who has read it by name."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import (
    AuditEntry,
    Duty,
    Handover,
    MessageChannel,
    MessageKind,
    OutgoingMessage,
)
from aftercare.promise.cover import Shift, taking_over
from aftercare.services.follow_up import Contact, NotPossible, log_contact, snooze
from aftercare.services.handover import read_handover
from aftercare.services.ladder import climb_ladder
from tests.aftercare.pages import queries_of, words
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)
from tests.clinic.conftest import named, spoke

PAGE = "/handover/"


def part(page, title):
    """What the page says under a heading; empty where the part is left out."""
    parts = page.content.decode().split('<section class="handed">')[1:]
    [found, *_] = [one for one in parts if title in one] or [""]
    text = re.sub(r"<[^>]+>", " ", found.partition("</section>")[0])
    return " ".join(html.unescape(text).split())


def on_duty(staff, starts, ends, backup=None):
    """A turn, in hours from 9am of Monday."""
    return Duty.objects.create(
        clinic=staff.clinic,
        staff=staff,
        backup=backup,
        starts_at=MONDAY + timedelta(hours=starts),
        ends_at=MONDAY + timedelta(hours=ends),
    )


# --- Who takes over ---------------------------------------------------------------------


def shift(starts, ends, staff):
    at = MONDAY
    return Shift(staff, None, at + timedelta(hours=starts), at + timedelta(hours=ends))


def test_the_next_shift_takes_over_and_one_that_has_just_begun_still_does(nurse, lead):
    first, second = shift(-1, 5, nurse.pk), shift(5, 9, lead.pk)
    both = shift(5, 8, nurse.pk)

    def at(hours):
        return taking_over([second, first, both], MONDAY + timedelta(hours=hours))

    assert at(-1.5) == at(-0.5) == (first,)
    assert at(0.1) == at(4.9) == at(5.9) == (second, both)
    assert at(6.1) == at(9) == ()


def test_by_the_rota_the_page_names_who_takes_over(nurse, lead, signed_in, wall):
    on_duty(nurse, -1, 5)
    on_duty(lead, 5, 9)
    wall.forward(hours=4)
    page = words(signed_in(nurse).get(PAGE))
    assert "Lena Hart takes over today 2pm–6pm." in page


def test_two_take_over_together(nurse, lead, signed_in, wall):
    on_duty(nurse, 5, 9)
    on_duty(lead, 5, 7)
    wall.forward(hours=4)
    page = words(signed_in(nurse).get(PAGE))
    assert "Lena Hart, Priya Nair take over today 2pm–6pm." in page


def test_without_a_rota_it_is_the_opening_that_is_on_or_the_next(
    nurse, signed_in, wall
):
    client = signed_in(nurse)
    assert "Open now until 6pm." in words(client.get(PAGE))
    wall.forward(hours=10)
    assert "Open tomorrow 8:30am–6pm." in words(client.get(PAGE))


def test_where_nothing_opens_it_says_so(nurse, clinic, signed_in):
    for days in range(20):
        clinic.openings.create(date=(MONDAY + timedelta(days=days)).date())
    named(nurse, "Maya Okafor", fever())
    page = words(signed_in(nurse).get(PAGE))
    assert "No opening lies ahead. Nothing is due until then." in page


# --- What is handed over ----------------------------------------------------------------


def test_a_calm_clinic_has_nothing_to_hand_over(nurse, signed_in):
    assert "Nothing to hand over." in words(signed_in(nurse).get(PAGE))


def test_open_rows_come_by_level_with_reason_state_owner_and_deadline(
    nurse, lead, signed_in, wall
):
    named(nurse, "Rita Routine", GLANDS)
    named(nurse, "Una Urgent", fever())
    named(nurse, "Ella Emergency", EMERGENCY)
    climb_ladder(wall.forward(hours=3))
    page = signed_in(nurse).get(PAGE)
    said = words(page)
    places = [said.index(name) for name in ("Ella", "Una", "Rita")]
    assert places == sorted(places)
    urgent = part(page, "Una Urgent")
    assert "1 h late , due in this shift" in urgent
    assert "38.2" in urgent
    assert "Day 4 · New · No owner · Lead told" in urgent
    assert "2 due until then." in said
    assert "is-soon" not in page.content.decode().split("Rita Routine")[1][:300]


def test_what_is_set_aside_stands_apart_with_its_end(nurse, signed_in, wall):
    treatment = named(nurse, "Maya Okafor", fever())
    spoke(treatment, nurse, wall.now)
    snooze(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=nurse,
        until=MONDAY + timedelta(hours=4),
        at=wall.forward(minutes=1),
    )
    page = signed_in(nurse).get(PAGE)
    assert "Maya Okafor Until 1pm" in part(page, "Set aside")
    assert "Nothing to hand over" not in words(page)
    assert 'class="shape"' not in part(page, "Set aside")


def test_who_was_not_reached_is_said_with_how_often_and_when(
    nurse, lead, signed_in, wall
):
    once = named(nurse, "Olga Once", fever())
    thrice = named(nurse, "Thea Thrice", fever())
    named(nurse, "Nina Never", fever())
    for treatment, ways in ((once, ["phone"]), (thrice, ["phone", "text", "email"])):
        for way in ways:
            log_contact(
                treatment_id=treatment.pk,
                shown=shown_flags(treatment),
                by=nurse,
                contact=Contact(way, "no_answer"),
                at=wall.forward(minutes=1),
            )
    said = part(signed_in(nurse).get(PAGE), "Not reached yet")
    assert (
        "Olga Once 1 attempt without an answer, the last 9:01am. Call 07700 900318."
        in said
    )
    assert (
        "Thea Thrice 3 attempts without an answer, the last 9:04am. "
        "A clinical lead must decide. Call 07700 900318." in said
    )
    assert "Nina" not in said


def test_a_patient_without_a_number_is_handed_over_too(nurse, signed_in, wall):
    treatment = make_treatment(nurse, make_patient(nurse, "Olga Once", phone=""))
    send_log(treatment, fever())
    spoke(treatment, nurse, wall.now, "left_message")
    said = part(signed_in(nurse).get(PAGE), "Not reached yet")
    assert "1 attempt without an answer, the last 9am." in said
    assert "Call" not in said


def test_who_is_silent_is_said_with_why_it_matters(nurse, signed_in):
    treatment = make_treatment(nurse, make_patient(nurse, "Worse Before"))
    send_log(
        treatment, CALM | {"overall_change": "worse"}, at=MONDAY - timedelta(days=3)
    )
    fine = make_treatment(nurse, make_patient(nurse, "Fine Today"))
    send_log(fine, CALM)
    page = signed_in(nurse).get(PAGE)
    said = part(page, "They have missed two logs")
    assert "Worse Before Missed 2 days. The last log was worse" in said
    assert "Fine Today" not in said


def test_what_never_arrived_is_said_with_the_name(nurse, signed_in):
    patient = make_patient(nurse, "Maya Okafor", email="maya@mail.example")
    for number in (1, 2):
        OutgoingMessage.objects.create(
            clinic=patient.clinic,
            patient=patient,
            kind=MessageKind.REMINDER,
            channel=MessageChannel.EMAIL,
            once=f"reminder:{number}",
            created_at=MONDAY,
            due_at=MONDAY,
            expires_at=MONDAY + timedelta(hours=1),
            gave_up_at=MONDAY,
            gave_up_why="refused",
        )
    said = part(signed_in(nurse).get(PAGE), "Not delivered")
    assert said.count("We could not deliver the reminder") == 1
    assert "Maya Okafor" in said


def test_only_those_who_act_hand_over_and_only_their_own_clinic(
    nurse, desk, lead, clinic, signed_in
):
    named(nurse, "Maya Okafor", fever())
    assert "Handover" in words(signed_in(lead).get("/queue/"))
    for who in (desk, make_staff(clinic, "Olu Bankole", "is_owner")):
        assert signed_in(who).get(PAGE).status_code == 403
        assert "Handover" not in words(signed_in(who).get("/queue/"))
    stranger = make_staff(make_clinic("Other"), "Eve Lund")
    assert "Maya" not in words(signed_in(stranger).get(PAGE))


def test_reading_it_is_noted_as_reading_a_list(nurse, signed_in):
    signed_in(nurse).get(PAGE)
    assert AuditEntry.objects.get(verb="list.read").page == "handover"


def test_its_queries_do_not_grow_with_the_rows(nurse, lead, signed_in, wall):
    client, counts = signed_in(nurse), set()
    for number in range(3):
        for name in ("One", "Two"):
            treatment = named(nurse, f"{name} Patient{number}", fever(), GLANDS)
            spoke(treatment, nurse, wall.now, "no_answer")
        counts.add(len(queries_of(client, PAGE)))
    assert len(counts) == 1
    assert counts.pop() <= 14


# --- I have read this -------------------------------------------------------------------


def drawn(page):
    return page.content.decode().split('name="drawn" value="')[1].split('"')[0]


def test_it_is_read_by_name_and_the_page_says_by_whom_and_when(
    nurse, lead, signed_in, wall
):
    named(nurse, "Maya Okafor", fever(), GLANDS)
    named(nurse, "Una Urgent", fever())
    client = signed_in(nurse)
    page = client.get(PAGE)
    assert "Nobody yet." in words(page)
    assert "I have read this, Priya Nair" in words(page)
    wall.forward(minutes=2)
    answer = client.post(PAGE, {"drawn": drawn(page)}, follow=True)
    assert "Noted: you have read the handover." in words(answer)
    assert "Priya Nair 9:02am" in words(answer)
    read = Handover.objects.get()
    assert (read.by, read.open_rows) == (nurse, 2)
    assert AuditEntry.objects.get(verb="handover.read").object_id == read.pk
    wall.forward(hours=4)
    client.post(PAGE, {"drawn": drawn(client.get(PAGE))})
    said = words(signed_in(lead).get(PAGE))
    assert said.index("Priya Nair 1:02pm") < said.index("Priya Nair 9:02am")


def test_news_since_it_was_drawn_must_be_read_first(nurse, signed_in, wall):
    client = signed_in(nurse)
    page = client.get(PAGE)
    wall.forward(minutes=1)
    named(nurse, "Maya Okafor", fever(), at=wall.now)
    wall.forward(minutes=1)
    answer = client.post(PAGE, {"drawn": drawn(page)})
    assert answer.status_code == 422
    said = words(answer)
    assert "Something new came in since this page was drawn." in said
    assert "Maya Okafor" in said
    assert not Handover.objects.exists()
    wall.forward(minutes=1)
    assert client.post(PAGE, {"drawn": drawn(answer)}).status_code == 303


@pytest.mark.parametrize(
    "sent", [{}, {"drawn": "yesterday"}, {"drawn": "2099-01-01T00:00Z"}]
)
def test_what_was_not_drawn_was_not_read(nurse, signed_in, sent):
    answer = signed_in(nurse).post(PAGE, sent)
    assert answer.status_code == 422
    assert "Please read it again." in words(answer)
    assert not Handover.objects.exists()


def test_the_verb_refuses_news_by_itself(nurse, flagged):
    with pytest.raises(NotPossible, match="read it again"):
        read_handover(
            by=nurse,
            drawn_at=MONDAY - timedelta(seconds=1),
            at=MONDAY + timedelta(minutes=1),
        )


def test_reading_takes_few_queries(nurse, flagged):
    with CaptureQueriesContext(connection) as captured:
        read_handover(by=nurse, drawn_at=MONDAY, at=MONDAY + timedelta(minutes=1))
    assert len(captured.captured_queries) <= 8

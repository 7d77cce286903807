"""The queue's page: groups, empty, the front desk, and what it costs."""

import re

import pytest
from django.urls import reverse

from clinic.queue import NOT_FOR_YOU, Tab
from tests.aftercare.pages import queries_of
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_staff,
)
from tests.clinic.conftest import named, spoke


def test_the_page_has_groups_with_their_promise(nurse, wall, signed_in):
    named(nurse, "Una Urgent", fever())
    wall.forward(minutes=20)
    page = signed_in(nurse).get(reverse("queue")).content.decode()
    assert "<h2>Urgent</h2><span>Review in 2 hours</span>" in page
    assert "1 needs action" in page
    assert "1 h 40 min left" in page
    assert "<title>(1) Queue" in page
    assert "Open until <b>6pm</b>" in page
    assert "Oldest new flag <b>20 min</b>" in page


def test_an_empty_queue_says_so_and_when_it_was_checked(nurse, signed_in):
    page = signed_in(nurse).get(reverse("queue")).content.decode()
    assert "Nothing needs you." in page
    assert re.search(r"Last checked\s+<span data-live>9am</span>", page)


def test_an_emergency_is_on_every_tab(nurse, signed_in):
    named(nurse, "Ella Emergency", EMERGENCY)
    for tab in Tab:
        page = signed_in(nurse).get(reverse("queue"), {"tab": tab}).content.decode()
        assert "Ella Emergency" in page, tab


def test_an_unknown_tab_is_the_first(nurse, signed_in):
    named(nurse, "Una Urgent", fever())
    page = signed_in(nurse).get(reverse("queue"), {"tab": "nonsense"}).content.decode()
    assert "Una Urgent" in page


def test_there_is_no_way_to_close_several_rows_at_once(nurse, signed_in):
    for number in range(3):
        named(nurse, f"Patient {number}", fever())
    page = signed_in(nurse).get(reverse("queue")).content.decode()
    assert 'type="checkbox"' not in page.split("data-shortcuts")[0]
    # Signing out is the only thing that the queue itself can send.
    assert page.count('method="post"') == 1


def test_the_front_desk_sees_names_and_no_reasons(nurse, desk, signed_in):
    treatment = named(nurse, "Maya Okafor", GLANDS, fever())
    page = signed_in(desk).get(reverse("queue")).content.decode()
    assert "Maya Okafor" in page
    assert NOT_FOR_YOU in page
    assert reverse("log_contact", args=[treatment.pk]) in page
    assert f'"{reverse("flag_detail", args=[treatment.pk])}"' not in page
    for word in ("gland", "fever", "temperature", "38.2", "LN-"):
        assert word not in page.lower()
    assert '<rect class="over"' not in page


def test_another_clinics_flags_are_not_in_the_queue(nurse, signed_in):
    elsewhere = make_staff(make_clinic("Birchwood Clinic"), "Omar Said")
    named(elsewhere, "Somebody Else", fever())
    assert b"Somebody Else" not in signed_in(nurse).get(reverse("queue")).content


@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_takes_six_queries_or_fewer_however_long(count, nurse, signed_in):
    for number in range(count):
        treatment = named(nurse, f"Patient {number}", CALM, GLANDS, fever())
        spoke(treatment, nurse, MONDAY)
    client = signed_in(nurse)
    client.get(reverse("queue"))
    assert len(queries_of(client, f"{reverse('queue')}?tab=waiting")) == 6


@pytest.mark.usefixtures("sealed_at_once")
def test_a_queue_that_asks_again_is_told_in_a_word_that_nothing_was_done(
    nurse, wall, signed_in
):
    named(nurse, "Una Urgent", fever())
    client, poll = signed_in(nurse), {"X-Requested-With": "fetch"}
    client.get(reverse("queue"))
    first = client.get(reverse("queue"), headers=poll)
    known = poll | {"If-None-Match": first.headers["ETag"]}
    again = client.get(reverse("queue"), headers=known)
    assert (again.status_code, again.content) == (304, b"")

    named(nurse, "Ned New", fever())
    assert "Ned New" in client.get(reverse("queue"), headers=known).content.decode()


def test_a_queue_is_told_anew_with_each_minute_and_to_somebody_else(
    nurse, wall, signed_in
):
    named(nurse, "Una Urgent", fever())
    poll = {"X-Requested-With": "fetch"}
    first = signed_in(nurse).get(reverse("queue"), headers=poll)
    known = poll | {"If-None-Match": first.headers["ETag"]}
    other = make_staff(nurse.clinic, "Rosa Quist")
    assert signed_in(other).get(reverse("queue"), headers=known).status_code == 200
    wall.forward(minutes=1)
    assert signed_in(nurse).get(reverse("queue"), headers=known).status_code == 200

"""The list of closed flags: newest first, a page at a time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clinic import closed
from clinic.closed import read_closed
from tests.builders import GLANDS, MONDAY, fever, make_clinic, make_staff
from tests.clinic.conftest import close, named, spoke

LATER = MONDAY + timedelta(hours=2)
MISTAKE = {"outcome": "sent_by_mistake", "safety_net": False}


def test_a_row_has_outcome_author_note_and_reasons(nurse, clinic):
    treatment = named(nurse, "Maya Okafor", GLANDS, fever())
    spoke(treatment, nurse, MONDAY)
    close(treatment, nurse, MONDAY + timedelta(minutes=5), message="Call if it rises.")
    [row] = read_closed(clinic, LATER).rows
    assert (row.name, row.outcome, row.by) == ("Maya Okafor", "Advised", "Priya Nair")
    assert row.level.name == "URGENT"
    assert row.note == "Spoke about it, all clear to her."
    assert row.message == "Call if it rises."
    assert row.when == "9:05am"
    # Glands alone says nothing that glands with fever does not.
    assert len(row.reasons) == treatment.flags.count() - 1


def test_newest_come_first_and_pages_follow_each_other(nurse, clinic, monkeypatch):
    monkeypatch.setattr(closed, "PAGE", 2)
    for number in range(5):
        treatment = named(nurse, f"Patient {number}", fever())
        close(treatment, nurse, MONDAY + timedelta(minutes=number // 2), **MISTAKE)
    found, after = [], None
    for _ in range(3):
        page = read_closed(clinic, LATER, after)
        found += [row.name for row in page.rows]
        after = page.next
    assert after is None
    assert found == [f"Patient {number}" for number in (4, 3, 2, 1, 0)]


def test_an_unknown_place_to_go_on_from_starts_at_the_top(nurse, signed_in):
    close(named(nurse, "Maya Okafor", fever()), nurse, MONDAY, **MISTAKE)
    client = signed_in(nurse)
    for before in ("nonsense", "01a20c32-7adc-7d38-91ee-f2ea7fcc174a"):
        page = client.get(reverse("closed_flags"), {"before": before})
        assert "Maya Okafor" in page.content.decode()


def test_another_clinics_closed_flags_are_not_listed(nurse, clinic):
    elsewhere = make_staff(make_clinic("Birchwood Clinic"), "Omar Said")
    close(named(elsewhere, "Somebody Else", fever()), elsewhere, MONDAY, **MISTAKE)
    assert read_closed(clinic, LATER).rows == ()


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_takes_two_queries(count, nurse, clinic, django_assert_num_queries):
    for number in range(count):
        treatment = named(nurse, f"Patient {number}", GLANDS, fever())
        close(treatment, nurse, MONDAY, **MISTAKE)
    with django_assert_num_queries(2):
        read_closed(clinic, LATER)

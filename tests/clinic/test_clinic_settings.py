"""The page of the clinic's settings: each part with its own Save, each error beside its cause."""

from __future__ import annotations

import re
from datetime import date, time

import pytest

from aftercare.models import Clinic
from aftercare.promise import Interval
from aftercare.services import clinic_settings as verbs
from tests.builders import make_staff

PAGE = "/settings/clinic/"
WEEK = {f"day_{day}": "8:30–18:00" for day in range(5)}
HOURS = {"version": 1, "zone": "Europe/London", "day_5": "", "day_6": ""} | WEEK
CHRISTMAS = {"first_0": "25", "first_1": "12", "first_2": "2026"}
DAYS = {"version": 1, "hours": "", "last_0": "", "last_1": "", "last_2": ""} | CHRISTMAS


@pytest.fixture
def owner(clinic):
    return make_staff(clinic, "Olu Ade", "is_owner")


@pytest.fixture
def olu(owner, signed_in):
    return signed_in(owner)


def send(olu, part, **sent):
    return olu.post(f"{PAGE}{part}/", {"version": 1} | sent)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def page(olu) -> str:
    return text(olu.get(PAGE))


def beside(answer, field: str) -> str:
    """The error that stands beside a field."""
    found = re.search(rf'<div id="{field}_error".*?</div>', text(answer))
    assert found, field
    return found[0]


def clinic_now() -> Clinic:
    return Clinic.objects.get()


# --- What stands ----------------------------------------------------------------------


def test_every_part_shows_what_stands(olu) -> None:
    shown = page(olu)
    for value in ("Ashgrove Clinic", "020 7946 0311", "999", "111", "8:30–18:00"):
        assert f'value="{value}"' in shown
    assert '<option value="Europe/London" selected>' in shown
    assert "No date differs from the ordinary week." in shown
    assert shown.count("Open flags keep the time that their patients were told.") == 3


def test_the_page_says_what_a_patient_would_be_told_now(olu, wall) -> None:
    shown = page(olu)
    assert "Call the clinic today" in shown
    assert "Somebody looks by 11am." in shown
    assert "We will contact you by tomorrow, 6pm" in shown
    assert "Call 999 now" in shown
    wall.forward(hours=10)
    closed = page(olu)
    assert "Call 111 today" in closed
    assert "Somebody looks by tomorrow, 10:30am." in closed


# --- Saving ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "sent", "facts"),
    [
        (
            "details",
            {"name": "Ashgrove", "address": "1 High Street"},
            {"name": "Ashgrove", "address": "1 High Street"},
        ),
        (
            "numbers",
            {
                "phone": "0161 496 0000",
                "emergency_number": "112",
                "out_of_hours_number": "116 117",
            },
            {"phone": "0161 496 0000", "out_of_hours_number": "116 117"},
        ),
        (
            "promises",
            {"emergency_minutes": "5", "urgent_minutes": "60"},
            {"emergency_minutes": 5, "urgent_minutes": 60},
        ),
        ("retention", {"retention_months": "36"}, {"retention_months": 36}),
        ("retention", {"retention_months": ""}, {"retention_months": None}),
    ],
)
def test_a_part_is_saved(olu, part, sent, facts) -> None:
    answer = send(olu, part, **sent)
    assert (answer.status_code, answer.url) == (303, f"{PAGE}#{part}")
    now = clinic_now()
    assert {name: getattr(now, name) for name in facts} == facts
    assert now.version == 2
    assert "Saved." in page(olu)


def test_another_week_is_saved_as_it_was_typed(olu) -> None:
    sent = HOURS | {"zone": "Europe/Paris", "day_0": "8:30-13, 2pm to 6pm", "day_4": ""}
    assert send(olu, "hours", **sent).status_code == 303
    hours = clinic_now().opening_hours()
    assert hours.weekly[0] == (
        Interval(time(8, 30), time(13)),
        Interval(time(14), time(18)),
    )
    assert 4 not in hours.weekly
    assert hours.zone.key == "Europe/Paris"
    assert 'value="8:30–13:00, 14:00–18:00"' in page(olu)


def test_holidays_are_added_and_removed(olu) -> None:
    sent = DAYS | {"last_0": "26", "last_1": "12", "last_2": "2026"}
    answer = send(olu, "days", **sent)
    assert (answer.status_code, answer.url) == (303, f"{PAGE}#days")
    assert "<b>Friday 25 December 2026</b> closed" in page(olu)
    answer = send(olu, "days/remove", version=2, day="2026-12-25")
    assert (answer.status_code, answer.url) == (303, f"{PAGE}#days")
    assert list(clinic_now().opening_hours().exceptions) == [date(2026, 12, 26)]


def test_a_date_can_have_other_hours(olu) -> None:
    assert send(olu, "days", **DAYS | {"hours": "9–12"}).status_code == 303
    assert "<b>Friday 25 December 2026</b> 9:00–12:00" in page(olu)


# --- Errors, beside their causes ------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "sent", "field", "said"),
    [
        ("details", {"name": ""}, "details_name", "Enter the name of the clinic."),
        (
            "numbers",
            {"phone": "call us", "emergency_number": "999"},
            "numbers_phone",
            "Enter a number that can be called",
        ),
        (
            "numbers",
            {"phone": ""},
            "numbers_phone",
            "Enter a number that can be called",
        ),
        (
            "hours",
            HOURS | {"day_2": "8–12, 11–18"},
            "hours_day_2",
            "Two openings of one day overlap.",
        ),
        (
            "hours",
            HOURS | {"day_3": "18:00–8:30"},
            "hours_day_3",
            "Closing at 8:30 is not after opening at 18:00",
        ),
        ("hours", HOURS | {"day_6": "maybe"}, "hours_day_6", "cannot be read"),
        (
            "hours",
            HOURS | dict.fromkeys(WEEK, ""),
            "hours_day_0",
            "Enter hours for one day at least.",
        ),
        (
            "hours",
            HOURS | {"zone": "Europe/Londn"},
            "hours_zone",
            "Choose a time zone from the list.",
        ),
        ("days", {"first_0": "31", "first_1": "2"}, "days_first", "Enter a date"),
        (
            "days",
            DAYS | {"first_2": "2025"},
            "days_first",
            "This date is past. Enter today or a later one.",
        ),
        (
            "days",
            DAYS | {"first_2": "2031"},
            "days_first",
            "Enter a date within the next two years.",
        ),
        (
            "days",
            DAYS | {"last_0": "24", "last_1": "12", "last_2": "2026"},
            "days_last",
            "The last date is before the first.",
        ),
        (
            "days",
            DAYS | {"last_0": "25", "last_1": "3", "last_2": "2027"},
            "days_last",
            "Enter 62 days at most at once.",
        ),
        (
            "days",
            DAYS | {"hours": "12–9"},
            "days_hours",
            "Closing at 9:00 is not after opening at 12:00",
        ),
        (
            "promises",
            {"emergency_minutes": "16", "urgent_minutes": "120"},
            "promises_emergency_minutes",
            "Enter minutes from 1 to 15.",
        ),
        (
            "promises",
            {"emergency_minutes": "15", "urgent_minutes": "121"},
            "promises_urgent_minutes",
            "Enter minutes from 1 to 120.",
        ),
        (
            "retention",
            {"retention_months": "5"},
            "retention_retention_months",
            "Enter whole months from 6 to 1200, or nothing.",
        ),
    ],
)
def test_what_cannot_be_is_told_beside_it_and_nothing_is_saved(
    olu, part, sent, field, said
) -> None:
    answer = send(olu, part, **sent)
    assert answer.status_code == 422
    assert said in beside(answer, field)
    assert "There is a problem" in text(answer)
    assert clinic_now().version == 1


def test_what_was_typed_is_still_there(olu) -> None:
    answer = send(olu, "hours", **HOURS | {"day_0": "9–16", "day_1": "soon"})
    assert 'value="9–16"' in text(answer)
    assert 'value="soon"' in text(answer)


def test_a_fortnight_without_an_opening_asks_whether_that_is_meant(olu) -> None:
    august = {"first_0": "3", "first_1": "8", "last_0": "14", "last_1": "8"}
    sent = DAYS | august | {"first_2": "2026", "last_2": "2026"}
    answer = send(olu, "days", **sent)
    assert answer.status_code == 422
    assert "nothing opens for 14 days" in beside(answer, "days_accept")
    assert clinic_now().opening_hours().exceptions == {}
    assert send(olu, "days", **sent | {"accept": "on"}).status_code == 303
    assert len(clinic_now().opening_hours().exceptions) == 12


def test_too_few_open_days_for_the_holidays_ask_too(olu, owner, wall) -> None:
    mondays = [date(2026, 6, 8), date(2026, 6, 15)]
    verbs.change_days(by=owner, days=mondays, intervals=(), seen=1, at=wall.now)
    sent = HOURS | dict.fromkeys(WEEK, "") | {"day_0": "9–12", "version": 2}
    answer = send(olu, "hours", **sent)
    assert "After Monday 1 June 2026 nothing opens" in beside(answer, "hours_accept")


# --- A look at it before --------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "sent", "said"),
    [
        ("hours", HOURS | {"day_0": "14–18"}, "Somebody looks by 4pm."),
        (
            "promises",
            {"emergency_minutes": "15", "urgent_minutes": "30"},
            "Somebody looks by 9:30am.",
        ),
        (
            "days",
            DAYS | {"first_0": "2", "first_1": "6"},
            "We will contact you by Wednesday, 6pm",
        ),
    ],
)
def test_what_patients_would_be_told_is_shown_without_saving(
    olu, part, sent, said
) -> None:
    answer = send(olu, part, preview="Show", **sent)
    assert answer.status_code == 200
    shown = text(answer)
    assert "If you save this, a patient would be told now" in shown
    assert said in shown.partition("If you save this")[2]
    assert clinic_now().version == 1


def test_a_week_with_nothing_open_soon_promises_nothing(olu, owner, wall) -> None:
    sent = {"first_0": "1", "first_1": "6", "last_0": "26", "last_1": "6"}
    sent |= {"first_2": "2026", "last_2": "2026", "preview": "Show"}
    shown = text(send(olu, "days", **DAYS | sent))
    assert "no time can be promised" in shown


# --- Two at once ----------------------------------------------------------------------


def test_who_was_faster_is_named_and_saving_again_works(olu, clinic, wall) -> None:
    lena = make_staff(clinic, "Lena Hart", "is_owner")
    verbs.change_details(by=lena, name="Ashgrove Skin", address="", seen=1, at=wall.now)
    sent = {"name": "Ashgrove", "address": "1 High Street"}
    answer = send(olu, "details", **sent)
    assert answer.status_code == 422
    assert "Lena Hart changed the settings at 9am." in text(answer)
    assert 'value="1 High Street"' in text(answer)
    assert 'name="version" value="2"' in text(answer)
    assert send(olu, "details", version=2, **sent).status_code == 303
    assert clinic_now().name == "Ashgrove"


def test_a_holiday_that_somebody_touched_is_told_on_top(olu, owner, wall) -> None:
    verbs.change_retention(by=owner, months=12, seen=1, at=wall.now)
    answer = send(olu, "days/remove", day="2026-12-25")
    assert answer.status_code == 422
    assert "Olu Ade changed the settings at 9am." in text(answer)


# --- Whom it is for -------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["is_clinical_lead", "is_clinician", "is_front_desk", "is_auditor"]
)
def test_only_an_owner_changes_the_settings(role, clinic, signed_in) -> None:
    olu = signed_in(make_staff(clinic, "Robin Lee", role))
    assert olu.get(PAGE).status_code == 403
    for part in ("details", "numbers", "hours", "days", "promises", "retention"):
        assert send(olu, part, name="Mine").status_code == 403
    assert clinic_now().name == "Ashgrove Clinic"

"""The patients list and the page of one patient."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from aftercare.models import AuditEntry
from aftercare.services.leave_course import leave_course
from aftercare.services.register_treatment import void_treatment
from aftercare.services.retract_log import retract_log
from clinic.register import PAGE, PatientTab, read_patients
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)
from tests.clinic.conftest import close, spoke

DAY = timedelta(days=1)


def treated(nurse, name, days_ago=4, logged=()):
    """A patient treated some days ago, who logged on some days of the course."""
    start = MONDAY - days_ago * DAY
    treatment = make_treatment(nurse, make_patient(nurse, name), performed_at=start)
    for day in logged:
        send_log(treatment, CALM, at=start + day * DAY + timedelta(hours=1))
    return treatment


def listed(clinic, tab=PatientTab.ALL, query="", at=MONDAY + timedelta(hours=3)):
    rows = read_patients(clinic, at, tab=tab, query=query).rows
    return {row.name: row for row in rows}


# --- The list -------------------------------------------------------------------------


def test_a_row_says_day_last_log_and_how_today_stands(nurse, clinic):
    treated(nurse, "Logged Today", logged=[3, 4])
    treated(nurse, "Due Today", logged=[3])
    treated(nurse, "Missed One", logged=[1, 2])
    treated(nurse, "Missed More", logged=[1])
    treated(nurse, "Never Logged")
    treated(nurse, "Later On", days_ago=16, logged=[1])
    make_patient(nurse, "No Treatment")
    found = listed(clinic)
    said = {name: (row.last_log, row.today) for name, row in found.items()}
    assert said == {
        "Logged Today": ("Today", "Logged"),
        "Due Today": ("Yesterday", "Due"),
        "Missed One": ("Day 2", "Missed 1 day"),
        "Missed More": ("Day 1", "Missed 2 days"),
        "Never Logged": ("None yet", "Not started"),
        "Later On": ("Day 1", "Missed 13 days"),
        "No Treatment": ("None yet", ""),
    }
    assert found["Due Today"].day == "day 4"
    assert found["No Treatment"].day == ""


@pytest.mark.parametrize(
    ("tab", "names"),
    [
        (PatientTab.DUE, {"Due Today", "Missed One", "Missed More", "Never Logged"}),
        (PatientTab.SILENT, {"Missed One", "Missed More", "Never Logged", "Later On"}),
        (PatientTab.NOT_STARTED, {"Never Logged"}),
    ],
)
def test_a_tab_lists_those_it_names(tab, names, nurse, clinic):
    treated(nurse, "Logged Today", logged=[3, 4])
    treated(nurse, "Due Today", logged=[3])
    treated(nurse, "Missed One", logged=[1, 2])
    treated(nurse, "Missed More", logged=[1])
    treated(nurse, "Never Logged")
    treated(nurse, "Later On", days_ago=16, logged=[1])
    assert listed(clinic, tab).keys() == names


def test_those_who_are_silent_stand_in_the_order_in_which_to_ask(nurse, clinic):
    treated(nurse, "Calm And Long", logged=[1])
    worse = treated(nurse, "Worse And Short", logged=[1])
    send_log(worse, CALM | {"overall_change": "worse"}, at=MONDAY - 2 * DAY)
    treated(nurse, "Never Logged")
    found = listed(clinic, PatientTab.SILENT)
    assert list(found) == ["Worse And Short", "Never Logged", "Calm And Long"]
    assert found["Worse And Short"].today == "Missed 1 day"
    assert found["Worse And Short"].why == (
        "The last log was worse or had a warning sign."
    )
    assert [row.is_pressing for row in found.values()] == [True, False, False]
    assert list(listed(clinic, PatientTab.SILENT, query="and")) == [
        "Worse And Short",
        "Calm And Long",
    ]


def test_pages_of_the_silent_follow_each_other_in_their_order(nurse, clinic):
    for number in range(PAGE + 2):
        treated(nurse, f"Alex Zeta{number:02}", days_ago=3 + number % 5)
    at = MONDAY + timedelta(hours=3)
    first = read_patients(clinic, at, PatientTab.SILENT)
    second = read_patients(clinic, at, PatientTab.SILENT, after=first.next)
    assert (len(first.rows), len(second.rows), second.next) == (PAGE, 2, None)
    days = [int(row.day.split()[1]) for row in (*first.rows, *second.rows)]
    assert days == sorted(days, reverse=True)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def test_whoever_left_the_course_is_not_silent(nurse, clinic):
    treatment = treated(nurse, "Maya Okafor", logged=[1])
    leave_course(by=treatment.patient, at=MONDAY - DAY)
    assert listed(clinic, PatientTab.SILENT) == {}
    assert listed(clinic)["Maya Okafor"].today.startswith("Left the course")
    assert listed(clinic)["Maya Okafor"].why == ""


def test_the_front_desk_reads_who_is_silent_and_not_what_was_wrong(
    nurse, desk, signed_in, wall
):
    treatment = treated(nurse, "Maya Okafor", logged=[1])
    send_log(treatment, CALM | {"overall_change": "worse"}, at=MONDAY - 2 * DAY)
    address = {"path": reverse("patients"), "data": {"tab": "silent"}}
    at_the_desk = signed_in(desk).get(**address).content.decode()
    assert "Missed 1 day" in at_the_desk
    assert "The last log" not in at_the_desk
    assert "The last log was worse" in signed_in(nurse).get(**address).content.decode()


def test_on_day_21_a_log_is_due_again(nurse, clinic):
    treated(nurse, "Three Weeks", days_ago=21, logged=[14])
    assert listed(clinic, PatientTab.DUE)["Three Weeks"].today == "Due"


def test_a_planned_treatment_asks_for_nothing_yet(nurse, clinic):
    treated(nurse, "Maya Okafor", days_ago=-3)
    row = listed(clinic)["Maya Okafor"]
    assert (row.day, row.today) == ("before treatment", "Not asked today")
    for tab in (PatientTab.DUE, PatientTab.SILENT, PatientTab.NOT_STARTED):
        assert listed(clinic, tab) == {}


def test_a_log_that_was_taken_back_is_no_log(nurse, clinic):
    treatment = treated(nurse, "Maya Okafor", logged=[4])
    retract_log(
        treatment_id=treatment.pk,
        log_id=treatment.logs.get().pk,
        by=treatment.patient,
        reason="Wrong",
        at=MONDAY,
    )
    assert listed(clinic)["Maya Okafor"].today == "Not started"


def test_a_voided_treatment_is_not_followed(nurse, clinic):
    treatment = treated(nurse, "Maya Okafor")
    void_treatment(treatment_id=treatment.pk, by=nurse, reason="Twice", at=MONDAY)
    assert listed(clinic)["Maya Okafor"].procedure == "No treatment yet"
    assert listed(clinic, PatientTab.NOT_STARTED) == {}


def test_the_worst_open_flag_is_shown(nurse, clinic):
    treatment = treated(nurse, "Maya Okafor")
    send_log(treatment, GLANDS, fever())
    assert listed(clinic)["Maya Okafor"].level.name == "URGENT"


@pytest.mark.parametrize("query", ["maya", "OKAFOR", "okafor maya", "900318", "ma oka"])
def test_a_patient_is_found_by_parts_of_name_or_phone(query, nurse, clinic):
    make_patient(nurse, "Maya Okafor")
    make_patient(nurse, "Rosa Ibarra", phone="07700 900112")
    assert listed(clinic, query=query).keys() == {"Maya Okafor"}


def test_the_page_keeps_the_query_and_says_when_nobody_is_found(nurse, signed_in):
    answer = signed_in(nurse).get(reverse("patients"), {"q": '"><b>Nobody'})
    page = answer.content.decode()
    assert "Nobody found for “&quot;&gt;&lt;b&gt;Nobody”." in page


def test_pages_follow_each_other_by_name(nurse, clinic):
    for number in range(PAGE + 2):
        make_patient(nurse, f"Alex Zeta{number:02}")
    first = read_patients(clinic, MONDAY)
    assert len(first.rows) == PAGE
    second = read_patients(clinic, MONDAY, after=first.next)
    assert [row.name for row in second.rows] == ["Alex Zeta50", "Alex Zeta51"]
    assert second.next is None


def test_the_list_takes_the_same_queries_however_long(
    nurse, clinic, django_assert_num_queries
):
    for number in range(20):
        send_log(treated(nurse, f"Alex Zeta{number:02}", logged=[1, 2]), fever())
    with django_assert_num_queries(5):
        read_patients(clinic, MONDAY, tab=PatientTab.ALL)


def test_the_front_desk_sees_no_flags_in_the_list(nurse, desk, signed_in):
    treatment = treated(nurse, "Maya Okafor")
    send_log(treatment, fever())
    page = signed_in(desk).get(reverse("patients")).content.decode()
    assert "Maya Okafor" in page
    assert "Urgent" not in page
    address = reverse("patient_detail", args=[treatment.patient_id])
    assert f'href="{address}"' not in page


def test_patients_of_another_clinic_are_not_listed(nurse, clinic):
    elsewhere = make_staff(make_clinic("Birchwood Clinic"), "Omar Said")
    make_patient(elsewhere, "Somebody Else")
    assert listed(clinic, query="Somebody") == {}


# --- One patient ----------------------------------------------------------------------


def page_of(client, of, **query):
    address = reverse("patient_detail", args=[of.patient_id])
    return client.get(address, query).content.decode()


def test_the_page_has_treatments_plots_logs_and_flags(nurse, signed_in, wall):
    treatment = treated(nurse, "Maya Okafor", logged=[1])
    send_log(treatment, fever())
    page = page_of(signed_in(nurse), treatment)
    assert "Microneedling, full face, 1 mm · Thu 28 May, Dr Lena Hart" in page
    assert "Every log so far" in page
    assert "Open flags" in page
    assert reverse("flag_detail", args=[treatment.pk]) in page
    assert "<dt>Temperature</dt><dd>38.2 °C</dd>" in page


def test_every_version_of_a_log_stays_and_says_what_became_of_it(
    nurse, signed_in, wall
):
    treatment = treated(nurse, "Maya Okafor")
    first = send_log(treatment, GLANDS).log
    second = send_log(
        treatment, CALM, corrects=first.pk, at=MONDAY + timedelta(minutes=4)
    ).log
    retract_log(
        treatment_id=treatment.pk,
        log_id=second.pk,
        by=nurse,
        reason="Sent for a friend",
        at=MONDAY + timedelta(minutes=9),
    )
    send_log(treatment, CALM, by=nurse, at=MONDAY + timedelta(minutes=12))
    wall.forward(minutes=20)
    page = page_of(signed_in(nurse), treatment)
    assert "Corrected 9:04am" in page
    assert "Taken back by Priya Nair: Sent for a friend" in page
    assert "By telephone, entered by Priya Nair" in page
    assert page.count('<details class="more') >= 3


def test_what_was_not_asked_is_not_shown_as_no(nurse, signed_in):
    treatment = treated(nurse, "Maya Okafor")
    send_log(treatment, {"signs_worry": True})
    page = page_of(signed_in(nurse), treatment)
    logs = page[page.index('id="logs-title"') :]
    assert "Something else worries me" in logs
    assert "<dd>No</dd>" not in logs
    assert "Itch" not in logs


def test_closed_flags_show_outcome_author_and_note(nurse, signed_in, wall):
    treatment = treated(nurse, "Maya Okafor")
    send_log(treatment, fever())
    spoke(treatment, nurse, wall.now)
    close(treatment, nurse, wall.forward(minutes=5), note="Fever gone by the evening.")
    page = page_of(signed_in(nurse), treatment)
    assert "Fever gone by the evening." in page
    assert "Priya Nair, 9:05am" in page


def test_another_treatment_of_the_patient_can_be_shown(nurse, signed_in):
    old = treated(nurse, "Maya Okafor", days_ago=100)
    make_treatment(nurse, old.patient)
    client = signed_in(nurse)
    assert "Day 100</span>" in page_of(client, old)
    page = page_of(client, old, treatment=old.pk)
    assert (
        f"<b>{'Microneedling, full face, 1 mm · Sat 21 February, Dr Lena Hart'}</b>"
        in page
    )


def test_each_reading_of_a_patients_page_is_written_down(nurse, signed_in):
    treatment = treated(nurse, "Maya Okafor")
    page_of(signed_in(nurse), treatment)
    row = AuditEntry.objects.get(verb="patient.read")
    assert (row.staff, row.patient_id, row.page) == (
        nurse,
        treatment.patient_id,
        "patient_detail",
    )


def test_a_patient_without_treatment_has_a_page_too(nurse, signed_in):
    patient = make_patient(nurse, "New Person")
    address = reverse("patient_detail", args=[patient.pk])
    assert "No treatment yet." in signed_in(nurse).get(address).content.decode()


def test_a_late_a_double_and_a_half_usable_log_say_so(nurse, signed_in):
    treatment = treated(nurse, "Maya Okafor")
    yesterday, key = (MONDAY - DAY).date(), uuid.uuid4()
    send_log(treatment, CALM, for_date=yesterday, key=key)
    unusable = {"unusable": "Your temperature: 388", "signs_unwell": True}
    send_log(treatment, unusable, key=key, at=MONDAY + timedelta(minutes=1))
    page = page_of(signed_in(nurse), treatment)
    assert "Sent later, about an earlier day" in page
    assert "Sent a second time with other answers; both are kept" in page
    assert "Could not be used: Your temperature: 388" in page

"""A treatment is entered in one short form, put right, or voided."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from aftercare.models import Patient, Treatment
from tests.builders import (
    MONDAY,
    make_clinic,
    make_patient,
    make_staff,
)
from tests.clinic.conftest import NEW, person, procedure
from tests.signing_in import login_of

LONG_AGO = {
    "when": "other",
    "other_date_0": "1",
    "other_date_1": "11",
    "other_date_2": "2025",
}
FAR_AHEAD = LONG_AGO | {"other_date_1": "8", "other_date_2": "2026"}


# --- A new patient --------------------------------------------------------------------


def test_a_new_patient_and_the_treatment_are_entered_together(nurse, signed_in):
    sent = person() | procedure(risk_factors=["diabetes", "acne"], products="Serum")
    answer = signed_in(nurse).post(NEW, sent)
    treatment = Treatment.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == reverse("let_in", args=[treatment.patient_id])
    assert str(treatment.patient) == "Maya Okafor"
    assert treatment.performed_at == datetime(2026, 6, 1, 7, 30, tzinfo=UTC)
    assert treatment.areas == "Full face, neck"
    assert treatment.risk_factors == {"diabetes", "acne"}
    assert treatment.agreed_at == MONDAY


def test_the_form_is_drawn_with_today_now_and_me(nurse, signed_in):
    page = signed_in(nurse).get(NEW).content.decode()
    assert 'value="Priya Nair"' in page
    assert 'value="09:00"' in page


def test_a_second_press_of_the_button_is_not_a_second_treatment(nurse, signed_in):
    client, sent = signed_in(nurse), person() | procedure()
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert Patient.objects.count() == Treatment.objects.count() == 1


def test_a_key_of_another_clinics_patient_brings_nothing_to_light(nurse, signed_in):
    elsewhere = make_staff(make_clinic("Birchwood Clinic"), "Omar Said")
    theirs = make_patient(elsewhere, "Somebody Else")
    answer = signed_in(nurse).post(NEW, person(key=str(theirs.pk)) | procedure())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This form was used before. Open a new one." in page
    assert "Somebody" not in page
    assert not Treatment.objects.exists()


def test_somebody_with_the_same_name_and_birth_date_is_pointed_out(nurse, signed_in):
    known = make_patient(nurse, "maya okafor")
    client, sent = signed_in(nurse), person() | procedure()
    answer = client.post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{NEW}?patient={known.pk}" in page
    assert "born 14 May 1991, is already a patient here." in page
    assert client.post(NEW, sent | {"someone_else": "on"}).status_code == 303


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"given_name": ""}, "Enter the first name."),
        ({"phone": "123"}, "Enter the whole number"),
        ({"birth_date_1": "13"}, "Enter a date, for example 27 3 1985."),
        ({"birth_date_2": "1791"}, "Check the year of birth."),
        ({"birth_date_2": "2027"}, "Check the year of birth."),
        ({"email": "nonsense"}, "Enter an e-mail address"),
        ({"type": ""}, "Choose the treatment."),
        ({"type": "tattoo"}, "Select a valid choice"),
        ({"areas": []}, "Tick the treated skin."),
        ({"needle_depth_mm": "150"}, "Enter 10 mm or less."),
        ({"needle_depth_mm": "deep"}, "Enter a number of millimetres"),
        ({"sterile_single_use": ""}, "Say whether the cartridge was sterile."),
        ({"risk_factors": []}, "Tick all that apply, or None of these."),
        ({"at_time": "late"}, "Enter a time, for example 14:30."),
        ({"when": "other"}, "Enter the date."),
        (LONG_AGO, "Choose a day within the last 180 days."),
        (FAR_AHEAD, "Choose a day within the next 60 days."),
        ({"agrees": ""}, "Tick this once the patient has agreed."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_the_rest_is_kept(
    over, words, nurse, signed_in
):
    sent = person() | procedure(products="The green serum") | over
    answer = signed_in(nurse).post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) >= 2, "in the summary and beside the field"
    assert "<title>Error:" in page
    assert "The green serum" in page
    assert not Treatment.objects.exists()
    assert not Patient.objects.exists()


def test_errors_are_listed_in_the_order_of_the_page(nurse, signed_in):
    sent = person(given_name="", phone="") | procedure(areas=[], type="", agrees="")
    page = signed_in(nurse).post(NEW, sent).content.decode()
    summary = page[
        page.index("There is a problem") : page.index(
            "</ul>", page.index("There is a problem")
        )
    ]
    words = [
        "first name",
        "that we can call",
        "Choose the treatment",
        "Tick the treated",
    ]
    places = [summary.index(one) for one in [*words, "has agreed"]]
    assert places == sorted(places)


def test_somebody_under_18_is_declined_politely(nurse, signed_in):
    sent = person(birth_date_2="2008", birth_date_1="6", birth_date_0="2") | procedure()
    answer = signed_in(nurse).post(NEW, sent)
    assert "Aftercare is for people of 18 or over." in answer.content.decode()
    assert not Patient.objects.exists()


def test_the_eighteenth_birthday_is_old_enough(nurse, signed_in):
    sent = person(birth_date_2="2008", birth_date_1="6", birth_date_0="1") | procedure()
    assert signed_in(nurse).post(NEW, sent).status_code == 303


# --- A patient of the clinic ----------------------------------------------------------


def test_a_patient_is_found_by_name_and_treated_again(nurse, signed_in):
    patient, client = make_patient(nurse, "Maya Okafor"), signed_in(nurse)
    page = client.get(NEW, {"q": "okafor"}).content.decode()
    assert f"{NEW}?patient={patient.pk}" in page
    sent = procedure(when="yesterday", at_time="16:00")
    assert client.post(f"{NEW}?patient={patient.pk}", sent).status_code == 303
    assert Treatment.objects.get().performed_on == (MONDAY - timedelta(days=1)).date()


def test_a_treatment_of_another_day_is_entered_with_its_date(nurse, signed_in):
    patient = make_patient(nurse, "Maya Okafor")
    sent = procedure(
        when="other",
        at_time="10:00",
        other_date_0="2",
        other_date_1="3",
        other_date_2="2026",
    )
    signed_in(nurse).post(f"{NEW}?patient={patient.pk}", sent)
    # In winter the clinic's clock is the world's.
    assert Treatment.objects.get().performed_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_treatment_can_be_planned(nurse, signed_in):
    patient = make_patient(nurse, "Maya Okafor")
    planned = {"other_date_0": "4", "other_date_1": "6", "other_date_2": "2026"}
    sent = procedure(when="other", at_time="10:00", **planned)
    client = signed_in(nurse)
    client.post(f"{NEW}?patient={patient.pk}", sent)
    page = client.get(reverse("patient_detail", args=[patient.pk]))
    assert "Before treatment" in page.content.decode()


def test_a_known_patient_under_18_is_declined_too(nurse, signed_in):
    patient = make_patient(nurse, birth_date=MONDAY.date() - timedelta(days=17 * 365))
    answer = signed_in(nurse).post(f"{NEW}?patient={patient.pk}", procedure())
    assert "Aftercare is for people of 18 or over." in answer.content.decode()


def test_an_unsterile_device_is_flagged_at_once(nurse, signed_in):
    sent = person() | procedure(sterile_single_use="false")
    signed_in(nurse).post(NEW, sent)
    assert [flag.rule for flag in Treatment.objects.get().flags.all()] == ["UNSTERILE"]


def test_the_front_desk_enters_a_treatment_and_lets_the_patient_in(desk, signed_in):
    answer = signed_in(desk).post(NEW, person() | procedure())
    patient = Patient.objects.get()
    assert answer.headers["Location"] == reverse("let_in", args=[patient.pk])


def test_of_a_patient_who_has_been_in_before_the_front_desk_returns_to_the_list(
    desk, signed_in
):
    patient = make_patient(desk)
    login_of(patient)
    answer = signed_in(desk).post(f"{NEW}?patient={patient.pk}", procedure())
    assert answer.headers["Location"] == reverse("patients")
    assert not patient.invitations.exists()


def test_of_a_patient_who_has_been_in_before_a_nurse_goes_on_to_the_page(
    nurse, signed_in
):
    patient = make_patient(nurse)
    login_of(patient)
    answer = signed_in(nurse).post(f"{NEW}?patient={patient.pk}", procedure())
    assert answer.headers["Location"] == reverse("patient_detail", args=[patient.pk])

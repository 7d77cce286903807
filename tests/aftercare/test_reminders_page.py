"""A patient chooses when and how to be reminded, and sees the very message."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from aftercare.models import AuditEntry, Patient, Treatment
from aftercare.services.leave_course import leave_course
from tests.builders import (
    CALM,
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)
from tests.signing_in import sign_in

from .pages import words

pytestmark = pytest.mark.django_db

PAGE = "/settings/reminders/"
EARLY = {"at": "08:00", "by": "sms"}


@pytest.fixture(autouse=True)
def _monday(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    settings.MESSAGE_FOLDER = str(tmp_path)


@pytest.fixture
def treatment() -> Treatment:
    nurse = make_staff(make_clinic())
    return make_treatment(nurse, make_patient(nurse, email="maya@mail.example"))


@pytest.fixture
def maya(client: Client, treatment: Treatment) -> Client:
    return sign_in(client, treatment.patient)


def test_the_usual_time_is_shown_and_no_way_is_chosen_for_anybody(maya: Client) -> None:
    page = maya.get(PAGE).content.decode()
    assert page.count("checked") == 1
    assert 'value="19:00"' in page
    assert "time for today&#x27;s check" in page


def test_what_is_chosen_moves_the_next_reminder(
    maya: Client, treatment: Treatment
) -> None:
    answer = maya.post(PAGE, EARLY)
    assert (answer.status_code, answer["Location"]) == (303, "/settings/")
    treatment.refresh_from_db()
    patient = Patient.objects.get()
    assert (patient.remind_at, patient.remind_by) == (time(8), "sms")
    assert treatment.next_prompt_at is not None
    local = treatment.next_prompt_at.astimezone(treatment.clinic.zoneinfo)
    assert time(8) <= local.time() <= time(8, 20)
    assert AuditEntry.objects.filter(verb="reminders.chosen").count() == 1
    assert maya.get(PAGE).content.decode().count("checked") == 2


def test_a_day_that_was_reminded_of_is_not_asked_about_again(
    maya: Client, treatment: Treatment
) -> None:
    Treatment.objects.update(prompted_for=MONDAY.date())
    maya.post(PAGE, EARLY)
    treatment.refresh_from_db()
    assert treatment.next_prompt_at is not None
    assert treatment.next_prompt_at.date() == date(2026, 6, 2)


def test_who_left_the_course_is_not_asked_after_for_choosing(
    maya: Client, treatment: Treatment
) -> None:
    leave_course(by=treatment.patient, at=MONDAY)
    maya.post(PAGE, EARLY)
    treatment.refresh_from_db()
    assert treatment.next_prompt_at is None


def test_another_time_is_the_patients_own(maya: Client) -> None:
    maya.post(PAGE, {"at": "own", "own_time": "17:30", "by": "both"})
    assert Patient.objects.get().remind_at == time(17, 30)
    assert 'value="17:30"' in maya.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"at": "own", "by": "sms"}, "Type the time that suits you."),
        ({"at": "own", "own_time": "soon", "by": "sms"}, "Type a time such as 17:30."),
        ({"at": "own", "own_time": "23:00", "by": "sms"}, "not send messages at night"),
        ({"at": "own", "own_time": "07:59", "by": "sms"}, "not send messages at night"),
        ({"at": "08:00"}, "Choose how we should remind you."),
        ({"by": "sms"}, "Choose a time."),
    ],
)
def test_what_cannot_be_is_told_beside_it(
    maya: Client, sent: dict[str, str], said: str
) -> None:
    answer = maya.post(PAGE, sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert Patient.objects.get().remind_by == "undecided"


def test_only_ways_that_lead_to_the_patient_are_offered(
    maya: Client, settings: LazySettings
) -> None:
    settings.MESSAGE_FOLDER = ""
    page = words(maya.get(PAGE))
    assert "E-mail" in page
    assert "Text message" not in page
    assert maya.post(PAGE, EARLY).status_code == 422


def test_it_is_offered_after_the_first_log_until_it_was_chosen(
    maya: Client, treatment: Treatment
) -> None:
    log = send_log(treatment, CALM).log
    assert "When should we remind you?" in words(maya.get(f"/advice/{log.pk}/"))
    maya.post(PAGE, {"at": "08:00", "by": "none"})
    assert "When should we remind you?" not in words(maya.get(f"/advice/{log.pk}/"))


def test_it_is_not_offered_beside_a_warning_sign_or_without_an_address(
    maya: Client, treatment: Treatment
) -> None:
    log = send_log(treatment, fever()).log
    assert "When should we remind you?" not in words(maya.get(f"/advice/{log.pk}/"))
    Patient.objects.update(phone="", email="")
    calm = make_treatment(
        treatment.created_by, treatment.patient, performed_at=MONDAY - timedelta(days=3)
    )
    log = send_log(calm, CALM).log
    assert "When should we remind you?" not in words(maya.get(f"/advice/{log.pk}/"))

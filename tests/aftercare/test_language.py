"""Every message to a patient is in their language, and they say which one that is."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from aftercare.languages import Language
from aftercare.models import (
    AuditEntry,
    OutgoingMessage,
    Patient,
    StaffMember,
    Treatment,
)
from aftercare.services.choose_language import choose_language
from aftercare.services.invite import invite_patient
from aftercare.services.remind import send_nudges, send_reminders
from tests.builders import (
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)
from tests.clock import Wall
from tests.signing_in import sign_in

from .links import page_of
from .pages import call, close, words
from .post import EMAIL, SMS

pytestmark = pytest.mark.django_db

PAGE = "/settings/language/"
ES, PL = Language.SPANISH, Language.POLISH
TONGUES = pytest.mark.parametrize("tongue", [ES, PL])


def patient_in(tongue: Language, by: StaffMember, **over: str) -> Patient:
    details = {"email": "maya@mail.example", "phone": ""} | over
    return make_patient(by, language=tongue, **details)


def letter(kind: str) -> OutgoingMessage:
    return OutgoingMessage.objects.get(kind=kind)


def reminded_and_nudged(patient: Patient, by: StaffMember) -> list[str]:
    """The two messages of a day without a log."""
    make_treatment(by, patient)
    Patient.objects.update(remind_at=time(9))
    Treatment.objects.update(prompted_for=date(2026, 5, 31), next_prompt_at=MONDAY)
    said = []
    for send, moment, kind in (
        (send_reminders, MONDAY + timedelta(minutes=30), "reminder"),
        (send_nudges, MONDAY + timedelta(hours=6), "nudge"),
    ):
        send(moment)
        said.append(letter(kind).body)
        OutgoingMessage.objects.update(sent_at=moment, to="", body="")
    return said


# --- What is said ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tongue", "subject", "said"),
    [
        (ES, "ya puede hacer su control diario", "Nunca le pediremos que pague"),
        (PL, "codzienna ankieta jest gotowa", "Nigdy nie poprosimy o zapłatę"),
    ],
)
def test_an_invitation(nurse, tongue, subject, said) -> None:
    patient = patient_in(tongue, nurse)
    made = invite_patient(patient=patient, by=nurse, at=MONDAY, channels=[EMAIL])
    sent = letter("invitation")
    assert sent.subject == f"Ashgrove Clinic: {subject}"
    assert said in sent.body
    assert page_of(made.token) in sent.body


@pytest.mark.parametrize(
    ("tongue", "subject", "said"),
    [
        (ES, "su código", "Ashgrove Clinic: su código es "),
        (PL, "kod logowania", "Ashgrove Clinic: kod logowania to "),
    ],
)
def test_a_code_to_come_back(nurse, client, wall: Wall, tongue, subject, said) -> None:
    make_treatment(nurse, patient_in(tongue, nurse))
    client.post("/sign-in/patient/", {"email": "maya@mail.example"})
    sent = letter("sign_in_code")
    assert sent.subject == f"Ashgrove Clinic: {subject}"
    assert said in sent.body


@pytest.mark.parametrize(
    ("tongues", "said"),
    [
        ((ES, ES), "Su clínica: su código es "),
        ((PL, PL), "Klinika: kod logowania to "),
        ((ES, PL), "Your clinic: your code is "),
    ],
)
def test_a_code_for_several_is_in_the_language_they_share(
    nurse, client, wall: Wall, tongues, said
) -> None:
    other = make_staff(make_clinic("Birchwood Clinic"))
    for by, tongue in zip((nurse, other), tongues, strict=True):
        make_treatment(by, patient_in(tongue, by))
    client.post("/sign-in/patient/", {"email": "maya@mail.example"})
    assert letter("sign_in_code").body.startswith(said)


@pytest.mark.parametrize(
    ("tongue", "reminder", "nudged", "stop"),
    [
        (
            ES,
            "es la hora de su control de hoy.",
            "todavía no tenemos su control de hoy.",
            "Dejar de recibir estos mensajes: http",
        ),
        (
            PL,
            "czas na dzisiejszą ankietę.",
            "nie mamy jeszcze dzisiejszej ankiety.",
            "Rezygnacja z tych wiadomości: http",
        ),
    ],
)
def test_a_reminder_and_a_nudge(nurse, tongue, reminder, nudged, stop) -> None:
    bodies = reminded_and_nudged(patient_in(tongue, nurse), nurse)
    for body, said in zip(bodies, (reminder, nudged), strict=True):
        assert body.startswith(f"Ashgrove Clinic: {said}")
        assert stop in body


@pytest.mark.parametrize(
    ("tongue", "missed", "left"),
    [
        (ES, "Ashgrove Clinic ha intentado llamarle.", "tiene un mensaje nuevo."),
        (PL, "Ashgrove Clinic: próbowaliśmy się dodzwonić.", "czeka nowa wiadomość."),
    ],
)
def test_a_call_that_was_missed_and_a_message_that_was_left(
    nurse, tongue, missed, left
) -> None:
    treatment = make_treatment(nurse, patient_in(tongue, nurse))
    send_log(treatment, fever())
    call(treatment, nurse, MONDAY + timedelta(minutes=1), "no_answer")
    assert letter("missed_call").body.startswith(missed)
    assert "020 7946 0311" in letter("missed_call").body
    OutgoingMessage.objects.all().delete()
    call(treatment, nurse, MONDAY + timedelta(minutes=2), "spoke")
    close(treatment, nurse, MONDAY + timedelta(minutes=3), message="Rest today.")
    assert letter("new_message").body.startswith(f"Ashgrove Clinic: {left}")


def test_a_text_message_has_letters_that_it_carries(nurse, settings, tmp_path) -> None:
    settings.MESSAGE_FOLDER = str(tmp_path)
    patient = patient_in(PL, nurse, phone="07700 900318")
    invite_patient(patient=patient, by=nurse, at=MONDAY, channels=[SMS])
    assert letter("invitation").body.isascii()


# --- Choosing it ----------------------------------------------------------------------


@pytest.fixture
def patient(nurse: StaffMember) -> Patient:
    found = make_patient(nurse, email="maya@mail.example")
    make_treatment(nurse, found)
    return found


@pytest.fixture
def maya(
    client: Client,
    patient: Patient,
    wall: Wall,
    settings: LazySettings,
    tmp_path,
) -> Client:
    settings.MESSAGE_FOLDER = str(tmp_path)
    return sign_in(client, patient)


def changes() -> int:
    return AuditEntry.objects.filter(verb="language.chosen").count()


def test_a_patient_is_written_to_in_english_until_they_choose(patient) -> None:
    assert patient.language == Language.ENGLISH


def test_the_page_names_each_language_in_itself_and_shows_what_stands(maya) -> None:
    page = maya.get(PAGE).content.decode()
    assert '<span lang="es">Español</span>' in page
    assert '<span lang="pl">Polski</span>' in page
    assert page.count("checked") == 1
    assert 'value="en" required id="id_language_0" checked' in page
    assert "Messages come in this language. These pages stay in English." in page
    assert "es la hora de su control de hoy." in page
    assert "czas na dzisiejszą ankietę." in page


@TONGUES
def test_what_is_chosen_is_kept_and_noted(maya, patient, tongue) -> None:
    answer = maya.post(PAGE, {"language": tongue.value})
    assert (answer.status_code, answer["Location"]) == (303, "/settings/")
    patient.refresh_from_db()
    assert patient.language == tongue
    entry = AuditEntry.objects.get(verb="language.chosen")
    assert (entry.patient, entry.object_id) == (patient, patient.pk)
    settings_page = maya.get("/settings/").content.decode()
    assert f'lang="{tongue.value}"' in settings_page
    assert tongue.label in settings_page
    reminders = maya.get("/settings/reminders/").content.decode()
    assert f'<p lang="{tongue.value}">Ashgrove Clinic: ' in reminders


def test_choosing_what_stands_there_changes_nothing(maya, patient) -> None:
    maya.post(PAGE, {"language": "en"})
    choose_language(by=patient, language=Language.ENGLISH, at=MONDAY)
    assert changes() == 0


@pytest.mark.parametrize("sent", [{}, {"language": ""}, {"language": "la"}])
def test_what_is_no_choice_is_asked_again(maya, patient, sent) -> None:
    answer = maya.post(PAGE, {"csrf": "x"} | sent)
    assert answer.status_code == 422
    said = "Select a valid choice" if sent.get("language") else "Choose a language."
    assert said in words(answer)
    patient.refresh_from_db()
    assert (patient.language, changes()) == (Language.ENGLISH, 0)


def test_a_message_that_waits_keeps_the_words_it_has(nurse, patient) -> None:
    make = {"patient": patient, "by": nurse, "at": MONDAY, "channels": [EMAIL]}
    invite_patient(**make)
    choose_language(by=patient, language=ES, at=MONDAY)
    assert "your daily check is ready" in letter("invitation").body
    OutgoingMessage.objects.all().delete()
    patient.refresh_from_db()
    invite_patient(**make)
    assert "su control diario" in letter("invitation").body


# --- In the record --------------------------------------------------------------------


def test_it_stands_in_what_a_patient_reads_and_takes_away(maya, patient) -> None:
    choose_language(by=patient, language=PL, at=MONDAY)
    page = b"".join(maya.get("/my-data/record/").streaming_content).decode()
    assert "<dt>Language of messages</dt><dd>Polish</dd>" in page
    copy = b"".join(maya.get("/my-data/record.json").streaming_content)
    assert json.loads(copy)["patient"]["language"] == "pl"

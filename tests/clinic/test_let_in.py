"""Staff let a patient in: a link to scan and to send, what became of it, and devices."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aftercare.models import AuditEntry, Invitation, OutgoingMessage, Patient
from aftercare.services.invite import invite_patient
from aftercare.services.tokens import LINK_LASTS, digest_of
from clinic.qr_code import qr_code
from tests.aftercare.links import boxes, come_in, page_of, press_start
from tests.aftercare.pages import words
from tests.builders import MONDAY, make_clinic, make_patient, make_staff, make_treatment
from tests.clinic.conftest import NEW, person, procedure
from tests.signing_in import login_of

LINK = re.compile(r"http[^\s<]+/i/([\w-]+)/")


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    """E-mail is set up, text messages are not."""
    settings.MESSAGE_FOLDER, settings.SMS_URL = "", ""
    settings.EMAIL_HOST = "mail.example"


@pytest.fixture
def maya(nurse) -> Patient:
    patient = make_patient(nurse, email="maya@mail.example")
    make_treatment(nurse, patient)
    return patient


def address(patient: Patient, name: str = "let_in") -> str:
    return reverse(name, args=[patient.pk])


def make_link(client: Client, patient: Patient, **sent: str) -> str:
    """The token of a link that was made on the page."""
    client.post(address(patient), sent)
    return shown(client, patient)


def shown(client: Client, patient: Patient) -> str:
    """The token on the page, if it shows one."""
    found = LINK.search(client.get(address(patient)).content.decode())
    return found[1] if found else ""


# --- A link ---------------------------------------------------------------------------


def test_a_link_is_shown_on_this_screen_and_kept_nowhere(
    maya, nurse, signed_in
) -> None:
    client = signed_in(nurse)
    answer = client.post(address(maya))
    assert (answer.status_code, answer["Location"]) == (303, address(maya))
    token = shown(client, maya)
    row = Invitation.objects.get()
    assert row.digest == digest_of(token)
    assert row.created_by == nurse
    cookie = answer.cookies["link"]
    assert (cookie["path"], cookie["max-age"]) == (address(maya), 600)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert shown(signed_in(nurse), maya) == ""


def test_the_picture_is_of_the_link(maya, nurse, signed_in) -> None:
    client = signed_in(nurse)
    make_link(client, maya)
    page = client.get(address(maya)).content.decode()
    link = LINK.search(page)[0]
    assert f'src="{qr_code(link)}"' in page
    drawn = b64decode(qr_code(link).partition(",")[2]).decode()
    assert "<svg" in drawn
    assert drawn != b64decode(qr_code(link + "x").partition(",")[2]).decode()


def test_a_link_is_shown_until_somebody_uses_it(maya, nurse, signed_in) -> None:
    client = signed_in(nurse)
    token = make_link(client, maya)
    assert shown(client, maya) == token
    press_start(Client(), token)
    assert shown(client, maya) == ""
    assert "The patient has pressed Start" in words(client.get(address(maya)))


def test_a_link_of_one_patient_is_not_shown_as_that_of_another(
    maya, nurse, signed_in
) -> None:
    client, other = signed_in(nurse), make_patient(nurse, "Ellie Novak")
    token = make_link(client, maya)
    client.cookies["link"] = token
    assert shown(client, other) == ""


def test_it_is_sent_by_the_ways_that_are_ticked(maya, nurse, signed_in) -> None:
    client = signed_in(nurse)
    assert "by e-mail to maya@mail.example" in words(client.get(address(maya)))
    make_link(client, maya)
    assert not OutgoingMessage.objects.exists()
    token = make_link(client, maya, way="email")
    assert token in OutgoingMessage.objects.get().body
    assert "E-mail on its way." in words(client.get(address(maya)))


def test_a_way_that_is_not_set_up_is_not_taken(maya, nurse, signed_in) -> None:
    make_link(signed_in(nurse), maya, way="sms")
    assert not OutgoingMessage.objects.exists()


def test_without_an_address_the_screen_is_the_way(nurse, signed_in) -> None:
    page = words(signed_in(nurse).get(address(make_patient(nurse))))
    assert "There is no way to send it." in page


# --- What became of it ----------------------------------------------------------------


def state(client: Client, patient: Patient) -> str:
    page = client.get(address(patient, "link_now")).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_what_became_of_a_link_can_be_followed(maya, nurse, signed_in, wall) -> None:
    client = signed_in(nurse)
    assert "There is none yet." in state(client, maya)
    token = make_link(client, maya)
    assert "Not used yet Made 9am by Priya Nair. Works once, until Mon 8 June" in state(
        client, maya
    )
    wall.forward(minutes=1)
    phone = Client()
    press_start(phone, token)
    assert "The patient has pressed Start" in state(client, maya)
    wall.forward(minutes=1)
    phone.post(reverse("birth_date"), boxes(year="1990"))
    assert "1 wrong date of birth." in state(client, maya)
    phone.post(reverse("birth_date"), boxes())
    assert "The patient is in" in state(client, maya)
    assert "Came in 9:02am." in state(client, maya)


def test_what_became_of_a_link_names_nobody(maya, nurse, signed_in) -> None:
    client = signed_in(nurse)
    make_link(client, maya)
    read = AuditEntry.objects.filter(verb="patient.read").count()
    page = client.get(address(maya, "link_now")).content.decode()
    for word in ("Maya", "Okafor", "1991", "maya@"):
        assert word not in page
    assert AuditEntry.objects.filter(verb="patient.read").count() == read


def test_a_link_that_grew_old(maya, nurse, signed_in) -> None:
    invite_patient(patient=maya, by=nurse, at=timezone.now() - LINK_LASTS, channels=[])
    assert "Too old: never used" in state(signed_in(nurse), maya)


def test_a_locked_link_says_what_the_record_says(maya, nurse, signed_in) -> None:
    client = signed_in(nurse)
    phone = Client()
    press_start(phone, make_link(client, maya))
    for _ in range(5):
        phone.post(reverse("birth_date"), boxes(year="1990"))
    page = words(client.get(address(maya)))
    assert "Locked after five wrong dates of birth" in page
    assert "The record says Maya was born on 14 May 1991 ." in page
    assert "Take the link back" not in page


def test_a_link_is_taken_back(maya, nurse, signed_in) -> None:
    client = signed_in(nurse)
    token = make_link(client, maya)
    answer = client.post(address(maya, "revoke_link"))
    assert answer["Location"] == address(maya)
    page = words(client.get(address(maya)))
    assert "The link is taken back." in page
    assert "Taken back 9am." in page
    assert Client().get(page_of(token)).status_code == 410
    client.post(address(maya, "revoke_link"))
    assert "The link is taken back." not in words(client.get(address(maya)))


@pytest.mark.parametrize(
    ("became", "said"),
    [
        ({"sent_at": MONDAY, "to": "", "body": ""}, "E-mail sent 9am."),
        (
            {"gave_up_at": MONDAY, "gave_up_why": "refused", "to": "", "body": ""},
            "E-mail not delivered: please check the address.",
        ),
        ({"tries": 2}, "E-mail not sent yet, we keep trying."),
    ],
)
def test_it_says_what_became_of_the_message(
    maya, nurse, signed_in, became, said
) -> None:
    client = signed_in(nurse)
    make_link(client, maya, way="email")
    OutgoingMessage.objects.update(**became)
    assert said in state(client, maya)


def test_a_link_by_nobody_in_particular(maya, nurse, signed_in) -> None:
    client = signed_in(nurse)
    make_link(client, maya)
    Invitation.objects.update(created_by=None)
    assert "Made 9am." in state(client, maya)


# --- Devices --------------------------------------------------------------------------


def test_devices_are_counted_and_signed_out(maya, nurse, signed_in) -> None:
    client, phone = signed_in(nurse), Client()
    assert "Not signed in anywhere." in words(client.get(address(maya)))
    come_in(phone, make_link(client, maya))
    come_in(Client(), make_link(client, maya))
    assert "Signed in on 2 devices." in words(client.get(address(maya)))
    client.post(address(maya, "sign_out_patient"))
    page = words(client.get(address(maya)))
    assert "Every device of this patient is signed out." in page
    assert "Not signed in anywhere." in page
    assert phone.get(reverse("today")).status_code == 302


# --- From the form of a new treatment ---------------------------------------------------


def test_a_new_patient_is_invited_with_the_treatment(desk, signed_in) -> None:
    client = signed_in(desk)
    sent = person(email="ellie@mail.example") | procedure()
    page = client.post(NEW, sent, follow=True)
    token = LINK.search(page.content.decode())[1]
    assert "Treatment saved." in words(page)
    assert "Scan this with the patient’s phone" in words(page)
    message = OutgoingMessage.objects.get()
    assert (message.to, token in message.body) == ("ellie@mail.example", True)


def test_a_second_press_shows_a_link_and_sends_one_message(desk, signed_in) -> None:
    client = signed_in(desk)
    sent = person(email="ellie@mail.example") | procedure()
    client.post(NEW, sent)
    page = client.post(NEW, sent, follow=True)
    token = LINK.search(page.content.decode())[1]
    waiting = OutgoingMessage.objects.get(gave_up_at=None)
    assert token in waiting.body
    assert Client().get(page_of(token)).status_code == 200


def test_a_patient_who_was_never_in_is_invited_with_the_next_treatment(
    maya, nurse, signed_in
) -> None:
    client = signed_in(nurse)
    client.post(f"{NEW}?patient={maya.pk}", procedure())
    assert maya.invitations.count() == 1


def test_the_patients_page_says_how_they_get_in(maya, nurse, signed_in) -> None:
    client, page = signed_in(nurse), reverse("patient_detail", args=[maya.pk])
    assert "No link yet." in words(client.get(page))
    make_link(client, maya)
    assert "Not used yet" in words(client.get(page))
    assert address(maya) in client.get(page).content.decode()


def test_the_front_desk_finds_the_way_in_its_list(maya, desk, signed_in) -> None:
    page = signed_in(desk).get(reverse("patients")).content.decode()
    assert address(maya) in page


# --- Who may --------------------------------------------------------------------------


def test_looking_is_written_down(maya, nurse, signed_in) -> None:
    signed_in(nurse).get(address(maya))
    entry = AuditEntry.objects.get(verb="patient.read")
    assert (entry.patient, entry.staff, entry.page) == (maya, nurse, "let_in")


@pytest.mark.parametrize(
    "name", ["let_in", "link_now", "revoke_link", "sign_out_patient"]
)
def test_a_patient_of_another_clinic_is_not_there(maya, signed_in, name) -> None:
    elsewhere = make_staff(make_clinic("Birchwood Clinic"))
    client = signed_in(elsewhere)
    login_of(maya)
    ask = client.get if name == "link_now" else client.post
    assert ask(address(maya, name)).status_code == 404
    assert not Invitation.objects.exists()


def test_auditors_let_nobody_in(maya, nurse, signed_in) -> None:
    auditor = make_staff(nurse.clinic, "Alex Roe", "is_auditor")
    assert signed_in(auditor).post(address(maya)).status_code == 403

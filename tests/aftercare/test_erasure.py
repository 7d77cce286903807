"""A record is erased: nothing of it is left anywhere, and nothing of anybody else's goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from aftercare.models import AuditEntry, Erasure, Login, OutgoingMessage, Patient
from aftercare.models.of_patient import (
    GOES_WITH_THE_LOGIN,
    GOES_WITH_THE_PATIENT,
    STAYS,
    of_login,
    of_patient,
    reached_labels,
)
from aftercare.services.erase_patient import erase_patient
from aftercare.services.follow_up import NotPossible
from aftercare.warning_signs.vocabulary import Level
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
from tests.house.everywhere import files_with, tables_with
from tests.house.two_clinics import House, Record, make_house
from tests.house.untouched import rows_of
from tests.house.whole_record import complete
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

REASON = "Asked to be deleted."


@pytest.fixture
def messages(settings: Any, tmp_path: Path) -> Path:
    settings.MESSAGE_FOLDER = str(tmp_path / "messages")
    return tmp_path / "messages"


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def house(messages: Path) -> House:
    return make_house("a")


@pytest.fixture
def record(house: House) -> Record:
    return complete(house, house.first)


def words_of(record: Record) -> list[str]:
    """Every word that is found in this record and nowhere else."""
    return [record.name, record.clinical, record.internal]


def erase(record: Record, **how: Any) -> Erasure:
    told = {"reason": REASON, "at": MONDAY, "not_from": None} | how
    clinic = record.patient.clinic
    return erase_patient(clinic=clinic, patient_id=record.patient.pk, **told)


# --- What is a patient's --------------------------------------------------------------


def test_every_table_that_hangs_on_a_patient_or_a_login_has_its_place() -> None:
    """A new one is added to a list in `aftercare/models/of_patient.py`: it goes or stays."""
    patient, login = reached_labels()
    assert patient == GOES_WITH_THE_PATIENT | set(STAYS)
    assert login == GOES_WITH_THE_LOGIN | set(STAYS)


def test_what_hangs_on_others_is_erased_before_them() -> None:
    for found in (of_patient(), of_login()):
        assert [one.steps for one in found] == sorted(
            (one.steps for one in found), reverse=True
        )
        assert found[-1].path == "pk"


def test_no_way_to_the_patient_leads_over_a_reference_that_may_be_empty() -> None:
    """Except where a row may be nobody's: then that is its only way."""
    optional = {"aftercare.Invitation", "aftercare.OutgoingMessage", "aftercare.Export"}
    for one in of_patient():
        if one.steps == 1 and one.label in optional:
            continue
        model = one.model
        for name in () if one.path == "pk" else one.path.split("__"):
            field = model._meta.get_field(name)
            assert not field.null, f"{one.label}: {one.path}"
            model = field.related_model


# --- Nothing is left ------------------------------------------------------------------


def test_the_story_has_a_row_in_every_table(record: Record) -> None:
    """Otherwise there would be nothing to find."""
    empty = [one.label for one in of_patient() if not one.rows(record.patient.pk)]
    login = record.patient.login_id
    assert empty + [one.label for one in of_login() if not one.rows(login)] == []


def test_after_it_no_word_of_the_record_stands_in_any_table(record: Record) -> None:
    assert len(tables_with(words_of(record))) > 10
    assert tables_with([record.clinical])[-1].startswith("session ")
    erase(record)
    assert tables_with(words_of(record)) == []


def test_no_row_has_the_patients_key_but_the_audit_and_the_erasure(
    record: Record,
) -> None:
    key = record.patient.pk
    erase(record)
    known = tables_with([key.hex, str(key)])
    assert known == ["aftercare_auditentry", "aftercare_erasure"]


def test_it_says_how_many_rows_went_when_and_why(record: Record, house: House) -> None:
    patient, login = record.patient, record.patient.login
    before = sum(one.rows(patient.pk).count() for one in of_patient())
    before += sum(one.rows(login.pk).count() for one in of_login())
    before += 1  # the session
    erasure = erase(record, by=house.staff["owner"])
    assert erasure.rows == before
    assert (erasure.patient, erasure.reason) == (patient.pk, REASON)
    assert (erasure.at, erasure.by_staff) == (MONDAY, house.staff["owner"])


def test_the_audit_keeps_every_row_and_gets_one_more(record: Record) -> None:
    before = list(AuditEntry.objects.order_by("pk").values())
    erasure = erase(record)
    after = list(AuditEntry.objects.order_by("pk").values())
    new = [row for row in after if row not in before]
    assert len(after) == len(before) + 1
    assert [(row["verb"], row["object_id"]) for row in new] == [
        ("patient.erased", erasure.pk)
    ]
    assert new[0]["patient_id"] == record.patient.pk


def test_the_audit_is_still_a_whole_chain(record: Record, capsys) -> None:
    erase(record)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    call_command("verify_audit")


def test_the_files_of_its_messages_go_and_others_stay(
    record: Record, messages: Path, django_capture_on_commit_callbacks
) -> None:
    messages.mkdir()
    keys = OutgoingMessage.objects.filter(patient=record.patient)
    key, other = keys.order_by("created_at").values_list("pk", flat=True)
    for name in (f"{key}.txt", f".{other}"):
        (messages / name).write_text(f"Hello {record.name}")
    (messages / "code.txt").write_text(f"To: {record.patient.email}\nA code")
    (messages / "other.txt").write_text("To: other@mail.example\nHello")
    assert len(list(files_with([record.name], messages))) == 3
    with django_capture_on_commit_callbacks(execute=True):
        erase(record)
    assert [file.name for file in messages.iterdir()] == ["other.txt"]


def test_without_a_folder_there_are_no_files_to_look_for(
    record: Record, settings, django_capture_on_commit_callbacks
) -> None:
    settings.MESSAGE_FOLDER = ""
    with django_capture_on_commit_callbacks(execute=True):
        erase(record)


def test_nothing_of_anybody_else_goes(record: Record, house: House) -> None:
    theirs = make_house("b")
    second = house.second
    others = [(theirs.clinic, None), (house.clinic, second.treatment)]
    before = [rows_of(*part) for part in others]
    staff = [str(row) for row in house.clinic.staffmembers.order_by("pk").values()]
    kept = [one.pk for one in Login.objects.exclude(pk=record.patient.login_id)]
    erase(record)
    assert [rows_of(*part) for part in others] == before
    assert [
        str(one) for one in house.clinic.staffmembers.order_by("pk").values()
    ] == staff
    assert sorted(Login.objects.values_list("pk", flat=True)) == sorted(kept)
    assert tables_with(words_of(second))


# --- Logins and sessions --------------------------------------------------------------


def test_the_phone_of_whoever_is_erased_is_signed_out(record: Record) -> None:
    phone = sign_in(Client(), record.patient)
    assert phone.get("/today/").status_code == 200
    erase(record)
    assert phone.get("/today/").status_code in {302, 404}
    assert not Session.objects.exists()


def test_a_login_that_somebody_else_signs_in_with_is_kept(record: Record) -> None:
    elsewhere = make_house("b")
    other = elsewhere.second.patient
    other.login = record.patient.login
    other.save()
    sign_in(Client(), record.patient)
    erase(record)
    other.refresh_from_db()
    assert other.login is not None


def test_a_browser_that_is_on_the_way_back_in_forgets_them(record: Record) -> None:
    """It keeps the address that a code went to, and whose it may be."""
    Patient.objects.filter(pk=record.patient.pk).update(email="zqaoneway@mail.example")
    phone = Client()
    phone.post("/sign-in/patient/", {"email": "zqaoneway@mail.example"})
    assert "session zqaoneway" in tables_with(["zqaoneway"])
    erase(record)
    assert tables_with(["zqaoneway"]) == []


def test_a_code_for_an_address_that_several_share_goes_too(
    record: Record, house: House
) -> None:
    for one in (record, house.second):
        one.patient.email = "zqaoneboth@mail.example"
        one.patient.save()
    Client().post("/sign-in/patient/", {"email": "zqaoneboth@mail.example"})
    message = OutgoingMessage.objects.get(to="zqaoneboth@mail.example")
    assert message.patient is None
    erase(record)
    assert not OutgoingMessage.objects.filter(pk=message.pk).exists()
    assert tables_with(["zqaoneboth"]) == ["aftercare_patient"]  # the other one's


def test_an_address_that_nobody_has_is_forgotten_with_its_session(
    record: Record,
) -> None:
    """The login of a member of staff has it: no code is sent, but the session knows it."""
    Client().post("/sign-in/patient/", {"email": record.patient.email})
    assert "session zqaonename" in tables_with([record.name])
    erase(record)
    assert tables_with([record.name]) == []


def test_sessions_of_others_go_on(record: Record, house: House) -> None:
    other = sign_in(Client(), house.second.patient)
    nurse = sign_in(Client(), house.staff["nurse"])
    erase(record)
    assert other.get("/today/").status_code == 200
    assert nurse.get("/patients/").status_code == 200


def test_a_login_of_a_member_of_staff_is_kept(record: Record, house: House) -> None:
    login = record.patient.login
    house.staff["desk"].login = login
    house.staff["desk"].save()
    erase(record)
    assert Login.objects.filter(pk=login.pk).exists()


def test_a_patient_who_never_came_in_is_erased_as_well() -> None:
    patient = make_patient(make_staff(make_clinic()))
    erasure = erase_patient(
        clinic=patient.clinic, patient_id=patient.pk, reason=REASON, at=MONDAY
    )
    assert erasure.rows == 1
    assert not Patient.objects.exists()


# --- What is refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "not_from", "refused"),
    [
        (CALM, Level.URGENT, False),
        (GLANDS, Level.URGENT, False),
        (GLANDS, Level.PROMPT, True),
        (fever("39.5"), Level.URGENT, True),
        ({"signs_emergency": True}, Level.URGENT, True),
        ({"signs_emergency": True}, None, False),
    ],
)
def test_a_warning_that_waits_for_a_person_is_not_erased(
    answers, not_from, refused
) -> None:
    treatment = make_treatment(make_staff(make_clinic()))
    send_log(treatment, answers)
    how = {
        "clinic": treatment.clinic,
        "patient_id": treatment.patient_id,
        "reason": REASON,
        "at": MONDAY,
        "not_from": not_from,
    }
    if not refused:
        assert erase_patient(**how).rows > 3
        return
    with pytest.raises(NotPossible, match="Close it first"):
        erase_patient(**how)
    assert treatment.logs.count() == 1
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(
    "reason",
    [
        "zqaonename asked",
        "Mrs OKAFOR wants it.",
        "Mail from zqaonename@mail.example",
        "She called from 07700 900318",
    ],
)
def test_a_reason_that_says_who_it_was_is_refused(reason: str, record: Record) -> None:
    with pytest.raises(NotPossible, match="Leave the name out"):
        erase(record, reason=reason)


def test_a_name_within_another_word_is_no_name(record: Record) -> None:
    Patient.objects.filter(pk=record.patient.pk).update(
        given_name="Al", family_name="Lo", email="", phone=""
    )
    erase(record, reason="All allowed by the owner")


def test_a_reason_that_is_too_long_is_refused(record: Record) -> None:
    with pytest.raises(NotPossible, match="200 letters"):
        erase(record, reason="a" * 201)


def test_a_patient_of_another_clinic_is_not_there(record: Record) -> None:
    theirs = make_house("b")
    with pytest.raises(Patient.DoesNotExist):
        erase_patient(
            clinic=theirs.clinic,
            patient_id=record.patient.pk,
            reason=REASON,
            at=MONDAY,
        )
    assert tables_with(words_of(record))


# --- The command ----------------------------------------------------------------------


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch):
    """What is typed when the command asks."""
    return lambda word: monkeypatch.setattr("builtins.input", lambda _: word)


def test_the_command_erases_after_asking(record: Record, says, capsys) -> None:
    says("ERASE")
    call_command(
        "erase_patient",
        str(record.patient.pk),
        reason=REASON,
        even_with_open_flags=True,
    )
    said = capsys.readouterr().out
    assert record.name in said  # so that whoever types it sees whom it is about
    assert "will be erased" in said
    assert tables_with(words_of(record)) == []


def test_the_command_does_nothing_unless_told_so(record: Record, says) -> None:
    says("yes")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_patient", str(record.patient.pk), reason=REASON)
    assert Patient.objects.filter(pk=record.patient.pk).exists()


def test_the_command_refuses_in_a_sentence(record: Record, house: House) -> None:
    send_log(record.treatment, fever("39.5"))
    with pytest.raises(CommandError, match="A flag that needs a person is open"):
        call_command("erase_patient", str(record.patient.pk), reason=REASON, yes=True)
    with pytest.raises(CommandError, match="Say why"):
        call_command("erase_patient", str(record.patient.pk), reason=" ", yes=True)
    with pytest.raises(CommandError, match="no patient with this key"):
        call_command("erase_patient", str(house.clinic.pk), reason=REASON, yes=True)


def test_after_an_old_backup_everybody_is_erased_again(
    record: Record, house: House, capsys, tmp_path: Path
) -> None:
    erase(record)
    call_command("erased")
    listed = capsys.readouterr().out
    assert listed == f"{record.patient.pk} 2026-06-01\n"
    file = tmp_path / "erased.txt"
    file.write_text(f"{listed}{house.second.patient.pk} 2026-06-02\n\n")
    call_command("erased", again=file)
    said = capsys.readouterr().out
    assert (
        said == f"Erased again: {house.second.patient.pk}\n1 of 2 were there again.\n"
    )
    assert tables_with(words_of(house.second)) == []


@pytest.mark.parametrize("content", [None, "Maya Okafor 2026-06-01\n"])
def test_a_list_that_cannot_be_read_erases_nobody(content, tmp_path: Path) -> None:
    file = tmp_path / "erased.txt"
    if content:
        file.write_text(content)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("erased", again=file)

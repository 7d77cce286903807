"""Erasing while others write: all of a record is there, or nothing of it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from aftercare.models import Patient, Treatment
from aftercare.models.of_patient import of_patient
from aftercare.services import erase_patient as erasing
from aftercare.services.erase_patient import erase_patient
from aftercare.services.follow_up import NotPossible
from tests.aftercare.test_at_once import at_once
from tests.builders import (
    GLANDS,
    MONDAY,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)
from tests.house.everywhere import files_with, tables_with

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = ["zqerased"]


@pytest.fixture(autouse=True)
def _no_folder(settings) -> None:
    settings.MESSAGE_FOLDER = ""


@pytest.fixture
def treatment() -> Treatment:
    nurse = make_staff(make_clinic())
    return make_treatment(nurse, make_patient(nurse, "zqerased Okafor"))


def erase(treatment: Treatment):
    return erase_patient(
        clinic=treatment.clinic,
        patient_id=treatment.patient_id,
        reason="Asked to be deleted.",
        at=MONDAY,
        not_from=None,
    )


def rows_left(treatment: Treatment) -> int:
    return sum(one.rows(treatment.patient_id).count() for one in of_patient())


@pytest.mark.parametrize("round_number", range(3))
def test_logs_that_arrive_meanwhile_are_erased_or_refused(
    round_number: int, treatment: Treatment
) -> None:
    def send():
        return send_log(treatment, GLANDS, {"free_text": "zqerased in my neck"})

    results = at_once(*[send] * 3, lambda: erase(treatment), *[send] * 3)
    erased, sent = results[3], results[:3] + results[4:]
    assert erased.rows > 0
    for one in sent:
        assert getattr(one, "created", False) or isinstance(one, Treatment.DoesNotExist)
    assert rows_left(treatment) == 0
    assert tables_with(WORDS) == []


def test_a_treatment_that_is_entered_meanwhile_is_erased_or_refused(
    treatment: Treatment,
) -> None:
    """Or nothing is erased, and a sentence says so."""
    nurse, patient = treatment.created_by, treatment.patient

    def enter():
        before = MONDAY - timedelta(days=40)
        return make_treatment(nurse, patient, performed_at=before)

    erased, entered = at_once(lambda: erase(treatment), enter)
    if isinstance(erased, NotPossible):
        assert isinstance(entered, Treatment)
        assert rows_left(treatment) > 2
    else:
        assert erased.rows > 0
        assert rows_left(treatment) == 0
        assert tables_with(WORDS) == []


def test_two_who_erase_at_once_erase_once(treatment: Treatment) -> None:
    results = at_once(*[lambda: erase(treatment)] * 2)
    kinds = sorted(type(one).__name__ for one in results)
    assert kinds == ["DoesNotExist", "Erasure"]


def test_a_row_that_is_not_found_stops_it_all(
    treatment: Treatment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if one had been added behind the erasure's back."""
    send_log(treatment, GLANDS)
    before = rows_left(treatment)
    remove = erasing._remove
    monkeypatch.setattr(
        erasing,
        "_remove",
        lambda rows: 0 if rows.model is Treatment else remove(rows),
    )
    with pytest.raises(NotPossible, match="Nothing was erased"):
        erase(treatment)
    assert rows_left(treatment) == before
    assert Patient.objects.filter(pk=treatment.patient_id).exists()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite is a file")
def test_the_file_of_the_database_has_no_word_left(treatment: Treatment) -> None:
    send_log(treatment, GLANDS, {"free_text": "zqerased in my neck"})
    folder = Path(connection.settings_dict["NAME"]).parent
    assert list(files_with(WORDS, folder))
    erase(treatment)
    if connection.settings_dict["OPTIONS"]["init_command"].find("=WAL") > 0:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert list(files_with(WORDS, folder)) == []


def test_the_audit_is_still_a_whole_chain(treatment: Treatment) -> None:
    erase(treatment)
    call_command("verify_audit")

"""`manage.py verify_audit` says in one sentence which row does not fit."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from aftercare.models import AuditEntry, AuditHead, AuditSeal, Clinic, audit_reading
from tests.aftercare.tampering import fill, lift_triggers
from tests.builders import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic() -> Clinic:
    clinic = make_clinic()
    fill(clinic, 6, Random(1))
    return clinic


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]):
    """Runs the command: exit status, output and errors."""

    def run(*words: str) -> tuple[int, str, str]:
        status = 0
        try:
            call_command("verify_audit", *words)
        except SystemExit as error:
            status = int(str(error.code))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_an_audit_as_it_was_written_fits(clinic: Clinic, verify) -> None:
    status, out, err = verify()
    assert (status, out, err) == (0, f"Clinic {clinic.pk}: 7 rows, all fit.\n", "")


def test_a_clinic_without_an_entry_fits(verify) -> None:
    clinic = make_clinic()
    lift_triggers()
    for model in (AuditHead, AuditSeal, AuditEntry):
        model.objects.all()._raw_delete("default")
    assert f"Clinic {clinic.pk}: 0 rows, all fit." in verify()[1]


def test_a_changed_row_is_named_and_the_other_clinics_are_verified_all_the_same(
    clinic: Clinic, verify
) -> None:
    other = make_clinic("Birchwood Clinic")
    connection.check_constraints()
    lift_triggers()
    AuditEntry.objects.filter(seal__number=3).update(page="somewhere")
    status, out, err = verify("Ashgrove Clinic", str(other.pk))
    assert status == 1
    assert out == f"Clinic {other.pk}: 1 rows, all fit.\n"
    assert err.startswith(f"Clinic {clinic.pk}: Row 3 does not fit: it was changed")


def test_an_entry_without_a_seal_is_named(clinic: Clinic, verify) -> None:
    lift_triggers()
    entry = AuditEntry.objects.create(
        clinic=clinic, at=clinic.created_at, verb="patient.read", version="x"
    )
    status, _, err = verify("Ashgrove Clinic")
    assert status == 1
    assert f"Entry {entry.pk.hex} was inserted: it has no place in the chain." in err


def test_a_database_that_no_longer_refuses_changes_is_said_so(
    clinic: Clinic, verify
) -> None:
    lift_triggers()
    status, _, err = verify()
    assert status == 1
    assert "its trigger audit_seal is switched off" in err


def test_an_end_cut_off_and_a_head_set_back_is_found_by_what_was_printed(
    clinic: Clinic, verify, tmp_path: Path
) -> None:
    kept = tmp_path / "heads"
    status, out, _ = verify("--heads")
    kept.write_text(out, "utf-8")
    assert status == 0
    assert out.split()[:2] == [str(clinic.pk), "7"]
    assert verify("--expect", str(kept))[0] == 0
    lift_triggers()
    last = AuditSeal.objects.filter(number__gt=5)
    keys = list(last.values_list("pk", flat=True))
    last._raw_delete("default")
    AuditEntry.objects.filter(pk__in=keys)._raw_delete("default")
    newest = AuditSeal.objects.get(number=5)
    AuditHead.objects.update(number=5, digest=newest.digest)
    assert verify("Ashgrove Clinic")[0] == 0
    status, _, err = verify("Ashgrove Clinic", "--expect", str(kept))
    assert status == 1
    assert "the chain was cut off at the end, row 7 was printed" in err


def test_a_clinic_that_was_printed_and_is_gone_is_named(
    clinic: Clinic, verify, tmp_path: Path
) -> None:
    kept = tmp_path / "heads"
    gone = "01920000-0000-7000-8000-00000000000a"
    kept.write_text(f"{gone} 3 {'0' * 64}\n", "utf-8")
    status, out, err = verify("--expect", str(kept))
    assert status == 1
    assert f"Clinic {gone}: Row 1 is missing" in err
    assert "7 rows, all fit" in out


def test_what_cannot_be_read_is_not_verified(clinic: Clinic, tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("nothing of ours", "utf-8")
    for path in (tmp_path / "heads", tmp_path / "nowhere"):
        with pytest.raises(CommandError) as refused:
            call_command("verify_audit", "--expect", str(path))
        assert refused.value.returncode == 2


def test_a_name_must_be_that_of_one_clinic(clinic: Clinic) -> None:
    with pytest.raises(CommandError, match="No clinic is called Birchwood"):
        call_command("verify_audit", "Birchwood")
    make_clinic(clinic.name)
    with pytest.raises(CommandError, match="Several clinics are called Ashgrove"):
        call_command("verify_audit", clinic.name)


@pytest.mark.parametrize("at_once", [2, 3, 7, 8])
def test_a_chain_is_read_whole_in_pieces_of_any_size(
    clinic: Clinic, verify, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(audit_reading, "AT_ONCE", at_once)
    rows = audit_reading.sealed_rows(clinic.pk, audit_reading.head_of(clinic.pk))
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6, 7]


def test_no_more_rows_are_held_than_a_piece_has(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    monkeypatch.setattr(audit_reading, "AT_ONCE", 3)
    rows = audit_reading.sealed_rows(clinic.pk, audit_reading.head_of(clinic.pk))
    with django_assert_max_num_queries(1):
        assert [next(rows).number for _ in range(2)] == [1, 2]

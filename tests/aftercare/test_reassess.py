"""`manage.py reassess`: other parameters, tried on what was logged, and nothing changed."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from aftercare.models import AuditEntry, Finding
from aftercare.services import reassess as service
from aftercare.services.reassess import reassess
from aftercare.services.retract_log import retract_log
from aftercare.warning_signs.parameter_set import read_parameters
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

SEVERE = {"PAIN_SEVERE": 5}


@pytest.fixture
def nurse(db):
    return make_staff(make_clinic())


@pytest.fixture
def treatment(nurse):
    return make_treatment(nurse)


@pytest.fixture
def run(tmp_path):
    """Runs the command with some parameters; what it printed."""

    def run(values, clinic, *more):
        file = tmp_path / "parameters.json"
        file.write_text(values if isinstance(values, str) else json.dumps(values))
        out, err = io.StringIO(), io.StringIO()
        asked = ["reassess", str(clinic), "--parameters", str(file), *more]
        call_command(*asked, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run


def counted(printed: str) -> dict[str, list[int]]:
    lines = [line.split() for line in printed.splitlines()[1:]]
    return {rule: [int(number) for number in numbers] for rule, *numbers in lines}


def test_it_counts_what_is_new_gone_moved_and_the_same(run, nurse, treatment):
    send_log(treatment, CALM | {"pain": 6}, fever("38.4"))
    out, err = run(SEVERE, nurse.clinic.pk)
    found = counted(out)
    assert found["PAIN-SEVERE"] == [1, 0, 0, 0]
    assert found["FEVER"] == [0, 0, 0, 1]
    assert found["all"][0] >= 1
    assert err == ""


def test_it_lists_each_difference_and_counts_beside_it(run, nurse, treatment):
    send_log(treatment, CALM | {"pain": 6}, fever("38.4"))
    out, err = run(SEVERE, nurse.clinic.name, "--list")
    listed = [json.loads(line) for line in out.splitlines()]
    [severe] = [one for one in listed if one["rule"] == "PAIN-SEVERE"]
    assert severe == {
        "treatment": str(treatment.pk),
        "day": 4,
        "phase": "post",
        "rule": "PAIN-SEVERE",
        "now": "NONE",
        "then": severe["then"],
    }
    assert severe["then"] != "NONE"
    assert "FEVER" not in {one["rule"] for one in listed}
    assert counted(err)["FEVER"] == [0, 0, 0, 1]


def test_the_shipped_parameters_change_nothing(run, nurse, treatment):
    log = send_log(treatment, fever("38.9")).log
    send_log(treatment, CALM, corrects=log.pk, at=MONDAY + timedelta(minutes=5))
    out, _ = run({}, nurse.clinic.pk)
    assert counted(out)["all"][:3] == [0, 0, 0]


def test_it_changes_nothing_and_reads_no_other_clinic(run, nurse, treatment):
    send_log(treatment, CALM | {"pain": 6})
    other = make_staff(make_clinic("Birchwood"))
    send_log(make_treatment(other, make_patient(other)), CALM | {"pain": 6})
    before = Finding.objects.count(), AuditEntry.objects.count()
    out, _ = run(SEVERE, nurse.clinic.pk)
    assert counted(out)["PAIN-SEVERE"] == [1, 0, 0, 0]
    assert (Finding.objects.count(), AuditEntry.objects.count()) == before


def test_a_log_that_was_taken_back_is_not_judged(run, nurse, treatment):
    log = send_log(treatment, CALM | {"pain": 6}).log
    retract_log(
        log_id=log.pk,
        treatment_id=treatment.pk,
        by=treatment.patient,
        reason="By mistake",
        at=MONDAY + timedelta(minutes=5),
    )
    out, _ = run(SEVERE, nurse.clinic.pk)
    assert counted(out) == {"all": [0, 0, 0, 0]}


def test_only_the_treatments_of_the_last_days(run, nurse, treatment, wall):
    send_log(treatment, CALM | {"pain": 6})
    assert "PAIN-SEVERE" in counted(run(SEVERE, nurse.clinic.pk, "--days", "4")[0])
    assert "PAIN-SEVERE" not in counted(run(SEVERE, nurse.clinic.pk, "--days", "3")[0])


def test_many_courses_are_read_a_few_at_a_time(nurse, monkeypatch):
    monkeypatch.setattr(service, "AT_ONCE", 2)
    made = set()
    for ago in range(5):
        at = MONDAY - timedelta(days=4, minutes=ago)
        treatment = make_treatment(nurse, performed_at=at)
        send_log(treatment, CALM | {"pain": 6})
        made.add(treatment.pk)
    found = reassess(nurse.clinic, read_parameters(SEVERE))
    assert {key for key, one in found if one.rule == "PAIN-SEVERE"} == made


@pytest.mark.parametrize(
    "values", ["{", '{"PAIN_SEVERE": 99}', '{"NOTHING_KNOWN": 1}', "[]"]
)
def test_parameters_that_cannot_be_used_end_it(run, nurse, values):
    with pytest.raises(CommandError) as ended:
        run(values, nurse.clinic.pk)
    assert ended.value.returncode == 2


@pytest.mark.parametrize(
    "name", ["Nowhere Clinic", "018f0000-0000-7000-8000-000000000000"]
)
def test_a_clinic_that_is_not_there_ends_it(run, nurse, name):
    with pytest.raises(CommandError) as ended:
        run({}, name)
    assert ended.value.returncode == 2


@pytest.mark.parametrize("back", ["0", "-1", "soon"])
def test_days_are_a_number_from_one(run, nurse, back):
    with pytest.raises(CommandError, match="whole number of days"):
        run({}, nurse.clinic.pk, f"--days={back}")

"""Many courses are checked together, and each is judged as if it were alone."""

from __future__ import annotations

import threading
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from aftercare.models import AuditEntry, Flag, Treatment
from aftercare.services import silence
from aftercare.services.locking import locked_treatment
from aftercare.services.silence import check_silence, check_treatments
from aftercare.warning_signs.vocabulary import Level
from tests.aftercare.pages import queries
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db

WEDNESDAY = MONDAY + timedelta(days=2, hours=12)
TEN = 10


@pytest.fixture
def nurse():
    return make_staff(make_clinic())


def silent(staff, many: int = 1) -> list[Treatment]:
    """Treatments with a warning sign on Monday and no log since."""
    made = [
        make_treatment(staff, make_patient(staff, f"Patient {number}"))
        for number in range(many)
    ]
    for treatment in made:
        send_log(treatment, GLANDS)
    return made


def missed() -> set[object]:
    return set(Flag.objects.filter(rule="MISSED").values_list("treatment", flat=True))


def test_more_than_a_handful_is_checked_to_the_last(nurse, monkeypatch) -> None:
    monkeypatch.setattr(silence, "HANDFUL", 2)
    courses = silent(nurse, 5)
    assert check_silence(WEDNESDAY) == 5
    assert missed() == {course.pk for course in courses}
    assert AuditEntry.objects.filter(verb="silence.noticed").count() == 5


def test_what_is_left_over_from_one_run_is_done_in_the_next(nurse, monkeypatch) -> None:
    monkeypatch.setattr(silence, "MOST_AT_ONCE", 2)
    silent(nurse, 3)
    assert [check_silence(WEDNESDAY) for _ in range(3)] == [2, 1, 0]
    assert len(missed()) == 3


def test_five_together_ask_as_often_as_one(nurse) -> None:
    one, *five = silent(nurse, 6)
    with CaptureQueriesContext(connection) as alone:
        check_treatments([one.pk], WEDNESDAY)
    with CaptureQueriesContext(connection) as together:
        check_treatments([course.pk for course in five], WEDNESDAY)
    assert len(queries(together)) == len(queries(alone)) <= TEN
    assert len(missed()) == 6


def test_two_clinics_in_one_handful_have_each_their_noon_and_their_hours(nurse) -> None:
    """Twelve hours apart, both at noon on Wednesday, both promised by Thursday evening."""
    far = make_staff(make_clinic("Far", zone="Pacific/Auckland"), "Eve Lund")
    [here], [there] = silent(nurse), silent(far)
    check_silence(WEDNESDAY)
    flags = {flag.treatment_id: flag for flag in Flag.objects.filter(rule="MISSED")}
    noon = {
        key: flag.opened_at.astimezone(ZoneInfo(zone))
        for key, flag, zone in (
            (here.pk, flags[here.pk], "Europe/London"),
            (there.pk, flags[there.pk], "Pacific/Auckland"),
        )
    }
    assert {(at.weekday(), at.hour) for at in noon.values()} == {(2, 12)}
    for key, at in noon.items():
        due = flags[key].due_at.astimezone(at.tzinfo)
        assert (due.weekday(), due.time()) == (3, time(18))


def test_a_course_that_was_missed_twice_has_one_flag_at_the_higher_level(nurse) -> None:
    [course] = silent(nurse)
    send_log(course, EMERGENCY, at=MONDAY + timedelta(days=3))
    check_silence(MONDAY + timedelta(days=6))
    flag = course.flags.get(rule="MISSED")
    assert (flag.level, course.findings.filter(rule="MISSED").count()) == (
        Level.URGENT,
        2,
    )
    assert flag.opened_at < flag.raised_at


def test_a_voided_course_is_left_alone(nurse) -> None:
    [course] = silent(nurse)
    Treatment.objects.filter(pk=course.pk).update(
        voided_at=MONDAY, voided_by=nurse, void_reason="Entered twice."
    )
    assert check_treatments([course.pk], WEDNESDAY) == 0


def test_one_broken_course_of_a_handful_is_named_and_the_others_are_checked(
    nurse, monkeypatch, caplog
) -> None:
    broken, *others = silent(nurse, 4)
    check = silence.check_noons

    def breaks(course, at):
        if course.treatment.pk == broken.pk:
            raise RuntimeError("broken")
        return check(course, at)

    monkeypatch.setattr(silence, "check_noons", breaks)
    assert check_silence(WEDNESDAY) == 3
    assert missed() == {course.pk for course in others}
    assert [record.args for record in caplog.records] == [(broken.pk,)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite locks the file")
def test_a_course_that_somebody_has_in_hand_waits_and_holds_nobody_up(nurse) -> None:
    """The patient is sending a log: it counts, and the others are not late."""
    writing, others = silent(nurse, 4)[0], 3
    has_it, may_go = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            locked_treatment(writing.clinic, writing.pk)
            has_it.set()
            may_go.wait(timeout=30)
            send_log(writing, CALM, at=MONDAY + timedelta(days=2))
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    assert has_it.wait(timeout=30)
    assert check_silence(WEDNESDAY) == others
    may_go.set()
    thread.join(timeout=30)
    assert check_silence(WEDNESDAY) == 1
    assert writing.pk not in missed()
    assert len(missed()) == others

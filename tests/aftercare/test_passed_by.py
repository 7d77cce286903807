"""Whoever holds one patient's row, and for however long, keeps no other patient waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
from django.db import connection, connections, transaction

from aftercare.databases import wait_as_a_worker
from aftercare.models import OutgoingMessage, Telling, Treatment
from aftercare.services.ladder import climb_ladder
from aftercare.services.locking import locked_treatment
from aftercare.services.remind import PLANNED, plan, send_reminders
from tests.builders import (
    EMERGENCY,
    MONDAY,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is a file"),
]
PATIENCE_S = 30


@contextmanager
def in_hand(treatment: Treatment) -> Iterator[None]:
    """Somebody else has locked its row, and does not let go."""
    has_it, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            locked_treatment(treatment.clinic, treatment.pk)
            has_it.set()
            may_go.wait(timeout=PATIENCE_S)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert has_it.wait(timeout=PATIENCE_S)
    try:
        yield
        assert holder.is_alive(), "it was waited for"
    finally:
        may_go.set()
        holder.join(timeout=PATIENCE_S)


@pytest.fixture
def two() -> list[Treatment]:
    nurse = make_staff(make_clinic())
    patients = [make_patient(nurse, name) for name in ("Maya Okafor", "Noah Reed")]
    return [make_treatment(nurse, patient) for patient in patients]


def test_the_ladder_tells_of_the_others_and_of_this_one_when_it_is_free(
    two: list[Treatment],
) -> None:
    held, other = two
    for treatment in two:
        send_log(treatment, EMERGENCY)
    with in_hand(held):
        climb_ladder(MONDAY)
        assert told() == {other.pk}
    climb_ladder(MONDAY)
    assert told() == {held.pk, other.pk}


def told() -> set[object]:
    return set(Telling.objects.values_list("flag__treatment", flat=True))


def test_reminders_go_to_the_others_and_to_this_one_when_it_is_free(
    two: list[Treatment],
) -> None:
    held, other = two
    for treatment in two:
        treatment.patient.remind_at = time(9)
        treatment.patient.email = f"{treatment.pk}@mail.example"
        treatment.patient.save(update_fields=["remind_at", "email"])
        treatment.prompted_for = MONDAY.date() - timedelta(days=1)
        plan(treatment)
        treatment.save(update_fields=PLANNED)
    at = MONDAY + timedelta(hours=2)
    with in_hand(held):
        send_reminders(at)
        assert reminded() == {other.patient_id}
    send_reminders(at)
    assert reminded() == {held.patient_id, other.patient_id}


def reminded() -> set[object]:
    return set(OutgoingMessage.objects.values_list("patient", flat=True))


def test_a_worker_gives_up_other_locks_and_loses_its_own_where_it_is_halted() -> None:
    worker = connection.copy()
    wait_as_a_worker(worker.settings_dict)
    try:
        with worker.cursor() as cursor:
            limits = {}
            for name in ("lock_timeout", "idle_in_transaction_session_timeout"):
                cursor.execute(f"SHOW {name}")
                limits[name] = cursor.fetchone()[0]
    finally:
        worker.close()
    assert limits == {
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
    }

"""Queries whose SQL is put together once answer as the querysets they were made from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from datetime import timedelta
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from aftercare.models import DailyLog
from aftercare.models.prepared import Given, Prepared
from aftercare.services import course_rows, locking
from clinic import standing
from tests.builders import GLANDS, MONDAY, fever, make_treatment, send_log
from tests.house.programs import modules

LOGS_OF = Prepared(
    lambda: DailyLog.objects.with_retraction().filter(treatment=Given("treatment"))
)


def plainly(prepared, **given):
    """The same queryset, with values instead of places, as Django reads it."""
    plain = prepared.queryset.all()
    where = plain.query.where
    where.children = [copy(lookup) for lookup in where.children]
    for lookup in where.children:
        if isinstance(lookup.rhs, Given):
            lookup.rhs = given[lookup.rhs.name]
    return list(plain)


def columns(row):
    return {name: value for name, value in vars(row).items() if name[0] != "_"}


def listed(rows):
    return sorted((columns(row) for row in rows), key=lambda row: row["id"])


@pytest.fixture
def asked(treatment):
    """Every prepared query of the house, with what it is asked."""
    send_log(treatment, GLANDS, fever(), at=MONDAY)
    send_log(treatment, GLANDS, at=MONDAY + timedelta(hours=1))
    one = {"clinic": treatment.clinic_id, "treatment": treatment.pk}
    return {
        locking._locked: one,
        locking._locked_with_hours: one,
        locking._free: one,
        locking._free_with_hours: one,
        course_rows._logs: one,
        course_rows._findings: one,
        course_rows._flags: one,
        course_rows._flags_with_steps: one,
        standing._open_flags: one,
        standing._open_flags_of_one: one,
    }


def test_no_prepared_query_of_the_house_is_left_out_here(asked):
    house = [vars(import_module(name)).values() for name in modules()]
    known = {one for module in house for one in module if isinstance(one, Prepared)}
    assert set(asked) == known


def test_a_prepared_query_answers_as_its_queryset(asked):
    with transaction.atomic():
        for prepared, given in asked.items():
            for _ in range(2):  # the second time, nothing is put together any more
                rows, same = prepared(**given), plainly(prepared, **given)
                assert len(rows) >= 1
                if isinstance(rows[0], tuple):
                    assert sorted(rows) == sorted(same)
                else:
                    assert listed(rows) == listed(same)


def test_what_it_is_joined_to_comes_with_it(treatment):
    send_log(treatment, GLANDS)
    with CaptureQueriesContext(connection) as captured:
        (log,) = LOGS_OF(treatment=treatment.pk)
        assert not hasattr(log, "retraction")
    assert len(captured) == 1


def test_it_sees_what_was_written_since_it_was_last_read(treatment):
    assert LOGS_OF(treatment=treatment.pk) == []
    log = send_log(treatment, GLANDS).log
    assert LOGS_OF(treatment=treatment.pk) == [log]


def test_each_reading_has_its_own_values(nurse, treatment):
    other = make_treatment(nurse)
    mine, theirs = send_log(treatment, GLANDS).log, send_log(other, GLANDS).log
    assert LOGS_OF(treatment=treatment.pk) == [mine]
    assert LOGS_OF(treatment=other.pk) == [theirs]
    assert LOGS_OF(treatment=treatment.pk) == [mine]


def test_a_value_that_was_left_out_is_an_error(treatment):
    with pytest.raises(KeyError, match="treatment"):
        LOGS_OF()


def test_what_is_no_key_is_refused_before_the_database_is_asked(treatment):
    with CaptureQueriesContext(connection) as captured, pytest.raises(ValidationError):
        LOGS_OF(treatment="' OR 1=1 --")
    assert len(captured) == 0


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_get_in_each_others_way(nurse):
    """Each with a connection of its own, many times, with values of its own."""
    treatments = [make_treatment(nurse) for _ in range(4)]
    logs = {t.pk: send_log(t, GLANDS).log.pk for t in treatments}

    def read(treatment):
        try:
            found = [LOGS_OF(treatment=treatment.pk) for _ in range(50)]
        finally:
            connection.close()
        return {log.pk for rows in found for log in rows}

    with ThreadPoolExecutor(len(treatments)) as pool:
        found = list(pool.map(read, treatments))
    assert found == [{logs[t.pk]} for t in treatments]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_where_no_transaction_would_hold_the_lock(treatment):
    with pytest.raises(transaction.TransactionManagementError):
        locking.locked_treatment(treatment.clinic, treatment.pk)

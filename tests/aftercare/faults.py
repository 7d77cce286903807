"""The Nth call fails: to the database, COMMIT included, to a way out, or to a file.

And the whole of the tables, before and after, so that nobody need think of what could be
half done.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction

from aftercare.models.audit_switch import switch_off, switch_on

Verb = Callable[[], object]
Rows = dict[str, list[tuple[Any, ...]]]

KEY = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
SEALS = {"aftercare_auditseal", "aftercare_audithead"}


class Broken(OperationalError):
    """The database went away at this call."""


@dataclass
class Fault:
    """What goes wrong: the nth call, and with `lasting` all that come after it.

    With `lost_answer` it is only the nth COMMIT, which is done, but nobody hears of it.
    """

    nth: int
    lasting: bool = False
    lost_answer: bool = False
    calls: int = 0
    struck: bool = False

    def strikes(self) -> bool:
        """Counts a call; whether this one fails."""
        self.calls += 1
        now = self.calls == self.nth or (self.lasting and self.calls > self.nth)
        self.struck = self.struck or now
        return now


@contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """Every call to the database is counted, and fails where the fault says so."""
    commit = connection._commit

    def execute(run: Callable[..., object], *facts: object) -> object:
        if not fault.lost_answer and fault.strikes():
            raise Broken
        return run(*facts)

    def commit_or_fail() -> None:
        strikes = fault.strikes()
        if fault.lost_answer or not strikes:
            commit()
        if strikes:
            raise Broken

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_commit", commit_or_fail)
        with connection.execute_wrapper(execute):
            yield


# --- All there is -------------------------------------------------------------------------


def tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    found = {model._meta.db_table for model in models if model._meta.managed}
    return sorted(name for name in found if name.startswith("aftercare_"))


def whole() -> Rows:
    """Every row of every table of ours that has any."""
    counted = " UNION ALL ".join(f"SELECT '{t}', COUNT(*) FROM {t}" for t in tables())
    with connection.cursor() as cursor:
        cursor.execute(counted)
        filled = [table for table, count in cursor.fetchall() if count]
        found = {}
        for table in filled:
            cursor.execute(f"SELECT * FROM {table}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def shape(rows: Rows) -> dict[str, list[str]]:
    """The same without what is another each time: keys, and the seals made from them.

    A number for a key counts on where nothing was written.
    """
    return {
        table: sorted(KEY.sub("key", repr(row[type(row[0]) is int :])) for row in some)
        for table, some in rows.items()
        if table not in SEALS
    }


def shape_after(*verbs: Verb) -> dict[str, list[str]]:
    """What these would leave behind if nothing failed; they leave nothing."""
    with transaction.atomic():
        for verb in verbs:
            verb()
        found = shape(whole())
        transaction.set_rollback(True)
    return found


def put_back(rows: Rows) -> None:
    """The tables as they were."""
    changed = {table for table, some in whole().items() if rows.get(table) != some}
    switch_off(connection)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in changed:
            cursor.execute(f"DELETE FROM {table}")
        for table in changed & rows.keys():
            places = ", ".join(["%s"] * len(rows[table][0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows[table])
    switch_on(connection)


# --- The proof ------------------------------------------------------------------------------


def prove_all_or_nothing(verb: Verb, *, lasting: bool = False) -> int:
    """Fails each call of a verb in turn: nothing has changed then, and a retry succeeds.

    How many calls there were.
    """
    before, expected = whole(), shape_after(verb)
    for nth in itertools.count(1):
        fault = Fault(nth, lasting)
        with failing(fault):
            try:
                verb()
            except Broken:
                assert whole() == before, f"half done when call {nth} failed"
                continue
        assert not fault.struck, f"call {nth} failed, and nobody was told"
        break
    assert shape(whole()) == expected
    return nth - 1


def prove_answer_may_be_lost(verb: Verb) -> None:
    """The COMMIT was done and its answer lost: all is there, to whoever looks again."""
    expected = shape_after(verb)
    with failing(Fault(1, lost_answer=True)), pytest.raises(Broken):
        verb()
    assert shape(whole()) == expected


def prove_one_by_one(
    sweep: Verb, each: Collection[Verb], *, lasting: bool = False
) -> int:
    """Fails each call of a sweep in turn: each row is done as a whole, or not at all.

    A sweep may report a row that failed and go on with the others. `each` does one row.
    Sweeping again finds the rest. How many calls there were.
    """
    legal = [
        shape_after(*some)
        for many in range(len(each) + 1)
        for some in itertools.combinations(each, many)
    ]
    assert legal[0] != legal[-1], "there was nothing to do"
    before = whole()
    for nth in itertools.count(1):
        fault = Fault(nth, lasting)
        with failing(fault):
            try:
                sweep()
            except Broken:
                """It may also give up."""
        assert shape(whole()) in legal, f"half done when call {nth} failed"
        if not fault.struck:
            break
        sweep()
        assert shape(whole()) == legal[-1], "the next sweep did not find the rest"
        put_back(before)
    assert shape(whole()) == legal[-1]
    return nth - 1

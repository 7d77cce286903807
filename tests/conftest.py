"""What every test stands on: a quick password hasher, a database of its own, a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from aftercare.audit_words import REASONS, WORDS
from aftercare.models.audit_switch import switch_off, switch_on
from aftercare.services import audit

pytest_plugins = ["tests.browser", "tests.clock"]

# A busy machine is not a failure.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

# Playwright keeps an event loop in the tests' thread, in which Django's ORM would refuse
# to work although nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """SQLite in a file, as in the demo: in memory it locks and journals differently."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "aftercare.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True)
def _a_worker_is_running(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test has a worker beside it; only those marked `pulse` are to notice that."""
    if request.node.get_closest_marker("pulse") is None:
        monkeypatch.setattr("aftercare.health.faults", lambda signs, at: ())


@pytest.fixture(scope="session", autouse=True)
def _every_verb_of_the_audit_has_words() -> Iterator[None]:
    """Whatever is written down in any test can be read by people."""
    record = audit.record

    def record_in_words(verb: str, *, reason: str = "", **facts: Any) -> None:
        assert verb in WORDS, f"{verb}: say it in words in aftercare/audit_words.py"
        assert not reason or reason in REASONS, (
            f"{verb}: the reason {reason} has no words"
        )
        record(verb, reason=reason, **facts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audit, "record", record_in_words)
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_audit_may_be_emptied_between_tests() -> Iterator[None]:
    """Lifts the triggers around the flush after a test, and nowhere else."""
    flush = TransactionTestCase._fixture_teardown

    def flush_everything(test: TransactionTestCase) -> None:
        switch_off(connection)
        try:
            flush(test)
        finally:
            switch_on(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_everything)
        yield

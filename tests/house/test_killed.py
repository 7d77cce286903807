"""What a patient was told is saved, is saved: whoever is killed, and whenever.

Two senders post logs while every process is ended by `kill -9` and started again. Each
log is sent until it is acknowledged; afterwards each is in the record exactly once.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import pytest
from django.conf import settings

from tests.postgres import LocalServer, NotHere

from .live import LiveServer, Sender, wait_until
from .programs import run_python

LOGS, KILLS = 40, 3

STORED = """
import django
django.setup()
from aftercare.models import AuditEntry, DailyLog, Flag
logs = DailyLog.objects.all()
assert all(log.advice for log in logs.select_related("advice"))
assert AuditEntry.objects.filter(verb="log.submitted").count() == logs.count()
print(*(log.pk for log in logs), sep="\\n")
"""


def send_and_kill(server, restart):
    """Posts LOGS logs from two senders, with KILLS kills in between; gives the senders."""
    made = server.prepare()
    server.start()
    senders = [Sender(server.port, made["session"], made["today"]) for _ in range(2)]
    halves = [list(islice(cycle(made["addresses"]), n, LOGS, 2)) for n in range(2)]

    def send_all(sender, addresses):
        for address in addresses:
            sender.send(address)

    with ThreadPoolExecutor() as pool:
        try:
            done = [*map(pool.submit, [send_all] * 2, senders, halves)]
            for kill in range(1, KILLS + 1):
                wait_until(lambda: count(senders) >= kill * 8 or any_failed(done))  # noqa: B023
                restart()
            for one in done:
                one.result(timeout=120)
        finally:
            server.kill()
    return senders


def count(senders):
    return sum(len(sender.acknowledged) for sender in senders)


def any_failed(done):
    return any(one.done() for one in done)


def assert_each_log_is_stored_once(server, senders):
    stored = run_python("-c", STORED, **server.environment())
    assert stored.returncode == 0, stored.stderr
    rows = stored.stdout.split()
    told = set().union(*(sender.advice for sender in senders))
    assert count(senders) == LOGS
    assert len(told) == LOGS, "one log was acknowledged as two or two as one"
    assert set(rows) == told, "a log was lost or doubled"


@pytest.mark.skipif(
    "sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite"
)
def test_logs_outlive_the_web_server(tmp_path):
    server = LiveServer(f"sqlite:///{tmp_path / 'killed.sqlite3'}")

    def restart():
        server.kill()
        server.start()

    senders = send_and_kill(server, restart)
    assert_each_log_is_stored_once(server, senders)
    assert not set().union(*(sender.failures for sender in senders)) - {503}


@pytest.mark.skipif(settings.USES_SQLITE, reason="run on PostgreSQL")
def test_logs_outlive_the_web_server_and_its_postgresql():
    try:
        database = LocalServer.in_a_temporary_folder()
        with database as postgres:
            server = LiveServer(postgres.url)

            def restart():
                postgres.kill()
                postgres.start()
                server.kill()
                server.start()

            senders = send_and_kill(server, restart)
            assert_each_log_is_stored_once(server, senders)
            assert not set().union(*(sender.failures for sender in senders)) - {503}
    except NotHere as reason:
        pytest.skip(f"PostgreSQL: {reason}")

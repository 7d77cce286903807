"""`manage.py worker` as it is run for real: killed, stopped, doubled, and cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings

from tests.aftercare.sinks import MailSink
from tests.postgres import LocalServer, NotHere

from .programs import ROOT, manage, run_python

PATIENCE_S = 60

PUT = """
import django, sys
django.setup()
from django.utils import timezone
from aftercare.messages.outbox import enqueue
for number in sys.argv[1:]:
    enqueue(
        kind="invitation", channel="email", to=f"p{number}@mail.example", subject="s",
        body="The link.", once=number, at=timezone.now(),
    )
"""
# The lease of the dead ends by itself after some minutes; here at once.
END_LEASES = """
import django
django.setup()
from django.utils import timezone
from aftercare.models import OutgoingMessage
OutgoingMessage.objects.filter(sent_at=None).update(leased_until=timezone.now())
"""
LEFT = """
import django
django.setup()
from aftercare.models import OutgoingMessage
print(OutgoingMessage.objects.filter(sent_at=None).count())
"""


class Post:
    """A database, a mail server, and workers between them."""

    def __init__(self, database_url: str, sink: MailSink) -> None:
        self.sink = sink
        self.environment = {
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "aftercare.settings",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(sink.port),
            "EMAIL_SECURITY": "none",
        }

    def run(self, script: str, *arguments: str) -> str:
        done = run_python("-c", script, *arguments, **self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def worker(self, *command: str):
        """A worker in the background, ended for certain."""
        words = command or (sys.executable, "manage.py", "worker")
        process = subprocess.Popen(
            words,
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "ENV_FILE": os.devnull} | self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            process.stderr.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """Its address, and its server where there is one to be killed. Tables take long."""
    with ExitStack() as stack:
        file = tmp_path_factory.mktemp("post") / "post.sqlite3"
        url, server = f"sqlite:///{file}", None
        if not settings.USES_SQLITE:
            try:
                server = stack.enter_context(LocalServer.in_a_temporary_folder())
            except NotHere as reason:
                pytest.skip(f"PostgreSQL: {reason}")
            url = server.url
        done = manage("migrate", "-v0", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        yield url, server


@pytest.fixture
def post(database):
    with MailSink().open() as sink:
        yield Post(database[0], sink)


def begun(process) -> None:
    """Comes back when the worker says that it has begun."""
    for line in process.stderr:
        if "begins" in line:
            return
    raise AssertionError("The worker never began.")


def test_a_worker_killed_between_send_and_mark_repeats_one_message_at_most(post):
    post.run(PUT, "1", "2", "3")

    def kill_at_the_second(_):
        if len(post.sink.mails) == 2:
            os.kill(process.pid, signal.SIGKILL)

    with post.worker() as process:
        post.sink.on_data = kill_at_the_second
        assert process.wait(PATIENCE_S) == -signal.SIGKILL
    post.run(END_LEASES)
    done = manage("worker", "--once", **post.environment)
    assert done.returncode == 0, done.stderr
    sent = Counter(post.sink.ids)
    assert sorted(sent.values()) == [1, 1, 2]
    assert post.run(LEFT) == "0"
    said = done.stderr
    assert "2 sent" in said
    assert "@" not in said
    assert "link" not in said


def test_a_worker_is_told_to_stop_and_has_no_second_on_sqlite(post):
    with post.worker() as process:
        begun(process)
        second = manage("worker", "--once", **post.environment)
        if settings.USES_SQLITE:
            assert second.returncode == 1
            assert second.stderr.startswith("CommandError: Another worker has this")
            assert len(second.stderr.splitlines()) == 1
        else:
            assert second.returncode == 0, second.stderr
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
        assert "has stopped" in process.stderr.read()


def test_a_worker_ends_with_the_process_that_started_it(post):
    beside = f"{sys.executable} manage.py worker --while-parent $$ & exec sleep 600"
    with post.worker("sh", "-c", beside) as parent:
        begun(parent)
        parent.kill()
        # The last words; then everybody who could still say something is gone.
        assert "has stopped" in parent.stderr.read()


@pytest.mark.skipif(settings.USES_SQLITE, reason="run on PostgreSQL")
def test_a_worker_outlives_its_database(post, database):
    arrived = threading.Event()
    post.sink.on_data = lambda _: arrived.set()
    with post.worker() as process:
        begun(process)
        database[1].kill()
        database[1].start()
        post.run(PUT, "4")
        assert arrived.wait(PATIENCE_S)
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
    assert len(post.sink.mails) == 1

"""Workers beside the server, and the mail server they send to; the workers are killed too."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.aftercare.sinks import MailSink

from .served import ROOT, Server

WORKER = ("manage.py", "worker")

# What the dead had in their hands is given back after some minutes; here at once.
FREE = """
from django.utils import timezone
from aftercare.models import OutgoingMessage, TimedRun
OutgoingMessage.objects.filter(sent_at=None).update(leased_until=None)
TimedRun.objects.update(next_at=timezone.now())
"""


class Postroom:
    """`many` workers, each in a process of its own; `kills` counts those that were
    ended, `ends` how often something was."""

    def __init__(
        self,
        server: Server,
        sink: MailSink,
        many: int,
        program: tuple[str, ...] = WORKER,
    ) -> None:
        self.server, self.sink, self.many = server, sink, many
        self.program = program
        self.kills = self.ends = 0
        self._workers: list[subprocess.Popen[bytes]] = []

    @property
    def environment(self) -> dict[str, str]:
        """The server's own, but with a mail server: the demo would send nothing."""
        mail = {
            "DEMO": "0",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.sink.port),
            "EMAIL_SECURITY": "none",
        }
        return self.server.environment | mail

    def start(self) -> None:
        command = [sys.executable, *self.program]
        self._workers = [
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for _ in range(self.many)
        ]

    def kill(self) -> None:
        """`kill -9` of every worker."""
        for worker in self._workers:
            self.kills += worker.poll() is None
            worker.kill()
            worker.wait()
        self._workers = []

    def drain(self) -> None:
        """One round of what is left, as the next worker would do it some minutes later."""
        self.server.manage("shell", "--no-imports", "--command", FREE)
        subprocess.run(
            [sys.executable, *self.program, "--once"],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
        )

    def arrived(self) -> Counter[str]:
        """How often each message reached the mail server, by the key of its row."""
        return Counter(mail.strip("<>").partition("@")[0] for mail in self.sink.ids)


@contextmanager
def a_postroom(
    server: Server, many: int, program: tuple[str, ...] = WORKER
) -> Iterator[Postroom]:
    """Workers and a mail server; nothing runs yet."""
    with MailSink().open() as sink:
        room = Postroom(server, sink, many, program)
        try:
            yield room
        finally:
            room.kill()

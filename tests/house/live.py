"""The real web server on a database of its own, and a patient's browser that never gives up."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from .programs import ROOT, manage, run_python

GLANDS = {"overall_change": "same", "pain": "2", "redness": "mild", "swelling": "none"}
GLANDS |= {"signs": "glands"}

WORKERS = ["--workers", "2", "--preload"]

# Prints the session of a patient who is signed in, and where their logs go.
A_PATIENT = """
import django, json
django.setup()
from datetime import timedelta
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.builders import make_clinic, make_patient, make_staff, make_treatment
from tests.signing_in import sign_in
staff = make_staff(make_clinic())
patient = make_patient(staff)
client = sign_in(Client(), patient)
days = [timezone.now() - timedelta(days=3, minutes=n) for n in range(8)]
treatments = [make_treatment(staff, patient, performed_at=day) for day in days]
print(json.dumps({
    "session": client.cookies["sessionid"].value,
    "addresses": [reverse("log", args=[treatment.pk]) for treatment in treatments],
    "today": str(timezone.now().date()),
}))
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_until(condition: Callable[[], bool]) -> None:
    """Looks again and again; whoever never gets there is ended by the suite's limits."""
    while not condition():
        time.sleep(0.02)


@dataclass
class LiveServer:
    """Gunicorn with two workers; `kill` ends every process of it at once."""

    database_url: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> dict[str, object]:
        """Makes the tables and a patient; gives what `Patient` needs."""
        migrated = manage("migrate", "-v0", DATABASE_URL=self.database_url)
        assert migrated.returncode == 0, migrated.stderr
        made = run_python("-c", A_PATIENT, **self.environment())
        assert made.returncode == 0, made.stderr
        return json.loads(made.stdout)

    def start(self) -> None:
        bind = ["--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "aftercare.wsgi", *WORKERS, *bind],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **self.environment()},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "aftercare.settings",
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "ENV_FILE": os.devnull,
        }


@dataclass
class Sender:
    """Sends logs one after another and sends each again until it is acknowledged."""

    port: int
    session: str
    today: str
    acknowledged: list[str] = field(default_factory=list)
    advice: set[str] = field(default_factory=set)
    failures: set[int] = field(default_factory=set)

    def send(self, address: str) -> None:
        key = str(uuid.uuid4())
        while not (location := self._post(address, key)):
            time.sleep(0.02)
        self.acknowledged.append(key)
        self.advice.add(location)

    def _post(self, address: str, key: str) -> str | None:
        """The address of the advice, or nothing when the server gave no answer or 503."""
        token = "t" * 32
        body = urlencode(
            GLANDS | {"key": key, "for_date": self.today, "csrfmiddlewaretoken": token}
        )
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()
        if answer.status == 303:
            return re.search(r"/advice/(.+)/", answer.headers["Location"])[1]
        self.failures.add(answer.status)
        return None

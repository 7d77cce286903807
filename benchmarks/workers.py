"""Memory of a web worker after many requests of all kinds, against the least there is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from socket import socket

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.measuring import Comparison
from benchmarks.people import patient_at_hand, somebody
from tests.signing_in import sign_in

REQUESTS = int(os.environ["BENCH_REQUESTS"])
WARM = REQUESTS // 10
GROWTH = 2e6
Asked = tuple[str, str]


def measure() -> Iterator[Comparison]:
    now = timezone.now()
    patient, [treatment] = patient_at_hand(now)
    staff = sign_in(Client(), somebody(now))
    asked = [
        *((path, cookie(patient)) for path in ("/today/", "/recovery/")),
        (reverse("log", args=[treatment.pk]), cookie(patient)),
        (reverse("queue"), cookie(staff)),
        (reverse("patients"), cookie(staff)),
    ]
    # A member of staff signs in: that loads what passkeys stand on.
    passkey = reverse("mfa_login_webauthn"), ""
    ours_warm, ours, signed_in = served("aftercare.wsgi", asked, passkey)
    home = "/", ""
    _, floor, _ = served("benchmarks.floor_app", [home], home)
    workload = f"W8 a worker after {REQUESTS:,} requests"
    yield Comparison(workload, "the floor's", ours, floor, 1.8, "MB")
    yield Comparison("W8 and a sign-in", "the floor's", signed_in, floor, 1.8, "MB")
    grown = max(ours - ours_warm, 1.0)
    yield Comparison(f"W8 growth after {WARM:,}", "2 MB", grown, GROWTH, 1.0, "MB")


def cookie(client: Client) -> str:
    return "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())


def served(
    module: str, asked: Sequence[Asked], last: Asked
) -> tuple[float, float, float]:
    """What a worker has for its own after some requests, after all, and after the last."""
    with gunicorn(module) as (port, process):
        send(port, asked, WARM)
        warm = memory(worker_of(process))
        send(port, asked, REQUESTS - WARM)
        full = memory(worker_of(process))
        send(port, [last], 1)
        return warm, full, memory(worker_of(process))


def send(port: int, asked: Sequence[Asked], many: int) -> None:
    for number in range(many):
        path, signed_in = asked[number % len(asked)]
        line = HTTPConnection("127.0.0.1", port)
        line.request("GET", path, headers={"Cookie": signed_in} if signed_in else {})
        status = line.getresponse().status
        line.close()
        if status != 200:
            raise RuntimeError(f"{path}: {status}")


@contextmanager
def gunicorn(module: str) -> Iterator[tuple[int, int]]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"DJANGO_SETTINGS_MODULE": "aftercare.settings", "LOG_LEVEL": "ERROR"}
    own |= {"DATABASE_URL": address(), "ENV_FILE": "/dev/null"}
    bound = f"--bind=127.0.0.1:{port}", "--workers=1", "--log-level=error"
    command = [sys.executable, "-m", "gunicorn", module, *bound]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603  ourselves
            command, env=os.environ | own, cwd=settings.BASE_DIR, stdout=log, stderr=log
        )
        try:
            answers(port)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


def address() -> str:
    """Of the database in use now."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")


def answers(port: int) -> None:
    """Waits until somebody is there."""
    for _ in range(300):
        with suppress(OSError), socket() as line:
            line.connect(("127.0.0.1", port))
            return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")


def worker_of(process: int) -> int:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return int(children[0])


def memory(process: int) -> float:
    """Its share of the machine's memory (PSS), in bytes."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    line = next(line for line in lines if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024.0

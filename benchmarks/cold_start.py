"""From nothing to the first page, against the least that can be served; and all migrations."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from benchmarks.measuring import Call, Comparison, better_half, by_the_clock

OURS = "aftercare.wsgi", "127.0.0.1"
FLOOR = "benchmarks.floor_app", "127.0.0.1"
ROUNDS = 9
LONGEST_S = {"sqlite": 10.0, "postgresql": 15.0}


def measure() -> Iterator[Comparison]:
    rounds = [(of_child(start(*OURS)), of_child(start(*FLOOR))) for _ in range(ROUNDS)]
    ours, floor = (better_half(side) for side in zip(*rounds, strict=True))
    yield Comparison("W9 from nothing to a page", "the floor's", ours, floor, 2.0, "s")
    used = 0.0

    def migrate() -> None:
        nonlocal used
        used = of_child(lambda: run(address, "manage.py", "migrate", "-v", "0"))

    with empty_address() as address:
        took = by_the_clock(migrate)
    limit = LONGEST_S[connection.vendor]
    yield Comparison("W9 migrate from nothing", "the limit", took, limit, 1.0, "s")
    # Without the rest of the machine, and without what PostgreSQL does.
    yield Comparison("W9 and its processor time", "the limit", used, limit, None, "s")


def start(module: str, host: str) -> Call:
    """A program of its own that loads the house and asks for its front page."""
    said = (
        f"import {module}; from django.test import Client; "
        f"answer = Client(SERVER_NAME='{host}').get('/'); "
        "assert answer.status_code == 200, answer.status_code"
    )
    return lambda: run("", "-c", said)


def run(address: str, *arguments: str) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "aftercare.settings", "ENV_FILE": "/dev/null"}
    if address:
        own["DATABASE_URL"] = address
    command = [sys.executable, *arguments]
    subprocess.run(command, env=os.environ | own, cwd=settings.BASE_DIR, check=True)  # noqa: S603  ourselves


def of_child(call: Call) -> float:
    """Processor time of the program that was run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextmanager
def empty_address() -> Iterator[str]:
    """The address of a database with nothing in it."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="aftercare-bench-") as folder:
            yield f"sqlite:///{folder}/empty.sqlite3"
        return
    name = f"aftercare_empty_{uuid.uuid4().hex}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
        finally:
            cursor.execute(f"DROP DATABASE {name}")

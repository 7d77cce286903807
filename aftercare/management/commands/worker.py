"""`manage.py worker`: sends messages and does timed work, until it is told to stop."""

from __future__ import annotations

import os
import random
import socket
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from aftercare.databases import wait_as_a_worker
from aftercare.messages.ways_out import channels
from aftercare.services.send_messages import Postman
from aftercare.worker.clocks import ClockWatch
from aftercare.worker.loop import Worker
from aftercare.worker.only_one import AnotherWorker, only_one
from aftercare.worker.stop import Stop

TAKEN = (
    "Another worker has this SQLite database. On SQLite one is enough; "
    "on PostgreSQL as many as you like run side by side."
)


class Command(BaseCommand):
    """The process beside the web server. Any number of them on PostgreSQL."""

    help = "Send messages and do timed work, until told to stop (Ctrl-C, SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do what is due now, and stop"
        )
        parser.add_argument(
            "--name", help="what it is called where its life is watched"
        )
        parser.add_argument(
            "--while-parent",
            type=int,
            metavar="PID",
            help="stop when this process, which started it, has ended",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.connection is None:  # nothing was asked of it yet
            wait_as_a_worker(connection.settings_dict)
        stop = Stop(options["while_parent"])
        stop.listen()
        name = options["name"] or f"{socket.gethostname()}:{os.getpid()}"
        postman = Postman(channels(), timezone.now, random.SystemRandom().random, stop)
        worker = Worker(name, postman, ClockWatch(timezone.now), stop, stop.sleep)
        try:
            with alone(stop):
                worker.run_once() if options["once"] else worker.run()
        except AnotherWorker as error:
            raise CommandError(TAKEN) from error


def alone(stop: Stop) -> AbstractContextManager[None]:
    """Where there can be only one, the right to be it."""
    if connection.vendor != "sqlite":
        return nullcontext()
    return only_one(Path(connection.settings_dict["NAME"]), stop.sleep)

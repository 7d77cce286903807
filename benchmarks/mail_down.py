"""Two hours without a mail server that works: is every message delivered in the end?

    script/bench mail_down [--postgres] [--messages 10000]

Ten thousand messages wait while their server is gone, hangs, is half closed, puts off,
refuses, closes and is slow, a quarter of an hour each, by real connections on this machine.
Only the clock is ours, so that two hours take minutes. In every one of them somebody logs
and somebody asks for a new password: no request waits for a mail server.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

import django
from django.core.management import call_command

from benchmarks.durability import a_database
from benchmarks.rude_servers import phases
from benchmarks.visitor import visitor
from tests.aftercare.sinks import MailSink

if TYPE_CHECKING:
    from aftercare.models import OutgoingMessage
    from aftercare.services.send_messages import Postman

UNKNOWN = "unknown"
"""Whoever is called so has no mailbox; they stand for those whom no patience helps."""

PHASE, PAUSE = timedelta(minutes=15), timedelta(seconds=5)
ONE_SEND = timedelta(milliseconds=100)
MOST_IN_ONE_SECOND = 0.05
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Day:
    """The clock that everything is sent by, and what was seen."""

    now: datetime
    tries: int = 0
    longest_send_s: float = 0
    longest_request_s: float = 0
    mistakes: list[str] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def heard(self, status: int, took_s: float) -> None:
        """Somebody who asked for a page was answered."""
        self.longest_request_s = max(self.longest_request_s, took_s)
        if status not in {302, 303}:
            self.mistakes.append(f"a request was answered {status}")


class Counted:
    """The way for mail with a tally; each try takes its time on our clock."""

    def __init__(self, way: Any, day: Day) -> None:
        self.way, self.day, self.in_request = way, day, False

    def send(self, message: OutgoingMessage) -> None:
        self.day.tries += 1
        self.day.now += ONE_SEND
        began = monotonic()
        try:
            self.way.send(message)
        finally:
            took = monotonic() - began
            self.day.longest_send_s = max(self.day.longest_send_s, took)

    def close(self) -> None:
        self.way.close()


def main(arguments: list[str]) -> int:
    """Exit code 1 when a message was lost or doubled, or a request waited."""
    options = parsed(arguments)
    with a_database(postgres=options.postgres) as (url, _):
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "aftercare.settings",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_SECURITY": "none",
            "EMAIL_TIMEOUT": "0.2",
            "ALLOWED_HOSTS": "testserver",
            "LOG_LEVEL": "CRITICAL",
        }
        django.setup()
        silence()
        call_command("migrate", verbosity=0)
        mistakes = two_hours(options.messages)
        from django.db import connection  # noqa: PLC0415  needs django.setup()

        connection.close()
    print("  " + ("; ".join(mistakes) or "None lost, none doubled, nobody waited."))
    return int(bool(mistakes))


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench mail_down")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--postgres", action="store_true")
    return parser.parse_args(arguments)


def silence() -> None:
    """A line for each of thousands of failures is no news here."""
    import logging  # noqa: PLC0415

    logging.disable(logging.CRITICAL)


def two_hours(messages: int) -> list[str]:
    """All phases, and then a server that works; what went wrong."""
    from django.utils import timezone  # noqa: PLC0415  needs django.setup()

    from aftercare.messages.smtp import SmtpChannel  # noqa: PLC0415

    day, sink = Day(timezone.now()), MailSink(nobody)
    way = SmtpChannel()
    worker = worker_of(Counted(way, day), day)
    visit = visitor(day.now, day.heard)
    fill(messages, day.now)
    print(f"  {'the mail server':<28}{'tries':>8}{'arrived':>9}{'longest try':>13}")
    for name, phase in phases(sink, day.wait).items():
        with phase() as port:
            way.server.port = port
            go_round(worker, day, day.now + PHASE, visit)
        told(name, day, sink)
        spread(day)
        way.server.hang_up()
    return [*day.mistakes, *afterwards(worker, day, sink, way)]


def nobody(to: str) -> str | None:
    """What a server says to an address that it does not know."""
    return "550 5.1.1 unknown" if UNKNOWN in to else None


def fill(messages: int, at: datetime) -> None:
    """That many messages; one in a hundred to an address that is none."""
    from django.db import transaction  # noqa: PLC0415  needs django.setup()

    from aftercare.messages.outbox import enqueue  # noqa: PLC0415
    from aftercare.models import MessageChannel, MessageKind  # noqa: PLC0415

    with transaction.atomic():
        for number in range(messages):
            name = f"patient{number}" if number % 100 else UNKNOWN
            enqueue(
                kind=MessageKind.INVITATION,
                channel=MessageChannel.EMAIL,
                to=f"{name}@mail.example",
                subject="Ashgrove Clinic: your daily check is ready",
                body="Open the link: https://aftercare.example.org/",
                once=f"bench:{number}",
                at=at,
            )


def worker_of(way: Counted, day: Day) -> Postman:
    import random  # noqa: PLC0415

    from aftercare.models import MessageChannel  # noqa: PLC0415  needs django.setup()
    from aftercare.services.send_messages import Postman  # noqa: PLC0415

    return Postman({MessageChannel.EMAIL: way}, day, random.random)


def go_round(
    worker: Postman, day: Day, until: datetime, visit: Callable[[], None]
) -> None:
    """The worker's rounds until a moment of our clock; somebody visits in the middle."""
    middle = day.now + (until - day.now) / 2
    while day.now < until:
        if not worker.send_batch().claimed:
            day.now += PAUSE
        if day.now >= middle:
            visit()
            middle = NEVER


def told(name: str, day: Day, sink: MailSink) -> None:
    print(
        f"  {name:<28}{day.tries:>8}{len(sink.mails):>9}{day.longest_send_s:>11.2f} s",
        flush=True,
    )
    day.tries, day.longest_send_s = 0, 0


def spread(day: Day) -> None:
    """Whether the next tries fall into one moment: the fullest second of all put off."""
    from aftercare.models import OutgoingMessage  # noqa: PLC0415  needs django.setup()

    waiting = OutgoingMessage.objects.filter(sent_at=None, gave_up_at=None)
    due = list(waiting.filter(tries__gt=1).values_list("due_at", flat=True))
    if len(due) < 1000:
        return
    seconds = Counter(int(one.timestamp()) for one in due)
    share = max(seconds.values()) / len(due)
    span = max(due) - min(due)
    print(
        f"  The fullest second has {share:.2%} of {len(due)} next tries, over {span}."
    )
    if share > MOST_IN_ONE_SECOND:
        day.mistakes.append("the next tries are not spread")


def afterwards(worker: Postman, day: Day, sink: MailSink, way: Any) -> list[str]:
    """The server works again: everything arrives, but to those who are not there."""
    from aftercare.models import OutgoingMessage  # noqa: PLC0415  needs django.setup()

    back = day.now
    waiting = OutgoingMessage.objects.filter(sent_at=None, gave_up_at=None)
    with sink.open():
        way.server.port = sink.port
        while waiting.exists() and day.now < back + timedelta(hours=9):
            if not worker.send_batch().claimed:
                day.now += PAUSE
    told("works again", day, sink)
    arrived = Counter(one.strip("<>").partition("@")[0] for one in sink.ids)
    sent = set(
        OutgoingMessage.objects.exclude(sent_at=None).values_list("pk", flat=True)
    )
    refused = OutgoingMessage.objects.filter(gave_up_why="refused").count()
    total = OutgoingMessage.objects.count()
    print(
        f"  {total} messages: {len(arrived)} arrived, {refused} to nobody were given up "
        f"and are a task; all of it {day.now - back} after the server was back.\n"
        f"  The longest request took {day.longest_request_s:.2f} s."
    )
    counts = {
        "messages lost": total - len(arrived) - refused,
        "messages marked that never arrived": len(sent - set(map(_key, arrived))),
        "messages doubled": sum(arrived.values()) - len(arrived),
        "messages left": waiting.count(),
        "requests of two seconds or more": int(day.longest_request_s >= 2),
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def _key(text: str) -> Any:
    import uuid  # noqa: PLC0415

    return uuid.UUID(text)

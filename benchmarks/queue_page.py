"""The queue of a clinic with thirty open flags, among a thousand clinics.

Against Django's admin showing the same flags, and all logs of the clinic; against the bare
queries; against the smaller database. And what a page costs that asks again and finds
nothing new, against one that only finds out who asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.filled import Database
from benchmarks.filling import LOGS_EACH, clinic_looked_at, large_clinic
from benchmarks.measuring import Call, Comparison, compare
from tests.signing_in import sign_in

GROWS = True
OF_WHO_ASKS = ("django_session", "aftercare_login", "aftercare_staffmember", "BEGIN")


# At ten million logs: Django's admin grows with them, and the queue does not.
OF_FLAGS, OF_LOGS, OF_BARE = 0.1, 0.02, 15
MANY = 9_000_000


def measure() -> Iterator[Comparison]:
    staff = clinic_looked_at()
    client, among_many = sign_in(Client(), staff), are_many()
    page = opening(client, reverse("queue"))
    theirs = f"clinic__id__exact={staff.clinic_id}&review__isnull=True"
    for words, address, goal in (
        ("flags", "flag/", OF_FLAGS),
        ("logs", "dailylog/", OF_LOGS),
        ("a clinic's open flags", f"flag/?{theirs}", None),
    ):
        peer = opening(client, f"/admin/aftercare/{address}")
        at_most = goal if among_many else None
        yield compare("W2b the queue", page, f"admin: {words}", peer, at_most)
    # Where the database is part of the program, a bare query costs next to nothing.
    at_most = OF_BARE if connection.vendor == "postgresql" else None
    yield compare("W2c the queue", page, "its queries, bare", bare(client), at_most)
    unchanged = asking_again(client)
    who = opening(client, "/floor/who/")
    yield compare("W2d the queue again, unchanged", unchanged, "who asks", who, 1.5)


def are_many() -> bool:
    """Whether this is the size for which the goals against the admin were set."""
    return 2 * LOGS_EACH * large_clinic().treatments.count() >= MANY


def growth(large: Database, small: Database) -> Iterator[Comparison]:
    """The same page in both, by turns."""
    ours, peer = in_database(large), in_database(small)
    workload = f"W2 the queue at {large.logs:,} logs"
    yield compare(workload, ours, f"at {small.logs:,} logs", peer, 1.15)


def in_database(database: Database) -> Call:
    database.use()
    page = opening(sign_in(Client(), clinic_looked_at()), reverse("queue"))

    def there() -> None:
        database.use()
        page()

    return there


def opening(client: Client, address: str) -> Call:
    def get() -> None:
        response = client.get(address)
        if response.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{address}: {response.status_code}")

    return get


def bare(client: Client) -> Call:
    """The queries of the page alone, sent as they are; all rows are fetched."""
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("queue"))
    asked = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith("SELECT")
        and not any(name in query["sql"].split("WHERE")[0] for name in OF_WHO_ASKS)
    ]
    connection.ensure_connection()
    driver = connection.connection

    def send() -> None:
        cursor = driver.cursor()
        for sql in asked:
            cursor.execute(sql)
            cursor.fetchall()

    return send


def asking_again(client: Client) -> Call:
    """As the page's own script does, with what it was told of the last answer."""
    tag = ""

    def ask() -> None:
        nonlocal tag
        known = {"X-Requested-With": "fetch", "If-None-Match": tag}
        response = client.get(reverse("queue"), headers=known)
        if response.status_code == HTTPStatus.OK:  # a minute has begun
            tag = response.headers["ETag"]

    ask()
    return ask

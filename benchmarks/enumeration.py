"""Does the clock tell who has an account? Known and unknown addresses at every door, in turns.

    script/bench enumeration                a thousand of each at four doors
    script/bench enumeration --tries 200    fewer
    script/bench enumeration --door way     at the patients' way back alone

Welch's t-test, by the normal distribution: with hundreds of each there is no difference.
Passwords are hashed a hundred times faster than in production, so that a hash more or
less would still be the largest difference, and hides no smaller one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import NormalDist, fmean, variance
from time import perf_counter
from typing import Any

from benchmarks.empty import empty_database
from benchmarks.ids import prepare

ITERATIONS = 10_000
SURE = 0.01
KNOWN, UNKNOWN = "known", "unknown"


def main(arguments: list[str]) -> int:
    """Exit code 1 when a door tells."""
    parser = argparse.ArgumentParser(prog="script/bench enumeration")
    parser.add_argument("--tries", type=int, default=1_000)
    parser.add_argument("--door", default="", help="a part of its name")
    options = parser.parse_args(arguments)
    prepare()
    as_it_runs()
    with empty_database():
        told = measure_all(options.tries, options.door)
    return int(bool(told))


def as_it_runs() -> None:
    """Mails go to the outbox, and what is done once an answer is sent is not waited for."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: PLC0415
    from django.core.signals import request_finished  # noqa: PLC0415

    from aftercare.noting.logins import note_refused  # noqa: PLC0415

    PBKDF2PasswordHasher.iterations = ITERATIONS
    settings.EMAIL_BACKEND = "aftercare.messages.backend.OutboxBackend"
    request_finished.disconnect(note_refused)


def measure_all(tries: int, wanted: str) -> list[str]:
    """Prints a line for each door; the doors that tell."""
    from django.db import connection  # noqa: PLC0415

    from tests.house.doors import DOORS  # noqa: PLC0415

    print(f"{datetime.now(UTC).date()}, {connection.vendor}, {tries} of each")
    print(f"{'door':<22} {'known':>10} {'unknown':>10} {'t':>7} {'p':>7}")
    told, doors = [], {name: one for name, one in DOORS.items() if wanted in name}
    for name, door in doors.items():
        times = measure(door, tries)
        t, p = welch(times[KNOWN], times[UNKNOWN])
        means = " ".join(f"{fmean(times[who]) * 1e3:>7.3f} ms" for who in times)
        print(f"{name:<22} {means} {t:>7.2f} {p:>7.3f}", flush=True)
        told += [name] if p <= SURE else []
    print(f"{len(told)} of {len(doors)} doors tell.", *told)
    return told


def measure(door: Any, tries: int) -> dict[str, list[float]]:
    """Seconds until an answer, in turns: now a known address comes first, now the other."""
    from tests.house.doors import unknown  # noqa: PLC0415

    browser = door.browser()
    addresses = {KNOWN: [door.known() for _ in range(tries)]}
    addresses[UNKNOWN] = [unknown() for _ in range(tries)]
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    once(door.ask, browser, unknown())
    for number in range(tries):
        for who in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            times[who].append(once(door.ask, browser, addresses[who][number]))
    return times


def once(ask: Callable[..., Any], browser: Any, email: str) -> float:
    """One try, as if nobody had tried before."""
    from django.core.cache import cache  # noqa: PLC0415

    from aftercare.noting.logins import note_refused  # noqa: PLC0415

    cache.clear()
    began = perf_counter()
    answer = ask(browser, email)
    taken = perf_counter() - began
    note_refused()
    if answer.status_code >= 400:
        raise RuntimeError(f"{answer.status_code}: nothing was measured.")
    return taken


def welch(ours: list[float], theirs: list[float]) -> tuple[float, float]:
    """How many standard errors two means differ by, and how often chance would do it."""
    error = variance(ours) / len(ours) + variance(theirs) / len(theirs)
    t = (fmean(ours) - fmean(theirs)) / error**0.5
    return t, 2 * (1 - NormalDist().cdf(abs(t)))

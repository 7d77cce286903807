"""Junk, ten thousand times: does the house ever fail, or show what is not theirs?

    script/bench fuzz                  10,000 requests, shared out among seven people
    script/bench fuzz --tries 500      fewer
    script/bench fuzz --seed autumn    other ones

On the database of DATABASE_URL; with ROW_LEVEL_SECURITY=1 behind the second wall too.
"""

from __future__ import annotations

import argparse
import logging
from datetime import UTC, datetime
from time import monotonic
from unittest.mock import patch

from benchmarks.empty import empty_database
from benchmarks.ids import prepare, taken


def main(arguments: list[str]) -> int:
    """Exit code 1 when a single request brought out a fault."""
    parser = argparse.ArgumentParser(prog="script/bench fuzz")
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--seed", default="seed")
    options = parser.parse_args(arguments)
    prepare()
    logging.disable(logging.CRITICAL)  # what failed is printed below
    with empty_database():
        return int(bool(send_all(options.tries, options.seed)))


def send_all(tries: int, seed: str) -> list[str]:
    """Prints a line for each kind of person, and every request that failed."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from tests.builders import MONDAY  # noqa: PLC0415
    from tests.house.fuzz import PEOPLE, Fuzz  # noqa: PLC0415
    from tests.house.two_clinics import make_house  # noqa: PLC0415

    print(f"{datetime.now(UTC).date()}, {connection.vendor}, seed {seed!r}")
    began, wrong = monotonic(), list[str]()
    works = patch("aftercare.health.faults", lambda signs, at: ())  # as if a worker ran
    with works, patch.object(timezone, "now", lambda: MONDAY):
        house = make_house("a")
        for kind in PEOPLE:
            found = Fuzz(house, kind).run(-(-tries // len(PEOPLE)), seed)
            wrong += found.wrong
            answers = sorted(found.answered.items())
            print(
                f"{kind:<8}", *(f"{n} × {status}" for status, n in answers), flush=True
            )
    print(*wrong, sep="\n")
    print(f"{tries} requests, {len(wrong)} failed, {taken(began)}.")
    return wrong

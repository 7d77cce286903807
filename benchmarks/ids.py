"""Somebody else's keys, ten thousand times: does one ever open, change or mix a row?

    script/bench ids                  10,000 tries, shared out among patient and staff
    script/bench ids --tries 500      fewer
    script/bench ids --seed autumn    other ones

Every link and filled form of every page is asked for with keys of another clinic or of
another patient in its path, query and form. On the database of DATABASE_URL; with
ROW_LEVEL_SECURITY=1 behind the second wall too.
"""

from __future__ import annotations

import argparse
import logging
import os
from collections import Counter
from datetime import UTC, datetime
from time import monotonic, process_time
from unittest.mock import patch

from benchmarks.empty import empty_database

KINDS = ("patient", "lead", "nurse", "desk", "owner", "auditor")


def main(arguments: list[str]) -> int:
    """Exit code 1 when a single try came through."""
    options = parsed(arguments)
    prepare()
    with empty_database():
        return int(bool(try_all(options.tries, options.seed)))


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench ids")
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--seed", default="seed")
    return parser.parse_args(arguments)


def prepare() -> None:
    import django  # noqa: PLC0415
    from django.template import Template  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftercare.settings")
    django.setup()
    plainly = Template._render  # without a copy of all it is drawn from
    setup_test_environment()
    Template._render = plainly
    logging.disable(logging.ERROR)  # thousands of refusals are what is wanted


def try_all(tries: int, seed: str) -> list[str]:
    """Prints a line for each kind of person, and every try that came through."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from tests.builders import MONDAY  # noqa: PLC0415
    from tests.house.swapping import Swaps  # noqa: PLC0415
    from tests.house.two_clinics import make_house  # noqa: PLC0415

    wall = "with" if settings.ROW_LEVEL_SECURITY else "without"
    today = datetime.now(UTC).date()
    print(f"{today}, {connection.vendor}, {wall} row-level security, seed {seed!r}")
    print(f"{'person':<10} {'tries':>6} {'path':>6} {'query':>6} {'form':>6}   answers")
    began, wrong, all_tries = monotonic(), list[str](), 0
    with patch.object(timezone, "now", lambda: MONDAY):
        ours, theirs = make_house("a"), make_house("b")
        for kind in KINDS:
            swaps = Swaps(ours, theirs, kind).run(-(-tries // len(KINDS)), seed)
            wrong += swaps.wrong
            all_tries += sum(swaps.answered.values())
            print(line(kind, swaps.tried, swaps.answered), flush=True)
    print(*wrong, sep="\n")
    print(f"{all_tries} tries, {len(wrong)} came through, {taken(began)}.")
    return wrong


def taken(began: float) -> str:
    """How long it took; how busy a machine is with other things shows as the difference."""
    return f"in {monotonic() - began:.0f} s, {process_time():.0f} s of a processor"


def line(kind: str, tried: Counter[str], answered: Counter[int]) -> str:
    parts = " ".join(f"{tried[part]:>6}" for part in ("path", "query", "form"))
    answers = ", ".join(f"{n} × {status}" for status, n in sorted(answered.items()))
    return f"{kind:<10} {sum(answered.values()):>6} {parts}   {answers}"

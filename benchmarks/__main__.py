"""Runs the workloads named on the command line, or all, and prints a table.

script/bench                              all of them, at ten thousand logs
script/bench queue_page submit_log        these
script/bench --logs 100000,1000000        at these sizes, and the larger against the first
script/bench --postgres                   on a PostgreSQL that is started for it
script/bench --keep                       leaves what was filled for the next run
script/bench --requests 10000 workers     so many to each worker, 2,000 unless told
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from importlib import import_module

import django

from benchmarks.measuring import Comparison

WORKLOADS = (
    "submit_log",
    "queue_page",
    "recovery_page",
    "reassess",
    "silence",
    "log_form",
    "outbox",
    "workers",
    "cold_start",
    "assess_course",
)
"""In the order of the table. Whatever else has a `main` is compared with nothing: a promise
is kept or it is not, and each of these takes options of its own."""

USUAL_SIZE = 10_000


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--logs", default=str(USUAL_SIZE), metavar="N[,N…]")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--requests", default="2000", metavar="N")
    return parser.parse_args(arguments)


def row(found: Comparison) -> str:
    limit = f"{found.at_most:g}" if found.at_most else ""
    return (
        f"{found.workload:<44} {found.shown(found.ours):>14}   {found.peer:<34} "
        f"{found.shown(found.theirs):>14} {found.ratio:>8.3f} {limit:>7} "
        f"{'over' if found.is_over else ''}"
    )


def results(asked: argparse.Namespace) -> Iterator[Comparison]:
    """Everything that was asked for, printed size by size."""
    from django.db import connection  # noqa: PLC0415  needs django.setup()

    from benchmarks.filled import databases  # noqa: PLC0415

    chosen = [import_module(f"benchmarks.{name}") for name in asked.names or WORKLOADS]
    sizes = [int(size) for size in asked.logs.split(",")]
    with databases(sizes, keep=asked.keep) as filled:
        for place, database in enumerate(filled):
            database.use()
            print(f"\n{database.logs:,} logs, {connection.vendor}")
            for module in chosen:
                if place == 0 or getattr(module, "GROWS", False):
                    yield from module.measure()
        if len(filled) > 1:
            print(f"\n{filled[-1].logs:,} logs against {filled[0].logs:,}")
            for module in chosen:
                if hasattr(module, "growth"):
                    yield from module.growth(filled[-1], filled[0])


def main(arguments: list[str]) -> int:
    """Exit code 1 when a ratio is over its limit, or a promise was broken."""
    if arguments and arguments[0].isidentifier() and arguments[0] not in WORKLOADS:
        return import_module(f"benchmarks.{arguments[0]}").main(arguments[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    print(
        f"{'workload':<44} {'ours':>14}   {'peer':<34} {'peer':>14} {'ratio':>8} at most"
    )
    over = False
    asked = options(arguments)
    os.environ["BENCH_REQUESTS"] = asked.requests  # read by benchmarks.workers
    for found in results(asked):
        print(row(found), flush=True)
        over |= found.is_over
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Runs the workloads named on the command line, or all, and prints a table."""

from __future__ import annotations

import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import django

import benchmarks
from benchmarks.measuring import Comparison

PROOFS = {"audit", "durability", "ids"}
"""Compared with nothing: a promise is kept or it is not. Each takes options of its own."""

NOT_WORKLOADS = PROOFS | {"__main__", "measuring", "careless"}


def workloads() -> list[str]:
    names = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(set(names) - NOT_WORKLOADS)


@contextmanager
def empty_database() -> Iterator[None]:
    """A database of our own beside the configured one, gone afterwards."""
    from django.db import connection  # noqa: PLC0415  needs django.setup()

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{name}.bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def row(found: Comparison) -> str:
    limit = f"{found.at_most:g}" if found.at_most else ""
    verdict = "over" if found.at_most and found.ratio > found.at_most else ""
    return (
        f"{found.workload:<38} {found.ours_s * 1e3:>9.3f} ms   {found.peer:<30} "
        f"{found.peer_s * 1e3:>9.3f} ms   {found.ratio:>6.2f} {limit:>8} {verdict}"
    )


def main(names: list[str]) -> int:
    """Exit code 1 when a ratio is over its limit, or a promise was broken."""
    if names and names[0] in PROOFS:
        return import_module(f"benchmarks.{names[0]}").main(names[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftercare.settings")
    django.setup()
    print(
        f"{'workload':<38} {'ours':>12}   {'peer':<30} {'peer':>12}    ratio  at most"
    )
    over = False
    with empty_database():
        for name in names or workloads():
            for found in import_module(f"benchmarks.{name}").measure():
                print(row(found), flush=True)
                over |= found.at_most is not None and found.ratio > found.at_most
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

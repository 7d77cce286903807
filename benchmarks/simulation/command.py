"""`script/bench simulation`: what is asked for, what is printed, and what it exits with."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path
from time import perf_counter

import django

SHOWN = 20
PAGE = Path(__file__).parents[2] / "docs" / "simulation.md"
ORDER = "order"


def run(words: list[str]) -> int:
    """Exit code 1 for a broken promise; of a control, when nothing was noticed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftercare.settings")
    django.setup()
    asked = parsed(words)
    from benchmarks.empty import empty_database  # noqa: PLC0415

    from .clinics import long_run, short_run  # noqa: PLC0415  needs django.setup()
    from .house import simulate  # noqa: PLC0415
    from .paper import paper  # noqa: PLC0415

    if asked.short:
        plan = short_run(asked.seed, asked.without)
    else:
        plan = long_run(asked.seed, asked.days, asked.clinics, asked.without)
    began = perf_counter()
    with empty_database():
        house = simulate(plan)
    page = paper(house, command_of(asked), asked.on)
    print(page)
    if asked.write:
        PAGE.write_text(page, "utf-8")
    broken = house.book.broken
    print(f"{perf_counter() - began:.0f} s; {len(broken)} promises broken.")
    for one in broken[:SHOWN]:
        print(f"  {one}")
    for promise, times in Counter(one.promise for one in broken).items():
        print(f"  {times} times: {promise}")
    return int(not broken) if asked.without else int(bool(broken))


def parsed(words: list[str]) -> argparse.Namespace:
    from .worker import SWITCHES  # noqa: PLC0415  needs django.setup()

    parser = argparse.ArgumentParser(prog="script/bench simulation")
    parser.add_argument("--seed", default="clinics")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--clinics", type=int, default=0, help="the first so many")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--without", choices=("", *SWITCHES, ORDER), default="")
    parser.add_argument("--write", action="store_true", help="into docs/simulation.md")
    parser.add_argument("--on", default="a day", help="the date to write down")
    return parser.parse_args(words)


def command_of(asked: argparse.Namespace) -> str:
    """How to repeat it."""
    options = f" --seed {asked.seed} --days {asked.days}"
    return "script/bench simulation" + (" --short" if asked.short else options)

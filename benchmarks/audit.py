"""Ten thousand ways to alter an audit, and whether each is found: `script/bench audit`.

Then a long chain is followed, to see that it takes constant memory. With `--tries` and
`--rows` it is shorter or longer. On the database that is configured, in one beside it.
"""

from __future__ import annotations

import argparse
import os
import tracemalloc
from random import Random
from time import perf_counter

import django

IN_CHAIN = 60


def main(words: list[str]) -> int:
    """Exit code 1 when anything was not found."""
    parser = argparse.ArgumentParser(prog="script/bench audit")
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", default="audit")
    asked = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftercare.settings")
    django.setup()
    from benchmarks.empty import empty_database  # noqa: PLC0415

    with empty_database():
        unseen = tamper(asked.tries, asked.seed)
        follow(asked.rows)
    return int(bool(unseen))


def tamper(tries: int, seed: str) -> list[str]:
    """Alters a chain again and again; what was not found."""
    from django.db import transaction  # noqa: PLC0415

    from tests.aftercare.tampering import Tampering, fill, lift_triggers  # noqa: PLC0415
    from tests.builders import make_clinic  # noqa: PLC0415

    by = Random(seed)  # noqa: S311  made-up damage needs no secrets
    unseen: list[str] = []
    with transaction.atomic():
        clinic, other = make_clinic(), make_clinic("Birchwood Clinic")
        fill(clinic, IN_CHAIN, by)
        lift_triggers()
        chain = Tampering(clinic, other, by)
        if fault := chain.found():
            raise RuntimeError(f"An untouched chain has a fault: {fault}")
        for number in range(tries):
            with chain.once() as (done, fault):
                if fault is None:
                    unseen.append(f"{number}: {done}")
        transaction.set_rollback(True)
    print(f"{tries} ways to alter an audit, seed {seed!r}: {len(unseen)} not found")
    print("\n".join(unseen[:20]))
    return unseen


def follow(rows: int) -> None:
    """Times a long chain, and weighs what it holds in memory."""
    from aftercare.audit_chain import first_fault  # noqa: PLC0415
    from aftercare.models import AuditEntry  # noqa: PLC0415
    from aftercare.models.audit_reading import head_of, sealed_rows  # noqa: PLC0415
    from tests.builders import MONDAY, make_clinic  # noqa: PLC0415

    clinic = make_clinic()
    row = {"clinic": clinic, "at": MONDAY, "verb": "patient.read", "version": "x"}
    start = perf_counter()
    for first in range(0, rows, 10_000):
        some = range(min(10_000, rows - first))
        AuditEntry.objects.bulk_create(AuditEntry(**row) for _ in some)
    made, head = perf_counter() - start, head_of(clinic.pk)
    start = perf_counter()
    fault = first_fault(sealed_rows(clinic.pk, head), head)
    took = perf_counter() - start
    tracemalloc.start()
    first_fault(sealed_rows(clinic.pk, head), head)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    print(
        f"{head.number} rows written in {made:.1f} s, followed in {took:.1f} s, "
        f"at most {peak:.1f} MiB held: {fault or 'all fit'}"
    )

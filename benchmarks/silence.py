"""Who is silent: found by the moment kept with each treatment, and written down.

Finding is compared with looking for treatments whose last flag was followed by no log;
writing, in which each is judged under its lock, a handful at a time, with one
INSERT … SELECT.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from aftercare.models import Finding, Treatment
from aftercare.services.silence import HANDFUL, check_treatments
from benchmarks.measuring import Comparison, compare_once, seconds, spent

GROWS = True
SOME = 1_000
LONGEST_S = 0.25
FOUND = """
SELECT count(*) FROM aftercare_treatment t
WHERE EXISTS (SELECT 1 FROM aftercare_finding f JOIN aftercare_dailylog l ON l.id = f.log_id
              WHERE f.clinic_id = t.clinic_id AND f.treatment_id = t.id AND f.level >= 2
              AND NOT EXISTS (SELECT 1 FROM aftercare_dailylog later
                              WHERE later.clinic_id = t.clinic_id
                              AND later.treatment_id = t.id
                              AND later.submitted_at > l.submitted_at))
"""


def measure() -> Iterator[Comparison]:
    now = timezone.now()
    due = Treatment.objects.filter(next_due_at__lte=now, voided_at__isnull=True)
    yield compare_once(
        "W5 find who is silent", due.count, "by their logs", by_logs, 1 / 20, "ms"
    )
    keys = list(
        due.order_by("next_due_at", "clinic", "pk").values_list("pk", flat=True)
    )
    handfuls = [keys[n : n + HANDFUL] for n in range(0, min(len(keys), SOME), HANDFUL)]
    longest, before = 0.0, Finding.objects.filter(rule="MISSED").count()

    def check() -> None:
        nonlocal longest
        for handful in handfuls:
            start = spent()
            check_treatments(handful, now)
            longest = max(longest, spent() - start)

    ours = seconds(check)
    written = Finding.objects.filter(rule="MISSED").count() - before
    check()
    again = Finding.objects.filter(rule="MISSED").count() - before - written
    if again or not written:
        raise RuntimeError(f"{written} were silent, {again} of them twice.")
    peer = seconds(lambda: in_one_statement(written))
    yield Comparison(
        "W5b write it down", "one INSERT … SELECT", ours / written, peer / written
    )
    yield Comparison("W5b the longest transaction", "250 ms", longest, LONGEST_S, 1.0)


def by_logs() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        cursor.fetchone()


def in_one_statement(rows: int) -> None:
    """As many findings at once, and undone."""
    names = [field.column for field in Finding._meta.concrete_fields]
    random = "gen_random_uuid()"
    if connection.vendor == "sqlite":
        random = "lower(hex(randomblob(16)))"
    values = ", ".join(random if name == "id" else name for name in names)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO aftercare_finding ({', '.join(names)}) SELECT {values} "
            f"FROM aftercare_finding WHERE flag_id IS NOT NULL LIMIT {rows}"
        )
        transaction.set_rollback(True)

"""The rules on a whole fortnight, against reading the same fortnight from JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from aftercare.warning_signs.assessment import assess
from aftercare.warning_signs.facts import Answers, Course, Log, Procedure
from aftercare.warning_signs.vocabulary import Severity
from benchmarks.measuring import Comparison, compare

DAYS = 14


def fortnight() -> Course:
    """A recovery with something to say on most days."""
    answers = [
        Answers(
            pain=max(6 - day, 0),
            redness=Severity.MODERATE if day < 4 else Severity.MILD,
            swelling=Severity.MILD,
            temperature_c=Decimal("37.9") if day == 5 else None,
            feels_feverish=day == 5,
            free_text="Dry and tight, some peeling near the ear." if day % 3 else "",
        )
        for day in range(DAYS)
    ]
    logs = tuple(Log(day, given) for day, given in enumerate(answers))
    return Course(Procedure(needle_depth_mm=Decimal("1.5")), logs)


def measure() -> Iterator[Comparison]:
    course = fortnight()
    text = json.dumps(asdict(course), default=str)
    yield compare(
        "assess the last of 14 days",
        lambda: assess(course, DAYS - 1),
        "json.loads of the same course",
        lambda: json.loads(text),
    )

"""The expected course and the aftercare that go with the days."""

from __future__ import annotations

from aftercare.warning_signs.aftercare_days import (
    DO,
    DO_NOT,
    SLIP_ADVICE,
    WHEN_CAN_I,
    CareItem,
    Wait,
)
from aftercare.warning_signs.expected import (
    LAST_ROW,
    NEVER_USUAL,
    TEXTS,
    ceiling,
)
from aftercare.warning_signs.treatment_words import RecoveryClass

from .markdown import bullets, section, table

CLASSES = (RecoveryClass.LIGHT, RecoveryClass.STANDARD, RecoveryClass.DEEP)


def expected_section() -> str:
    rows = [(f"from day {day}", text) for day, text in TEXTS.items()]
    return section(
        "Expected course",
        "What the patient reads when nothing is flagged:",
        table(("day", "text"), rows),
        f"Always added: “{NEVER_USUAL}”",
        "The most that is expected on a day, as redness / swelling / pain / itch / "
        "peeling / bruising. Pain is 0 to 10, the rest 0 none to 3 severe. Anything above "
        "is ABOVE-EXPECTED. RF is as DEEP.",
        table(("day", *CLASSES), ceiling_rows()),
    )


def ceiling_rows() -> list[tuple[str, ...]]:
    """One row a day; days alike are one row."""
    rows: list[tuple[list[int], tuple[str, ...]]] = []
    for day in range(LAST_ROW + 1):
        words = tuple(ceiling_words(recovery, day) for recovery in CLASSES)
        if rows and rows[-1][1] == words:
            rows[-1][0].append(day)
        else:
            rows.append(([day], words))
    return [(days_words(days), *words) for days, words in rows]


def days_words(days: list[int]) -> str:
    if days[-1] == LAST_ROW:
        return f"{days[0]}+"
    return str(days[0]) if len(days) == 1 else f"{days[0]}–{days[-1]}"


def ceiling_words(recovery: RecoveryClass, day: int) -> str:
    top = ceiling(recovery, day)
    values = "/".join(
        str(value)
        for value in (
            top.redness.rank,
            top.swelling.rank,
            top.pain,
            top.itch.rank,
            top.peeling.rank,
            top.bruising.rank,
        )
    )
    fluids = " + ".join(sorted(fluid.replace("_", " ") for fluid in top.discharge))
    return f"{values}, {fluids}" if fluids else values


def aftercare_section() -> str:
    return section(
        "Aftercare",
        "Shown each day; the clinic's own written advice comes first.",
        table(
            ("line", "days", "slips"),
            [care_row(item) for item in (*DO, *DO_NOT)],
        ),
        "**When can I …**",
        table(("what", "until then", "then"), [wait_row(wait) for wait in WHEN_CAN_I]),
        "**What a slip is answered with** (rule AFTERCARE):",
        bullets(f"`{lapse}`: {text}" for lapse, text in SLIP_ADVICE.items()),
    )


def care_row(item: CareItem) -> tuple[str, str, str]:
    days = "every day"
    if item.last_day is not None:
        days = f"{item.first_day} to {item.last_day}"
    elif item.first_day:
        days = f"from {item.first_day}"
    return item.text, days, ", ".join(f"`{lapse}`" for lapse in sorted(item.lapses))


def wait_row(wait: Wait) -> tuple[str, str, str]:
    if wait.hours is None:
        return wait.question, wait.then, ""
    return wait.question, wait.answer(0), wait.then

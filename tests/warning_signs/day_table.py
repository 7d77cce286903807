"""Recoveries written as day tables, read into the assess format.

A table is a title, the treatment, and one line per log, in the order of submission:

    A gland with a temperature cannot wait
    STANDARD, diabetes
    1 | redness moderate, pain 3       | nothing
    4 | gland in neck, 38.2 C          | FEVER URGENT, LN-ALONE URGENT, LN-PLUS URGENT
    5 | all calm                       | nothing

The columns are the day, what the patient logged (see `phrases`) and everything raised
for that day. Where the answers as they now stand support something else, a fourth
column says what. Lines of the same day count together. `#` starts a comment, and a
blank line ends a table.

The day may be a span (`8 to 14`: a log on each), a baseline (`-2`, or `0 before`), a
log entered on another day (`2 sent 4`), a correction (`2 corrected 4`) or a retraction
(`2 retracted 4`). `3 noon` is no log, but what the clock raised; `2 saved` is the day
on which the procedure record was saved. A log that is turned away is `refused`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from aftercare.warning_signs.treatment_words import RiskFactor
from aftercare.warning_signs.vocabulary import Level

from .phrases import answers_of

Raised = dict[int, list[tuple[str, str]]]

TREATMENTS: dict[str, dict[str, Any]] = {
    "LIGHT": {"type": "microneedling", "needle_depth_mm": Decimal("0.5")},
    "STANDARD": {"type": "microneedling", "needle_depth_mm": Decimal("1.5")},
    "DEEP": {"type": "microneedling", "needle_depth_mm": Decimal("2.5")},
    "RF": {"type": "rf_microneedling", "needle_depth_mm": Decimal("1.5")},
}
STERILITY = {"unsterile cartridge": "false", "sterility unknown": "unknown"}
DAY = re.compile(
    r"(?P<day>-?\d+)(?: to (?P<end>\d+))?"
    r"(?: (?P<how>before|sent|corrected|retracted|noon|saved)(?: (?P<on>-?\d+))?)?"
)
REFUSED = "refused"
NOTHING = ("", "nothing", REFUSED)
NOT_A_LOG = ("noon", "saved")
REWRITES_HISTORY = ("sent", "corrected", "retracted")


@dataclass(frozen=True)
class Line:
    """One line of a table: the days it speaks of, and its other cells as written."""

    days: range
    how: str | None
    on: int | None
    answers: str
    raised: str
    now: str | None

    def logs(self) -> list[dict[str, Any]]:
        if self.how in NOT_A_LOG:
            return []
        return [{"day": day, **self._entry(), **self._answers()} for day in self.days]

    def _answers(self) -> dict[str, Any]:
        return {} if self.how == "retracted" else answers_of(self.answers)

    def _entry(self) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        if self.on is not None:
            entry["submitted_on_day"] = self.on
        if self.how == "before":
            entry["phase"] = "baseline"
        if self.how in ("corrected", "retracted"):
            entry["entry"] = {"corrected": "correction", "retracted": "retraction"}[
                self.how
            ]
        return entry


@dataclass(frozen=True)
class Recovery:
    """A table as read: what goes in, and what must come out."""

    title: str
    treatment: str
    lines: tuple[Line, ...]

    @property
    def course(self) -> dict[str, Any]:
        """The course in the assess format."""
        course: dict[str, Any] = {
            "id": self.title,
            "procedure": _procedure(self.treatment),
            "logs": [log for line in self.lines for log in line.logs()],
        }
        for line in self.lines:
            if line.how == "saved":
                course["record_day"] = line.days[0]
        if any(line.how == "noon" for line in self.lines):
            course["observe_until"] = self._last_day()
        return course

    @property
    def raised(self) -> Raised:
        """For each day, the rules and levels that must have been raised, sorted."""
        return _by_day((line, line.raised) for line in self.lines)

    @property
    def current(self) -> Raised | None:
        """What the answers as they now stand must support; None if no line says."""
        if any(line.now is not None for line in self.lines):
            return _by_day(
                (line, line.raised if line.now is None else line.now)
                for line in self.lines
                if line.how not in NOT_A_LOG
            )
        if any(line.how in REWRITES_HISTORY for line in self.lines):
            return None
        return _by_day(
            (line, line.raised) for line in self.lines if line.how not in NOT_A_LOG
        )

    @property
    def rejected(self) -> list[tuple[int, int]]:
        """Index and day of every log that must be turned away."""
        pairs = [(line, log) for line in self.lines for log in line.logs()]
        return [
            (index, log["day"])
            for index, (line, log) in enumerate(pairs)
            if line.raised == REFUSED
        ]

    def _last_day(self) -> int:
        return max(
            line.days[-1] if line.on is None else max(line.days[-1], line.on)
            for line in self.lines
        )


def read_tables(path: Path) -> list[Recovery]:
    """Every table of a file; raises ValueError, with the title, for one it cannot read."""
    text = "\n".join(
        line
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
    return [read_table(block) for block in re.split(r"\n\s*\n", text) if block.strip()]


def read_table(block: str) -> Recovery:
    """One table; raises ValueError, with the title, if it cannot be read."""
    title, treatment, *rows = block.strip().splitlines()
    if not rows:
        raise ValueError(f"{title}: a table needs at least one line")
    try:
        return Recovery(title, treatment, tuple(_line(row) for row in rows))
    except ValueError as error:
        raise ValueError(f"{title}: {error}") from error


def _line(row: str) -> Line:
    when, answers, raised, *now = (cell.strip() for cell in row.split("|"))
    parts = DAY.fullmatch(when)
    if parts is None or len(now) > 1:
        raise ValueError(f"cannot read the line {row!r}")
    day = int(parts["day"])
    return Line(
        days=range(day, int(parts["end"] or day) + 1),
        how=parts["how"],
        on=int(parts["on"]) if parts["on"] else None,
        answers=answers,
        raised=raised,
        now=now[0] if now else None,
    )


def _procedure(treatment: str) -> dict[str, Any]:
    name, *rest = (word.strip() for word in treatment.split(","))
    procedure = dict(TREATMENTS[name])
    for word in rest:
        if word in STERILITY:
            procedure["sterile_single_use"] = STERILITY[word]
        elif word == "depth unknown":
            procedure["needle_depth_mm"] = None
        else:
            factor = RiskFactor(word.replace(" ", "_"))
            procedure.setdefault("risk_factors", []).append(factor.value)
    return procedure


def _by_day(cells: Iterable[tuple[Line, str]]) -> Raised:
    found: dict[int, dict[str, Level]] = {}
    for line, cell in cells:
        for day in line.days:
            for rule, level in _results(cell):
                rules = found.setdefault(day, {})
                rules[rule] = max(level, rules.get(rule, level))
    return {
        day: sorted((rule, level.name) for rule, level in rules.items())
        for day, rules in sorted(found.items())
    }


def _results(cell: str) -> list[tuple[str, Level]]:
    if cell in NOTHING:
        return []
    pairs = [result.split() for result in cell.split(",")]
    return [(rule, Level[level]) for rule, level in pairs]

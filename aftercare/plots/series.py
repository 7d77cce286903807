"""One symptom over the days of a course, and the same in words.

A day without an answer has no value. Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

LAST_DAY = 13


@dataclass(frozen=True, slots=True)
class Series:
    """One symptom over the days of a course.

    `values` holds the days that were answered. `band` is the highest value we expect
    for each day from 0; its last value holds for all later days, and an empty band is
    none at all. At `call_line` or above we want a call. `words` names values ("Mild");
    a value without words is shown as a number with `unit`.
    """

    title: str
    values: Mapping[int, float]
    low: float = 0
    high: float = 3
    band: Sequence[float] = ()
    call_line: float | None = None
    call_words: str = ""
    words: Mapping[float, str] = field(default_factory=dict)
    unit: str = ""
    top_label: str | None = None
    today: int | None = None
    last_day: int | None = None
    gist: str = ""
    not_asked: str = "Not asked"

    @property
    def newest(self) -> int | None:
        """The newest day with an answer."""
        return max(self.values, default=None)

    @property
    def end(self) -> int:
        """The last day of the axis; give `last_day` to share one axis among plots."""
        return max(LAST_DAY, self.newest or 0, self.last_day or 0)

    def expected(self, day: int) -> float | None:
        """The highest value we expect on a day, if we expect anything."""
        if not self.band:
            return None
        return self.band[min(day, len(self.band) - 1)]

    def is_over(self, day: int) -> bool:
        """Whether a day's answer is above what we expect, or at the call line."""
        value = self.values.get(day)
        if value is None:
            return False
        if self.call_line is not None and value >= self.call_line:
            return True
        expected = self.expected(day)
        return expected is not None and value > expected

    @property
    def over(self) -> bool:
        """Whether the newest answer is above what we expect."""
        return self.newest is not None and self.is_over(self.newest)

    def say(self, value: float) -> str:
        """A value in words."""
        if value in self.words:
            return self.words[value]
        number = f"{value:g}" if not self.unit else f"{value:.1f}"
        return f"{number} {self.unit}".strip()

    def said(self, day: int) -> str:
        """A day's answer in words, for tables."""
        return self.say(self.values[day]) if day in self.values else self.not_asked


def gist(series: Series, *, staff: bool = False) -> str:
    """What the newest answer amounts to, for the plot's head."""
    if series.gist:
        return series.gist
    if series.newest is None:
        return "No logs yet" if staff else "What we expect"
    if series.over:
        return "Above expected" if staff else "More than we expect"
    return "As expected" if staff else "As we expect"


def sentence(series: Series, *, staff: bool = False) -> str:
    """The whole plot in words, for those who do not see it."""
    parts = [f"{series.title}."]
    runs = [
        f"{series.say(value)} on {_days([day for day, _ in run])}"
        for value, run in groupby(sorted(series.values.items()), lambda item: item[1])
    ]
    if runs:
        parts.append(
            ", then ".join([runs[0], *(_lowered(run) for run in runs[1:])]) + "."
        )
    missing = [d for d in range(series.newest or 0) if d not in series.values]
    if missing:
        parts.append(f"No answer on {_days(missing)}.")
    parts.append(f"{gist(series, staff=staff)}.")
    if series.call_words:
        who = "Flag" if staff else "We want a call"
        parts.append(f"{who} at {series.call_words} or more.")
    return " ".join(parts)


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def _days(days: Sequence[int]) -> str:
    """Days in words: "day 2", "days 2 and 3", "days 2 to 5", "days 2, 4 and 9"."""
    if len(days) == 1:
        return f"day {days[0]}"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:  # noqa: PLR2004
        return f"days {days[0]} to {days[-1]}"
    return f"days {', '.join(map(str, days[:-1]))} and {days[-1]}"

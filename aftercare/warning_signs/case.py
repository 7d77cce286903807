"""What a rule sees: one day, the days before it, the baseline and the patient."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from .baseline import Excess, excess_over
from .day_facts import DayFacts
from .facts import Procedure
from .findings import Finding
from .parameters import Parameters
from .recovery_class import is_high_risk, recovery_class
from .treatment_words import RecoveryClass, RiskFactor
from .vocabulary import Level, Sign
from .windows import Window
from .wording import on_day


@dataclass(frozen=True)
class Case:
    """One merged day to be judged.

    `earlier` are the merged days after the treatment and before today, ascending.
    `excesses` are those of the days that were looked at already, for all of a course.
    """

    today: DayFacts
    earlier: tuple[DayFacts, ...]
    baseline: DayFacts | None
    procedure: Procedure
    parameters: Parameters
    excesses: dict[int, Excess] = field(default_factory=dict)

    @property
    def day(self) -> int:
        return self.today.day

    @cached_property
    def eff(self) -> Excess:
        """Today over the baseline."""
        return self.excess_of(self.today)

    @cached_property
    def recovery_class(self) -> RecoveryClass:
        return recovery_class(self.procedure)

    @cached_property
    def window(self) -> Window:
        return self.parameters.for_class(self.recovery_class)

    @cached_property
    def is_high_risk(self) -> bool:
        return is_high_risk(self.procedure)

    def has_risk(self, factor: RiskFactor) -> bool:
        return factor in self.procedure.risk_factors

    def excess_of(self, day: DayFacts) -> Excess:
        """A day over the baseline."""
        known = self.excesses.get(day.day)
        if known is None:
            known = excess_over(self.baseline, day, self.parameters)
            self.excesses[day.day] = known
        return known

    def earlier_with(self, item: str, since: int | None = None) -> list[DayFacts]:
        """The earlier days on which an item was asked, ascending."""
        return [
            day
            for day in self.earlier
            if item in day.asked and (since is None or day.day >= since)
        ]

    def last(self, item: str) -> DayFacts | None:
        """The newest earlier day on which an item was asked."""
        return next((day for day in reversed(self.earlier) if item in day.asked), None)

    def last_in_a_row(self, item: str) -> DayFacts | None:
        """The same, if no more than CONSEC_GAP_DAYS ago."""
        return next(iter(self.in_a_row(item, 2)[:-1]), None)

    def in_a_row(self, item: str, length: int) -> list[DayFacts]:
        """Today and the logged days before it, `length` in all; empty if not in a row."""
        days = [self.today]
        for day in reversed(self.earlier):
            if len(days) == length:
                break
            if item in day.asked:
                if days[-1].day - day.day > self.parameters.consec_gap_days:
                    return []
                days.append(day)
        return days[::-1] if len(days) == length else []

    def seen_from(self, day: DayFacts) -> Case:
        """The case as it was on an earlier day, with that day's own history."""
        return replace(
            self,
            today=day,
            earlier=tuple(other for other in self.earlier if other.day < day.day),
        )

    def found(
        self,
        level: Level,
        reason: str,
        *items: str,
        past: bool = False,
        tile: Sign | None = None,
    ) -> Finding:
        """A finding whose reason names the day."""
        when = on_day(self.day, self.today.phase)
        return Finding(level, f"{reason} {when}.", items, past, tile)

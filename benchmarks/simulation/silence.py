"""When a silence must have become a flag, worked out from what a patient sent.

No flag of PROMPT or above may be followed by silence until noon of the second day after
it; and by noon of the third day a first log must have come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aftercare.services.submit_log import Submitted
from aftercare.warning_signs.vocabulary import Level, Phase

if TYPE_CHECKING:
    from .patients import Person

TWO, THREE = timedelta(days=2), timedelta(days=3)
A_WHILE = timedelta(minutes=3)
MISSED, NO_LOGS = "MISSED", "NO-LOGS"


@dataclass(eq=False)
class Silence:
    """What one patient has sent, and the noons at which somebody must have noticed."""

    person: Person
    sent: list[tuple[datetime, bool]] = field(default_factory=list)
    highest: dict[tuple[int, str], int] = field(default_factory=dict)

    def watch(self) -> None:
        """From the day of treatment on, unless they are entered too late for that."""
        noon = self.noon(self.person.date_of(0) + THREE)
        if noon > self.person.now:
            self.check_at(noon, NO_LOGS, Level.WATCH)

    def logged(self, sent: Submitted) -> None:
        """A log was taken: does what it brought ask for another one?"""
        now, log = self.person.now, sent.log
        self.sent.append((now, log.phase == Phase.POST))
        if sent.advice.level < Level.PROMPT:
            return
        brought = [
            self.is_new(row.day, row.rule, row.level)
            for row in log.findings.filter(at=now, level__gte=Level.PROMPT)
        ]
        if any(brought):
            today = self.person.place.calendar.date_of(now)
            self.check_at(self.noon(today + TWO), MISSED, Level.PROMPT)

    def is_new(self, day: int, rule: str, level: int) -> bool:
        before = self.highest.get((day, rule), 0)
        self.highest[day, rule] = max(before, level)
        return level > before

    def noon(self, day: object) -> datetime:
        return self.person.place.calendar.moment(day, "12:00")  # type: ignore[arg-type]

    def check_at(self, noon: datetime, rule: str, least: Level) -> None:
        """Look once the worker has had a while."""
        house = self.person.house
        when = house.plan.outages.worker_back(noon) + A_WHILE
        house.agenda.at(when, lambda: self.check(noon, rule, least))

    def check(self, noon: datetime, rule: str, least: Level) -> None:
        treatment = self.person.treatment
        if treatment is None or not self.is_silent(noon, rule):
            return
        house, place = self.person.house, self.person.place
        day = treatment.day_of(place.calendar.date_of(noon))
        house.book.counts[f"silences {rule}"] += 1
        if rule == NO_LOGS and self.person.high_risk:
            least = Level.PROMPT
        found = treatment.findings.filter(rule=rule, day=day, level__gte=least)
        if not found.exists():
            words = f"day {day} of {treatment.pk} has no {rule}"
            house.book.breaks("every silence is noticed", place.name, noon, words)

    def is_silent(self, noon: datetime, rule: str) -> bool:
        """Whether nothing had come by noon that should have."""
        if rule == NO_LOGS:
            return not any(post and at < noon for at, post in self.sent)
        calendar = self.person.place.calendar
        flagged_on = calendar.date_of(noon) - TWO
        return not any(
            at < noon and calendar.date_of(at) > flagged_on for at, _ in self.sent
        )

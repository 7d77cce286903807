"""A course as it happened: entry by entry, noon by noon.

Within one date the procedure record comes first, then the noon rules, then the logs in
the order in which they are listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .assessment import assess_unit
from .day_facts import DayFacts
from .facts import Answers, Log, Procedure
from .findings import Result
from .parameters import DEFAULTS, Parameters
from .reading import read
from .schedule import Produced, missed_due, no_logs_due, unsterile
from .timeline import Timeline, Unit, timeline_from
from .vocabulary import Level, Phase

ByDay = dict[int, tuple[Result, ...]]


class EntryKind(StrEnum):
    """What an entry does to the logs of its day and phase."""

    LOG = "log"
    CORRECTION = "correction"
    """Replaces every log of its day and phase submitted so far."""
    RETRACTION = "retraction"
    """Removes them; carries no answers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted submission of the patient."""

    day: int
    submitted_on_day: int
    kind: EntryKind = EntryKind.LOG
    phase: Phase = Phase.POST
    answers: Answers = field(default_factory=Answers)

    @property
    def unit(self) -> Unit:
        return self.day, self.phase


@dataclass(frozen=True, slots=True)
class Replay:
    """What a course raised on the way, and what its answers support in the end.

    Both hold one result a rule for each day, the gravest first. `first_flag_day` is the
    day of the entry that first raised PROMPT or above, None if none did.
    """

    raised: ByDay
    current: ByDay
    highest: Level
    first_flag_day: int | None


def replay(
    procedure: Procedure,
    entries: Sequence[Entry],
    *,
    record_day: int = 0,
    observe_until: int = 0,
    parameters: Parameters = DEFAULTS,
) -> Replay:
    """Replay entries by submission day, then in the order given.

    Noon rules run on every day up to `observe_until`.
    """
    course = _Course(procedure, record_day, parameters)
    by_submission: dict[int, list[Entry]] = {}
    for entry in entries:
        by_submission.setdefault(entry.submitted_on_day, []).append(entry)
    for today in _days_of_interest(by_submission.keys(), record_day, parameters):
        if today == record_day:
            course.save_record()
        if today <= observe_until:
            course.noon(today)
        for entry in by_submission.get(today, ()):
            course.submit(entry)
    return course.outcome()


def _days_of_interest(
    submitted: Collection[int], record_day: int, parameters: Parameters
) -> list[int]:
    """Every day on which something may happen; the days between are silent."""
    missed = {day + parameters.missed_days for day in submitted}
    return sorted({*submitted, *missed, record_day, parameters.no_logs_day})


@dataclass
class _Course:
    """The state of a course while it is replayed."""

    procedure: Procedure
    record_day: int
    parameters: Parameters
    logs: list[DayFacts] = field(default_factory=list)
    raised: dict[tuple[int, str], Result] = field(default_factory=dict)
    submitted_on_days: list[int] = field(default_factory=list)
    produced: list[Produced] = field(default_factory=list)
    first_flag_day: int | None = None

    def save_record(self) -> None:
        result = unsterile(self.procedure, self.record_day, self.parameters)
        self._raise(self.record_day, result, by_day=self.record_day)

    def noon(self, today: int) -> None:
        missed = missed_due(
            today, self.produced, self.submitted_on_days, self.parameters
        )
        silent = no_logs_due(
            today,
            self.procedure,
            self.record_day,
            has_post_log=any(log.phase is Phase.POST for log in self.logs),
            parameters=self.parameters,
        )
        self._raise(today, missed, by_day=today)
        self._raise(today, silent, by_day=today)

    def submit(self, entry: Entry) -> None:
        """Take an entry, then judge its day and every later day that has logs."""
        is_log = entry.kind is not EntryKind.RETRACTION
        if entry.kind is not EntryKind.LOG:
            self.logs = [log for log in self.logs if (log.day, log.phase) != entry.unit]
        if is_log:
            self.logs.append(read(_log(entry), self.parameters))
            self.submitted_on_days.append(entry.submitted_on_day)
        timeline = self.timeline()
        for unit in sorted(timeline.units):
            if unit[0] < entry.day:
                continue
            for result in assess_unit(timeline, unit).results:
                if self._raise(unit[0], result, by_day=entry.day) and is_log:
                    level = result.level
                    self.produced.append(Produced(entry.submitted_on_day, level))

    def _raise(self, day: int, result: Result | None, *, by_day: int) -> bool:
        """Keep a result; whether it is new or higher than what the day had produced."""
        if result is None:
            return False
        before = self.raised.get((day, result.key))
        if before and before.level >= result.level:
            return False
        self.raised[day, result.key] = result
        if result.is_flag and self.first_flag_day is None:
            self.first_flag_day = by_day
        return True

    def timeline(self) -> Timeline:
        return timeline_from(self.logs, self.procedure, self.parameters)

    def outcome(self) -> Replay:
        timeline = self.timeline()
        current = [
            (day, result)
            for day, phase in sorted(timeline.units)
            for result in assess_unit(timeline, (day, phase)).results
        ]
        raised = [(day, result) for (day, _), result in self.raised.items()]
        return Replay(
            raised=by_day(raised),
            current=by_day(current),
            highest=max((result.level for _, result in raised), default=Level.NONE),
            first_flag_day=self.first_flag_day,
        )


def _log(entry: Entry) -> Log:
    return Log(
        day=entry.day,
        answers=entry.answers,
        phase=entry.phase,
        sent_on_its_day=entry.submitted_on_day == entry.day,
    )


def by_day(results: Iterable[tuple[int, Result]]) -> ByDay:
    """One result a day and rule, at its highest level, with every reason for it."""
    days: dict[int, dict[str, Result]] = {}
    for day, result in results:
        rules = days.setdefault(day, {})
        other = rules.get(result.rule)
        rules[result.rule] = _together(other, result) if other else result
    return {
        day: tuple(
            sorted(rules.values(), key=lambda result: (-result.level, result.rule))
        )
        for day, rules in sorted(days.items())
    }


def _together(one: Result, other: Result) -> Result:
    higher, lower = (one, other) if one.level >= other.level else (other, one)
    return replace(higher, reason=f"{higher.reason} {lower.reason}")

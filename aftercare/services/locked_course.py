"""Everything that is known of one treatment, read once under its lock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from aftercare.models import Clinic, DailyLog, Flag, Treatment
from aftercare.promise import OpeningHours
from aftercare.warning_signs.facts import Course
from aftercare.warning_signs.vocabulary import Level

from .course_rows import Evidence, findings_of, flags_of, logs_of
from .locking import locked_with_hours


@dataclass(slots=True, kw_only=True)
class FlaggedCourse:
    """A treatment with its flags and what each day has produced: all that raising needs."""

    treatment: Treatment
    flags: list[Flag]
    evidence: set[Evidence]
    hours: OpeningHours
    produced: dict[tuple[int, str], Level] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.note(tuple(self.evidence))

    def note(self, found: Iterable[Evidence]) -> None:
        """Remember findings that were just written."""
        for day, phase, rule, level in found:
            self.evidence.add((day, phase, rule, level))
            now = self.produced.get((day, rule), Level.NONE)
            self.produced[day, rule] = max(now, Level(level))

    def move(self, days: int) -> None:
        """Everything found lies some days later, after a changed date of treatment."""
        moved = [
            (day + days, phase, rule, level)
            for day, phase, rule, level in self.evidence
        ]
        self.evidence, self.produced = set(), {}
        self.note(moved)
        for flag in self.flags:
            flag.day += days

    @property
    def open_flags(self) -> dict[str, Flag]:
        return {flag.rule: flag for flag in self.flags if flag.review_id is None}

    def closed_flag(self, rule: str) -> Flag | None:
        """The flag of this rule that was closed last."""
        closed = [f for f in self.flags if f.rule == rule and f.review_id is not None]
        return max(closed, key=lambda flag: flag.review.at, default=None)


@dataclass(slots=True, kw_only=True)
class LockedCourse(FlaggedCourse):
    """The same with its logs, as the rules read them."""

    logs: list[DailyLog]

    def course(self, logs: Iterable[DailyLog] | None = None) -> Course:
        """The course as the rules read it: only the logs that count."""
        read = self.logs if logs is None else logs
        return Course(
            self.treatment.procedure(), tuple(log.facts() for log in read if log.counts)
        )


def lock_course(clinic: Clinic, treatment_id: UUID) -> LockedCourse:
    """Lock the treatment and read its course: four queries at most, whatever its length.

    Nothing but the hours is read together with the lock: PostgreSQL would answer from
    before the wait for it, without what the transaction waited for has written.
    """
    treatment, hours = locked_with_hours(clinic, treatment_id)
    evidence, followed_up = findings_of(treatment)
    # No flag without a finding, and most courses have none.
    flagged = any(level >= Level.PROMPT for *_, level in evidence)
    return LockedCourse(
        treatment=treatment,
        logs=logs_of(treatment),
        flags=flags_of(treatment, followed_up=followed_up) if flagged else [],
        evidence=evidence,
        hours=hours,
    )

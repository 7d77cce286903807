"""The advice of one log as it was shown then, and what has happened since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from aftercare.models import AdviceGiven, DailyLog, Patient
from aftercare.plots import Series
from aftercare.warning_signs.vocabulary import Level

from .correction import can_correct
from .course import ShownCourse, course_of, log_of
from .followed import Followed, followed
from .lead import Lead, lead
from .moments import Clock
from .recovery import ALWAYS, plots_of, plotted_items
from .tracker import Message, Step, messages_of, tracker_of

PLOTS = 3
SURE_FROM, SURE_TO = Decimal(35), Decimal(41)


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """What a patient reads after a log. `lead` is an open flag of another log."""

    log: DailyLog
    course: ShownCourse
    follow: Followed
    lead: Lead | None
    flags: frozenset[UUID]
    items: tuple[str, ...]

    @property
    def told(self) -> AdviceGiven:
        return self.log.advice

    @property
    def level(self) -> Level:
        return Level(self.told.level)

    @property
    def is_flagged(self) -> bool:
        return self.level >= Level.PROMPT

    @property
    def is_pressing(self) -> bool:
        """Calling is what to do; below that it is for when things get worse."""
        return self.level >= Level.URGENT

    @property
    def green(self) -> bool:
        """Success colours: as shown then, and only while no flag at all is open."""
        return self.told.green and not self.follow.open and self.log.counts

    @property
    def plain(self) -> bool:
        """No colour of a level: calm, but with a sign that was ticked or is open."""
        return not self.is_flagged and not self.green

    @property
    def sent(self) -> str:
        return self.course.clock.at(self.log.submitted_at)

    @property
    def tracker(self) -> tuple[Step, ...]:
        return tracker_of(self._own, self.log.submitted_at, self.course.clock)

    @property
    def messages(self) -> tuple[Message, ...]:
        return messages_of(self._own, self.course.clock)

    @property
    def can_ask_for_a_call(self) -> bool:
        return self.log.counts and self.level is not Level.EMERGENCY

    @property
    def asked_for_a_call(self) -> bool:
        return any(flag.rule == "CONTACT" for flag in self.follow.open)

    @property
    def can_correct(self) -> bool:
        return can_correct(self.log, self.course.clock)

    @property
    def later(self) -> DailyLog | None:
        """The newest log that was sent after this one."""
        newest = self.course.counting[-1:] or (self.log,)
        return newest[0] if newest[0].submitted_at > self.log.submitted_at else None

    @property
    def unsure_temperature(self) -> Decimal | None:
        """A reading that we took and would like to be sure of."""
        reading = self.log.temperature_c
        if reading is None or SURE_FROM <= reading <= SURE_TO:
            return None
        return reading

    @property
    def plots(self) -> tuple[Series, ...]:
        """What changed: first what the reasons stand on, then the usual ones."""
        names = dict.fromkeys((*plotted_items(self.items), *ALWAYS))
        listed = list(names)[:PLOTS]
        return plots_of(
            self.course.treatment, self.course.counting, self.course.today, listed
        )

    @property
    def _own(self) -> Followed:
        """The flags that this log raised or spoke for."""
        return self.follow.only(self.flags)


def advice_page(patient: Patient, log_id: UUID, clock: Clock) -> AdvicePage:
    """Six queries at most; `DailyLog.DoesNotExist` for a log that is not theirs."""
    log = log_of(patient, log_id)
    course = course_of(log.treatment, clock)
    found = list(log.findings.values_list("flag", "items"))
    flags = frozenset(flag for flag, _ in found if flag)
    items = tuple(item for _, listed in found for item in listed.split(",") if item)
    follow = followed(patient, since=flags)
    told = log.advice.level
    others = follow.only(
        {flag.pk for flag in follow.open if flag.pk not in flags or flag.level > told}
    )
    return AdvicePage(
        log=log,
        course=course,
        follow=follow,
        lead=lead(others, patient.clinic, clock),
        flags=flags,
        items=items,
    )

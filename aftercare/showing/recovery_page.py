"""Am I on course? The whole recovery of one treatment on a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from aftercare.models import Patient, Treatment
from aftercare.plots import Series
from aftercare.warning_signs.vocabulary import Level

from .course import chosen, treatments_of
from .elsewhere import FromElsewhere, told_with_elsewhere
from .followed import followed
from .lead import Lead, lead
from .moments import Clock
from .recovery import plots_after
from .told import Told, levels_by_day


@dataclass(frozen=True, slots=True)
class SignDay:
    """What one day amounted to: its level in words, None where nothing was logged."""

    day: int
    level: Level | None

    @property
    def is_flag(self) -> bool:
        return self.level is not None and self.level >= Level.PROMPT


@dataclass(frozen=True)
class RecoveryPage:
    """The course, its plots and what is open. `today` is below 0 before the treatment."""

    treatment: Treatment
    today: int
    told: tuple[Told, ...]
    lead: Lead | None
    others: tuple[Treatment, ...]
    elsewhere: tuple[FromElsewhere, ...] = ()

    @cached_property
    def plots(self) -> tuple[Series, ...]:
        return plots_after(self.treatment, self.told, self.today)

    @cached_property
    def levels(self) -> dict[int, int]:
        """The worst that was told on each day with a log."""
        return levels_by_day(self.told)

    @property
    def call_line(self) -> bool:
        return any(series.call_line is not None for series in self.plots)

    @property
    def gist(self) -> str:
        """The whole page in a sentence or two. It never says that all is well."""
        over = [series.title for series in self.plots if series.over]
        if not self.levels:
            return "Here is what we expect. Your own logs will show beside it."
        day = max(self.levels)
        looking = " A nurse is looking at this." if self.lead else ""
        if over:
            named = over[0].partition(",")[0].lower()
            return f"Your {named} is more than we expect on day {day}.{looking}"
        if self.lead or self.sign_days[-1].is_flag:
            return f"You told us about a warning sign.{looking}"
        return f"All as we expect on day {day}."

    @cached_property
    def sign_days(self) -> tuple[SignDay, ...]:
        """Every day up to the newest log, with the worst that was told on it."""
        last = max(self.levels, default=-1)
        told = ((day, self.levels.get(day)) for day in range(last + 1))
        return tuple(
            SignDay(day, None if level is None else Level(level)) for day, level in told
        )

    @property
    def signs_in_words(self) -> str:
        days = [str(one.day) for one in self.sign_days if one.is_flag]
        if not days:
            return "None so far"
        if len(days) == 1:
            return f"On day {days[0]}"
        return f"On days {', '.join(days[:-1])} and {days[-1]}"


def recovery_page(patient: Patient, clock: Clock, wanted: str = "") -> RecoveryPage:
    """Five queries at most; `Treatment.DoesNotExist` where there is nothing to show."""
    treatments = treatments_of(patient)
    treatment = chosen(treatments, clock, wanted)
    others = tuple(one for one in treatments if one.pk != treatment.pk)
    told, elsewhere = told_with_elsewhere(treatment, others)
    return RecoveryPage(
        treatment=treatment,
        today=treatment.day_of(clock.today),
        told=told,
        lead=lead(followed(patient), patient.clinic, clock),
        others=others,
        elsewhere=elsewhere,
    )

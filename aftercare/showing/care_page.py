"""The aftercare of one day of a treatment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aftercare.models import Patient, Treatment
from aftercare.promise import clock_words
from aftercare.warning_signs.aftercare_days import CareDay, care_on
from aftercare.warning_signs.expected import expected_text

from .course import chosen, treatments_of
from .followed import followed
from .lead import Lead, lead
from .moments import Clock

LAST_DAY = 28


@dataclass(frozen=True, slots=True)
class CarePage:
    """The checklist of `day`; `today` is the day of the course it is read on."""

    treatment: Treatment
    clock: Clock
    lead: Lead | None
    day: int

    def on(self, day: int | None) -> CarePage:
        return self if day is None else replace(self, day=day)

    @property
    def today(self) -> int:
        return self.treatment.day_of(self.clock.today)

    @property
    def days(self) -> tuple[int, ...]:
        """Days to choose from: two weeks, and then by weeks."""
        listed = {*range(15), 21, LAST_DAY, self.day}
        return tuple(sorted(day for day in listed if day >= 0))

    @property
    def treated_at(self) -> str:
        """The clock time of the treatment, from which waits of some hours are counted."""
        return clock_words(self.treatment.performed_at.astimezone(self.clock.zone))

    @property
    def care(self) -> CareDay:
        return care_on(self.day, self.treated_at)

    @property
    def expected(self) -> str:
        return expected_text(self.day) if self.day >= 0 else ""

    @property
    def products(self) -> str:
        return self.treatment.products


def care_page(patient: Patient, clock: Clock, wanted: str = "") -> CarePage:
    """Five queries at most; `Treatment.DoesNotExist` where there is no treatment."""
    treatment = chosen(treatments_of(patient), clock, wanted)
    shown = min(treatment.day_of(clock.today), LAST_DAY)
    return CarePage(
        treatment, clock, lead(followed(patient), patient.clinic, clock), shown
    )

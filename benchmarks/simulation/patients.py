"""A patient: treated, reminded, logging on most days, late on some, and silent on others."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aftercare.models import Flag, Patient, RemindBy, Treatment
from aftercare.services.choose_reminders import choose_reminders
from aftercare.services.register_treatment import (
    PatientDetails,
    TreatmentDetails,
    register_patient,
    register_treatment,
)
from aftercare.services.request_call import request_call
from aftercare.services.submit_log import LogEntry, submit_log
from aftercare.warning_signs.treatment_words import ProcedureType, RiskFactor
from aftercare.warning_signs.vocabulary import Level

from .courses import Recovery, drawn
from .post import NOBODY
from .silence import Silence

if TYPE_CHECKING:
    from .building import Place
    from .house import House

ZONES = (
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Europe/Berlin",
)
ASKED_DAYS = (*range(1, 15), 21, 28, 42, 60)
WAKES, SLEEPS = time(7), time(22, 30)
CALLS, REACTS, NUDGED = 0.12, 0.75, 0.5


class Person:
    """One patient with one treatment, living by their own clock."""

    def __init__(
        self, house: House, place: Place, number: int, performed_at: datetime
    ) -> None:
        self.house, self.place = house, place
        self.by = Random(f"{house.plan.seed}:{place.name}:{number}")  # noqa: S311
        self.number = number
        self.recovery: Recovery = drawn(self.by, place.world.signs)
        abroad = self.by.random() < place.world.abroad
        self.zone = ZoneInfo(self.by.choice(ZONES) if abroad else place.world.zone)
        self.logged: set[date] = set()
        self.own_hour = self.by.uniform(8, 21)
        self.high_risk = self.by.random() < 0.2
        self.treatment: Treatment | None = None
        self.performed_at = performed_at
        self.silence = Silence(self)
        house.agenda.at(performed_at + timedelta(minutes=40), self.enter)

    @property
    def now(self) -> datetime:
        return self.house.agenda.now

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    # --- How they come in -------------------------------------------------------------

    def enter(self) -> None:
        """Registered by the clinic after the treatment; some choose how to be reminded."""
        nurse = self.place.nurses[self.number % len(self.place.nurses)]
        key = uuid.UUID(int=self.by.getrandbits(128), version=4)
        has_phone = self.by.random() < 0.8
        mail = f"patient{self.number}@mail.example"
        details = PatientDetails(
            given_name="Patient",
            family_name=f"Number {self.number}",
            birth_date=date(1980, 1, 1),
            phone="07700 900318" if has_phone else "",
            email=NOBODY if self.by.random() < 0.04 else mail,
        )
        patient = register_patient(by=nurse, details=details, at=self.now, key=key)
        patient.zone = self.zone.key
        patient.save(update_fields=["zone"])
        self.treatment = register_treatment(
            by=nurse, patient=patient, details=self.procedure(), at=self.now
        )
        self.house.phones[patient.pk] = self.told
        self.house.people.append(self)
        self.silence.watch()
        if self.by.random() < 0.5:
            self.choose(patient)
        for day in self.days():
            self.plan_day(day)

    def choose(self, patient: Patient) -> None:
        how = self.by.choice((RemindBy.EMAIL, RemindBy.SMS, RemindBy.BOTH))
        hour = time(self.by.randint(7, 22), self.by.choice((0, 30)))
        choose_reminders(by=patient, remind_at=hour, remind_by=how, at=self.now)

    def procedure(self) -> TreatmentDetails:
        risks = frozenset({RiskFactor.DIABETES}) if self.high_risk else frozenset()
        return TreatmentDetails(
            type=ProcedureType.MICRONEEDLING,
            performed_at=self.performed_at,
            areas="Full face",
            practitioner="Dr Lena Hart",
            needle_depth_mm=Decimal("1.0"),
            risk_factors=risks,
        )

    # --- Their days -------------------------------------------------------------------

    def days(self) -> list[int]:
        """The days that ask for a log, and those on which something is wrong."""
        ill = range(
            self.recovery.onset, self.recovery.onset + max(self.recovery.lasts, 0)
        )
        return sorted({*ASKED_DAYS, *ill} - {0}) + ([0] if 0 in ill else [])

    def plan_day(self, day: int) -> None:
        """At their own hour, unless they wait to be reminded, forget, or are silent."""
        own = self.by.random() < self.recovery.diligence * 0.6
        if self.recovery.is_silent(day) or not own:
            return
        hour = self.own_hour + self.by.uniform(-1.5, 1.5)
        wall = datetime.combine(self.date_of(day), time(), self.zone)
        when = wall + timedelta(hours=max(hour, 7.5))
        self.house.agenda.at(when, lambda: self.log(self.date_of(day)))

    def date_of(self, day: int) -> date:
        assert self.treatment is not None  # noqa: S101  they are in the record by now
        return self.treatment.performed_on + timedelta(days=day)

    def told(self, kind: str) -> None:
        """A message arrived; it is read when they look at their phone."""
        local = self.now.astimezone(self.zone).time()
        awake = WAKES <= local < SLEEPS
        reacts = {"reminder": REACTS, "nudge": NUDGED}.get(kind, 0)
        day = self.today
        lot = self.by.random()
        if not awake or lot > reacts * self.recovery.diligence:
            return
        wait = timedelta(minutes=25) * self.by.expovariate(1)
        self.house.agenda.after(wait, lambda: self.log(day))

    def log(self, wanted: date) -> None:
        """A log of today, with those of the days before that a late one brings along."""
        if self.today != wanted or wanted in self.logged or self.treatment is None:
            return
        day = self.treatment.day_of(wanted)
        if day < 0 or self.recovery.is_silent(day) or self.now >= self.house.logs_end:
            return
        late = self.recovery.late_after
        if late and day % (late + 1):
            return  # they send several days together
        for back in range(late, -1, -1):
            self.send(wanted - timedelta(days=back))

    def send(self, for_date: date) -> None:
        treatment = self.treatment
        if treatment is None or for_date in self.logged:
            return
        day = treatment.day_of(for_date)
        if day < 0 or (day == 0 and for_date != self.today):
            return
        sent = submit_log(
            treatment_id=treatment.pk,
            by=treatment.patient,
            entry=LogEntry(
                key=uuid.UUID(int=self.by.getrandbits(128), version=4),
                for_date=for_date,
                finished_on=self.today,
                answers=self.recovery.answers(day, self.by),
            ),
            at=self.now,
        )
        self.logged.add(for_date)
        self.house.book.counts["logs"] += 1
        self.silence.logged(sent)
        if sent.advice.level >= Level.PROMPT:
            self.after_a_sign(treatment)

    def after_a_sign(self, treatment: Treatment) -> None:
        """What the log raised is followed; some press "Ask us to call you"."""
        if self.by.random() < CALLS:
            request_call(
                treatment_id=treatment.pk,
                by=treatment.patient,
                number="07700 900318",
                best_time=None,
                at=self.now,
            )
        flags = Flag.objects.open().filter(treatment=treatment)
        self.house.book.notice(self.place, flags)

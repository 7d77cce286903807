"""Two streets of people for the walk through every page: each in a state of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from aftercare.models import Clinic, DailyLog, Patient, StaffMember, Treatment
from aftercare.promise import Interval
from aftercare.services.create_clinic import close_on
from aftercare.services.follow_up import acknowledge, snooze
from aftercare.services.register_treatment import void_treatment
from aftercare.services.retract_log import retract_log
from aftercare.warning_signs.vocabulary import Level
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    WEEKDAYS,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
)
from tests.clinic.conftest import close, flags_of, spoke

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NOW = MONDAY + 20 * MINUTE
ANSWERS: dict[Level, dict[str, Any]] = {
    Level.NONE: CALM,
    Level.WATCH: CALM | {"pain": 3},
    Level.PROMPT: GLANDS,
    Level.URGENT: GLANDS | fever(),
    Level.EMERGENCY: EMERGENCY,
}
LATER = {day: spans for day, spans in WEEKDAYS.items() if day > 0}
HOURS = {
    "open": WEEKDAYS,
    "closing": LATER | {0: (Interval(time(8, 30), time(9, 30)),)},
    "closed": LATER,
    "no hours": WEEKDAYS,
}
"""Opening hours by how the clinic stands on Monday at 9am."""


@dataclass
class Town:
    """Clinics by how they stand now; people and logs of them by what is said of them."""

    clinics: dict[str, Clinic] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    treatments: dict[str, Treatment] = field(default_factory=dict)
    logs: dict[str, DailyLog] = field(default_factory=dict)
    patients: dict[str, Patient] = field(default_factory=dict)


def street(town: Town) -> None:
    """One clinic for each kind of hours, with one patient for each level of advice."""
    for hours, weekly in HOURS.items():
        clinic = make_clinic(
            f"{hours.capitalize()} Clinic", weekly=weekly, is_demo=hours == "open"
        )
        if hours == "no hours":
            today = date(2026, 6, 1)
            close_on(clinic=clinic, days=[today + n * DAY for n in range(30)])
        nurse = make_staff(clinic, "Priya Nair")
        town.clinics[hours], town.staff[hours] = clinic, nurse
        for level, answers in ANSWERS.items():
            name = f"{hours}, {level.name}"
            lives(town, name, nurse, *((MONDAY, answers),))
            assert town.logs[name].advice.level == level


def lives(
    town: Town, name: str, nurse: StaffMember, *sent: tuple[datetime, Any], **how: Any
) -> Treatment:
    """Somebody with a treatment four days ago, who sent these logs."""
    patient = make_patient(nurse, f"{name.title().replace(',', '')} Okafor")
    treatment = make_treatment(nurse, patient, **how)
    for at, answers in sent:
        town.logs[name] = send_log(treatment, answers, at=at).log
    town.treatments[name], town.patients[name] = treatment, patient
    return treatment


def recoveries(town: Town) -> None:
    """Patients of the open clinic at other points of a recovery."""
    nurse = town.staff["open"]
    before = [(MONDAY - n * DAY, CALM | {"pain": n}) for n in (3, 2)]
    lives(town, "not logged", nurse, *before)
    lives(town, "first day", nurse, performed_at=MONDAY - 3 * 60 * MINUTE, at=MONDAY)
    lives(town, "before", nurse, performed_at=MONDAY + 2 * DAY, at=MONDAY - DAY)
    lives(town, "between", nurse, performed_at=MONDAY - 17 * DAY)
    lives(town, "over", nurse, performed_at=MONDAY - 200 * DAY)
    town.patients["nobody"] = make_patient(nurse, "Nobody Yet")
    unsure = CALM | fever("42.5") | {"none_of_these": False}
    lives(town, "unsure", nurse, (MONDAY, unsure))
    put_right(town, nurse)


def put_right(town: Town, nurse: StaffMember) -> None:
    """Logs that were corrected or taken back."""
    treatment = lives(town, "corrected", nurse, (MONDAY, GLANDS))
    old = town.logs["corrected"]
    send_log(treatment, CALM, at=MONDAY + MINUTE, corrects=old.pk)
    treatment = lives(town, "taken back", nurse, (MONDAY, GLANDS))
    retract_log(
        treatment_id=treatment.pk,
        log_id=town.logs["taken back"].pk,
        by=treatment.patient,
        reason="Wrong day",
        at=MONDAY + MINUTE,
    )


def desks(town: Town) -> None:
    """Flags of the open clinic in every state that staff can bring them into."""
    clinic, nurse = town.clinics["open"], town.staff["open"]
    town.staff["desk"] = make_staff(clinic, "Ruth Abara", "is_front_desk")
    town.staff["lead"] = make_staff(clinic, "Lena Hart", "is_clinical_lead")
    town.staff["auditor"] = make_staff(clinic, "Ada Quill", "is_auditor")
    town.staff["quiet"] = make_staff(make_clinic("Quiet Clinic"), "Sam Kerr")

    def flagged(name: str, *steps: Callable[[Treatment], object]) -> Treatment:
        treatment = lives(town, name, nurse, (MONDAY, GLANDS | fever()))
        for step in steps:
            step(treatment)
        return treatment

    flagged("acknowledged", lambda one: take(one, nurse))
    flagged("contacted", lambda one: spoke(one, nurse, MONDAY + MINUTE))
    flagged("no answer", lambda one: spoke(one, nurse, NOW, "no_answer"))
    flagged("snoozed", lambda one: set_aside(one, nurse))
    flagged("closed", lambda one: end(one, nurse))
    again = flagged("back again", lambda one: end(one, nurse))
    send_log(again, GLANDS | fever("39.1"), at=MONDAY + 5 * MINUTE)
    void_treatment(
        treatment_id=lives(town, "voided", nurse).pk,
        by=nurse,
        reason="Wrong patient",
        at=MONDAY,
    )


def take(treatment: Treatment, by: StaffMember) -> None:
    flags = flags_of(treatment)
    acknowledge(treatment_id=treatment.pk, shown=flags, by=by, at=NOW)


def set_aside(treatment: Treatment, by: StaffMember) -> None:
    spoke(treatment, by, MONDAY + MINUTE)
    until, flags = NOW + 60 * MINUTE, flags_of(treatment)
    snooze(treatment_id=treatment.pk, shown=flags, by=by, until=until, at=NOW)


def end(treatment: Treatment, by: StaffMember) -> None:
    spoke(treatment, by, MONDAY + MINUTE)
    close(treatment, by, MONDAY + 2 * MINUTE, message="Rest. Call if it grows.")

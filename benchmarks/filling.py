"""A thousand clinics with as many logs as wanted, every constraint kept.

Half of all logs belong to one large clinic, the rest is spread evenly; the clinic that
is looked at has a hundred treatments whatever the size, so that only what lies around it
grows. Each treatment has fourteen logs, each clinic thirty open flags at most; one log in
twenty raised a flag that was closed, and every fifth treatment is silent after its last.
Advice is kept for the clinic that is looked at and the large one's first treatments only:
it is the longest text there is, and nothing that is measured reads it of other clinics.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from aftercare.models import (
    Clinic,
    DailyLog,
    Flag,
    Review,
    StaffMember,
    Treatment,
)
from aftercare.warning_signs.vocabulary import Outcome
from benchmarks.copies import copies, date_before, days_before, key
from benchmarks.people import somebody
from tests.builders import CALM, fever, make_patient, make_treatment, send_log

CLINICS, LOGS_EACH = 1_000, 14
LOOKED_AT, OPEN_EACH = 100, 30
WITH_ADVICE = 2_000
FULL = "All is written"
MILD = {
    "overall_change": "same",
    "pain": 2,
    "redness": "mild",
    "swelling": "mild",
    "none_of_these": True,
    "free_text": "A bit tight around the eyes, otherwise fine.",
}

# Kinds of keys.
CLINIC, LOGIN, STAFF, PATIENT, TREATMENT, LOG, FORM, FLAG, REVIEW, FINDING, ADVICE = (
    range(1, 12)
)

# The clinic of treatment n: the first, then by turns the large second and the others.
CLINIC_OF = (
    f"(CASE WHEN {{n}} <= {LOOKED_AT} THEN 1 WHEN {{n}} % 2 = 0 THEN 2 "
    f"ELSE ({{n}} / 2) % {CLINICS - 2} + 3 END)"
)
# Days since treatment n. Those of the first clinic are all still under way.
AGE = f"(CASE WHEN {{n}} <= {LOOKED_AT} THEN 14 ELSE 16 + {{n}} % 600 END)"
IS_OPEN = (
    f"({{n}} <= {OPEN_EACH} OR ({{n}} % 2 = 0 AND {{n}} > {LOOKED_AT} "
    f"AND {{n}} <= {LOOKED_AT + 2 * OPEN_EACH}) OR ({{n}} % 2 = 1 "
    f"AND {{n}} > {LOOKED_AT} AND {{n}} <= {LOOKED_AT + 2 * OPEN_EACH * (CLINICS - 2)}))"
)
IS_SILENT = f"({{n}} > {LOOKED_AT} AND {{n}} % 5 = 0)"
# Treatment and day of log n.
N = f"((n - 1) / {LOGS_EACH} + 1)"
DAY = f"((n - 1) % {LOGS_EACH})"
LAST = f"{DAY} = {LOGS_EACH - 1}"
IS_FLAGGED = f"(n % 20 = 0 OR ({LAST} AND ({IS_SILENT} OR {IS_OPEN})))".format(n=N)
STAYS_OPEN = f"({LAST} AND {IS_OPEN})".format(n=N)


@dataclass(frozen=True, slots=True)
class Models:
    """One of each kind, written by the services as real ones are."""

    staff: StaffMember
    treatment: Treatment
    calm: DailyLog
    mild: DailyLog
    flagged: DailyLog

    @property
    def flag(self) -> Flag:
        return self.flagged.findings.get().flag


def written(at: datetime) -> Models:
    staff = somebody(at)
    treatment = make_treatment(
        staff, make_patient(staff), performed_at=at - timedelta(days=5)
    )
    sent = [
        send_log(treatment, *answers, at=at - timedelta(days=5 - day)).log
        for day, answers in enumerate([(CALM,), (MILD,), (fever("38.4"),)], start=1)
    ]
    return Models(staff, treatment, *sent)


def fill(logs: int) -> None:
    """Everything, into an empty database."""
    today = datetime.combine(
        timezone.now().date(), time(9), timezone.get_default_timezone()
    )
    models, treatments = written(today), logs // LOGS_EACH
    _clinics(models)
    _treatments(models, treatments, today)
    _logs(models, treatments * LOGS_EACH, today)
    _flags(models, treatments * LOGS_EACH, today)
    Clinic.objects.filter(pk=models.staff.clinic_id).update(name=FULL)
    if (
        connection.vendor == "postgresql"
    ):  # as the server does by itself, a minute later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _clinics(models: Models) -> None:
    clinic = key(CLINIC, "n")
    staff = models.staff
    copies(staff.clinic, CLINICS, {"id": clinic, "name": "'Clinic ' || n"})
    for number, opening in enumerate(staff.clinic.openings.all()):
        own = key(0x100 + number, "n")
        copies(opening, CLINICS, {"id": own, "clinic_id": clinic})
    email = "'staff' || n || '@clinics.example'"
    copies(staff.login, CLINICS, {"id": key(LOGIN, "n"), "email": email})
    mine = {"id": key(STAFF, "n"), "clinic_id": clinic, "login_id": key(LOGIN, "n")}
    copies(staff, CLINICS, mine)


def _treatments(models: Models, many: int, today: datetime) -> None:
    number = CLINIC_OF.format(n="n")
    clinic, age = key(CLINIC, number), AGE.format(n="n")
    patient = {"id": key(PATIENT, "n"), "clinic_id": clinic, "login_id": "NULL"}
    copies(models.treatment.patient, many, patient)
    noon = datetime.combine(today, time(12), today.tzinfo)
    due = days_before(noon, f"{age} - {LOGS_EACH + 1}")
    treatment = {
        "id": key(TREATMENT, "n"),
        "clinic_id": clinic,
        "patient_id": key(PATIENT, "n"),
        "created_by_id": key(STAFF, number),
        "created_at": days_before(today, age),
        "performed_at": days_before(today, age),
        "performed_on": date_before(today, age),
        "next_due_at": f"CASE WHEN {IS_SILENT.format(n='n')} THEN {due} END",
        "next_prompt_at": "NULL",
    }
    copies(models.treatment, many, treatment)


def _of_log() -> dict[str, str]:
    return {
        "clinic_id": key(CLINIC, CLINIC_OF.format(n=N)),
        "treatment_id": key(TREATMENT, N),
    }


def _logs(models: Models, many: int, today: datetime) -> None:
    ago = f"{AGE.format(n=N)} - {DAY}"
    columns = _of_log() | {
        "id": key(LOG, "n"),
        "key": key(FORM, "n"),
        "day": DAY,
        "for_date": date_before(today, ago),
        "finished_on": date_before(today, ago),
        "submitted_at": _sent(today),
        "entered_by_id": "NULL",
    }
    mild = "n % 20 IN (3, 8, 13)"
    copies(models.flagged, many, columns, IS_FLAGGED)
    copies(models.mild, many, columns, f"{mild} AND NOT {IS_FLAGGED}")
    copies(models.calm, many, columns, f"NOT {mild} AND NOT {IS_FLAGGED}")
    few = min(many, WITH_ADVICE * LOGS_EACH)
    given = _of_log() | {"id": key(ADVICE, "n"), "log_id": key(LOG, "n"), "day": DAY}
    advised = given | {"shown_at": _sent(today)}
    copies(models.flagged.advice, few, advised, IS_FLAGGED)
    copies(models.calm.advice, few, advised, f"NOT {IS_FLAGGED}")


def _sent(today: datetime) -> str:
    return days_before(today, f"{AGE.format(n=N)} - {DAY}")


def _flags(models: Models, many: int, today: datetime) -> None:
    template, moment = models.flag, _sent(today)
    looked = days_before(today + timedelta(hours=2), f"{AGE.format(n=N)} - {DAY}")
    review = Review.objects.create(
        clinic=models.staff.clinic,
        treatment=models.treatment,
        by=models.staff,
        at=today,
        outcome=Outcome.NOT_REACHED,
        note="Called three times, no answer.",
        plan="A letter was sent.",
        useful=True,
        safety_net=False,
    )
    by = key(STAFF, CLINIC_OF.format(n=N))
    reviewed = _of_log() | {"id": key(REVIEW, "n"), "by_id": by, "at": looked}
    copies(review, many, reviewed, f"{IS_FLAGGED} AND NOT {STAYS_OPEN}")
    flag = _of_log() | {
        "id": key(FLAG, "n"),
        "day": DAY,
        "opened_at": moment,
        "raised_at": moment,
        "next_rung_at": "NULL",
        "review_id": f"CASE WHEN NOT {STAYS_OPEN} THEN {key(REVIEW, 'n')} END",
    }
    copies(template, many, flag, IS_FLAGGED)
    found = _of_log() | {
        "id": key(FINDING, "n"),
        "log_id": key(LOG, "n"),
        "flag_id": key(FLAG, "n"),
        "day": DAY,
        "at": moment,
    }
    copies(models.flagged.findings.get(), many, found, IS_FLAGGED)


def is_full() -> bool:
    """Whether somebody has filled it, to the end."""
    return Clinic.objects.filter(name=FULL).exists()


# --- What was made --------------------------------------------------------------------


def _numbered(model: Any, kind: int, number: int) -> Any:
    return model.objects.get(pk=f"018f0000-0000-7000-8{kind:03x}-{number:012x}")


def clinic_looked_at() -> StaffMember:
    """Somebody of the clinic whose size never changes."""
    return _numbered(StaffMember, STAFF, 1)


def large_clinic() -> Clinic:
    """The clinic with half of all logs."""
    return _numbered(Clinic, CLINIC, 2)

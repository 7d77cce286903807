"""The patients list: who is followed up, who has logged, and who has fallen silent.

Two queries a page, whatever its length; pages follow each other by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from aftercare.models import Clinic, DailyLog, Flag, Patient, Treatment
from aftercare.showing.course import DAILY_UNTIL, LATER_DAYS
from aftercare.warning_signs.vocabulary import Level, Phase

from .medical import day_words
from .patient_rights import left_words

PAGE = 50
FOUND = 8
LONGEST_QUERY = 80
LOG_DAYS = (*range(1, DAILY_UNTIL + 1), *LATER_DAYS)


class PatientTab(StrEnum):
    """Which patients are listed."""

    ALL = "all"
    DUE = "due"
    MISSED = "missed"
    NOT_STARTED = "not_started"

    @property
    def label(self) -> str:
        words = {"due": "Due today", "not_started": "Not started"}
        return words.get(self.value, self.value.capitalize())


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient with the newest treatment; `level` is that of the worst open flag."""

    id: UUID
    name: str
    born: date
    phone: str
    procedure: str
    treatment: UUID | None
    day: str
    last_log: str
    today: str
    is_silent: bool
    level: Level | None


@dataclass(frozen=True, slots=True)
class PatientList:
    """One page of patients. `next` is the patient after whom the next page starts."""

    rows: tuple[PatientRow, ...]
    tab: PatientTab
    query: str
    next: UUID | None

    @property
    def tabs(self) -> list[tuple[PatientTab, bool]]:
        return [(tab, tab is self.tab) for tab in PatientTab]


def read_patients(
    clinic: Clinic,
    at: datetime,
    tab: PatientTab = PatientTab.ALL,
    query: str = "",
    after: UUID | None = None,
) -> PatientList:
    """Patients of a clinic by name: those of a tab, and those found by a query."""
    today = at.astimezone(clinic.zoneinfo).date()
    patients = _annotated(found_by(clinic.patients.all(), query))
    treated = _in_tab(clinic, tab, today)
    if treated is not None:
        patients = patients.filter(Exists(treated.filter(pk=OuterRef("newest"))))
    page = list(_after(clinic, patients, after)[: PAGE + 1])
    treatments = _treatments(clinic, [patient.newest for patient in page])
    rows = tuple(_row(patient, treatments, today) for patient in page[:PAGE])
    return PatientList(rows, tab, query, rows[-1].id if len(page) > PAGE else None)


def found_by(patients: QuerySet[Patient], query: str) -> QuerySet[Patient]:
    """The patients whose name or phone has every word of a query."""
    for word in query.split():
        patients = patients.filter(
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(phone__contains=word)
        )
    return patients


def find_patients(clinic: Clinic, query: str) -> list[Patient]:
    """The first few patients that a query finds, by name."""
    found = found_by(clinic.patients.all(), query)
    return list(found.order_by("family_name", "given_name", "id")[:FOUND])


def logs_that_count() -> QuerySet[DailyLog]:
    """Of each treatment asked about: logs after it, neither retracted nor replaced."""
    return DailyLog.objects.filter(
        treatment=OuterRef("pk"),
        phase=Phase.POST,
        retraction__isnull=True,
        corrected_by__isnull=True,
    )


def _in_tab(clinic: Clinic, tab: PatientTab, today: date) -> QuerySet[Treatment] | None:
    """The treatments that put their patient in a tab; None where everyone is."""
    if tab is PatientTab.ALL:
        return None
    logs = logs_that_count()
    treatments = clinic.treatments.filter(voided_at__isnull=True, left_at__isnull=True)
    if tab is PatientTab.DUE:
        dates = [today - timedelta(days=day) for day in LOG_DAYS]
        return treatments.filter(
            ~Exists(logs.filter(for_date=today)), performed_on__in=dates
        )
    daily = treatments.filter(
        performed_on__gte=today - timedelta(days=DAILY_UNTIL), performed_on__lt=today
    )
    if tab is PatientTab.NOT_STARTED:
        return daily.filter(~Exists(logs))
    yesterday = today - timedelta(days=1)
    return daily.filter(Exists(logs), ~Exists(logs.filter(for_date__gte=yesterday)))


def _annotated(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    newest = Treatment.objects.filter(
        patient=OuterRef("pk"), voided_at__isnull=True
    ).order_by("-performed_on", "-id")
    flags = Flag.objects.open().filter(treatment__patient=OuterRef("pk"))
    return patients.annotate(
        newest=Subquery(newest.values("pk")[:1]),
        open_level=Subquery(flags.order_by("-level").values("level")[:1]),
    ).order_by("family_name", "given_name", "id")


def _after(
    clinic: Clinic, patients: QuerySet[Patient], after: UUID | None
) -> QuerySet[Patient]:
    """The patients that follow one of them by name."""
    last = clinic.patients.filter(pk=after).first() if after else None
    if last is None:
        return patients
    family, given = last.family_name, last.given_name
    return patients.filter(
        Q(family_name__gt=family)
        | Q(family_name=family, given_name__gt=given)
        | Q(family_name=family, given_name=given, pk__gt=last.pk)
    )


def _treatments(clinic: Clinic, keys: list[UUID | None]) -> dict[UUID, Treatment]:
    """The newest treatments by key, each with `last_date`, for which it was last logged."""
    last = logs_that_count().order_by("-for_date")
    treatments = clinic.treatments.filter(pk__in=[key for key in keys if key])
    dated = treatments.select_related("clinic").annotate(
        last_date=Subquery(last.values("for_date")[:1])
    )
    return {treatment.pk: treatment for treatment in dated}


def _row(
    patient: Patient, treatments: Mapping[UUID, Treatment], today: date
) -> PatientRow:
    treatment = treatments.get(patient.newest)
    level = Level(patient.open_level) if patient.open_level else None
    words, silent = today_words(treatment, today)
    return PatientRow(
        id=patient.pk,
        name=str(patient),
        born=patient.birth_date,
        phone=patient.phone,
        procedure=treatment.get_type_display() if treatment else "No treatment yet",
        treatment=treatment.pk if treatment else None,
        day=day_words(treatment.day_of(today)).lower() if treatment else "",
        last_log=_last_log(treatment, today),
        today=words,
        is_silent=silent,
        level=level,
    )


def today_words(treatment: Treatment | None, today: date) -> tuple[str, bool]:
    """How a patient stands with today's log, and whether they have fallen silent."""
    if treatment is None:
        return "", False
    if treatment.left_at is not None:
        return left_words(treatment), False
    day, last = treatment.day_of(today), treatment.last_date
    if last == today:
        return "Logged", False
    if not 0 <= day <= DAILY_UNTIL:
        return ("Due", False) if day in LOG_DAYS else ("Not asked today", False)
    missed = (today - last).days - 1 if last else day
    if missed < 1:
        return "Due", False
    return missed_words(last, missed), True


def missed_words(last: date | None, missed: int) -> str:
    """How long somebody has been silent who was asked every day."""
    if last is None:
        return "Not started"
    return "Missed 1 day" if missed == 1 else f"Missed {missed} days"


def _last_log(treatment: Treatment | None, today: date) -> str:
    if treatment is None or treatment.last_date is None:
        return "None yet"
    ago = (today - treatment.last_date).days
    return {0: "Today", 1: "Yesterday"}.get(
        ago, f"Day {treatment.day_of(treatment.last_date)}"
    )

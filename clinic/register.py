"""The patients list: who is followed up, who has logged, who is silent and why it matters.

The same few queries a page, whatever its length. Pages follow each other by name; those
who have fallen silent, by how soon somebody should ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from aftercare.models import Clinic, DailyLog, Flag, Patient, Treatment
from aftercare.reminders import PROMPT_DAYS
from aftercare.services.silent_patients import silences, silent_patients
from aftercare.showing.undelivered import undelivered_by_patient
from aftercare.warning_signs.vocabulary import Phase

from .register_row import PatientRow, RowFacts, patient_row

PAGE = 50
FOUND = 8
LONGEST_QUERY = 80
DAILY = PROMPT_DAYS[:14]


class PatientTab(StrEnum):
    """Which patients are listed."""

    ALL = "all"
    DUE = "due"
    SILENT = "silent"
    NOT_STARTED = "not_started"
    UNDELIVERED = "undelivered"

    @property
    def label(self) -> str:
        return {
            "due": "Due today",
            "not_started": "Not started",
            "undelivered": "Not delivered",
        }.get(self.value, self.value.capitalize())


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
    """Patients of a clinic: those of a tab, and those found by a query."""
    facts = RowFacts(
        today=at.astimezone(clinic.zoneinfo).date(),
        undelivered=undelivered_by_patient(clinic),
    )
    found = found_by(clinic.patients.all(), query)
    if tab is PatientTab.SILENT:
        page = _most_silent(clinic, found, at, after)
    else:
        page = _by_name(clinic, _in_tab(clinic, found, tab, facts), after)
    treatments = _treatments(clinic, [patient.newest for patient in page])
    silent = silences(clinic, treatments, at)
    rows = tuple(patient_row(one, treatments, silent, facts) for one in page[:PAGE])
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


def _most_silent(
    clinic: Clinic, found: QuerySet[Patient], at: datetime, after: UUID | None
) -> list[Patient]:
    """Those who owe a log, whom to ask first on top; a page and one more."""
    order = [one.patient.pk for one in silent_patients(clinic, at)]
    kept = set(found.filter(pk__in=order).values_list("pk", flat=True))
    keys = [key for key in order if key in kept]
    start = keys.index(after) + 1 if after in keys else 0
    keys = keys[start : start + PAGE + 1]
    rows = {one.pk: one for one in _annotated(found.filter(pk__in=keys))}
    return [rows[key] for key in keys]


def _in_tab(
    clinic: Clinic, found: QuerySet[Patient], tab: PatientTab, facts: RowFacts
) -> QuerySet[Patient]:
    """Of those found, the ones that a tab lists."""
    patients = _annotated(found)
    if tab is PatientTab.UNDELIVERED:
        return patients.filter(pk__in=list(facts.undelivered))
    treatments = _asked(clinic, tab, facts.today)
    if treatments is None:
        return patients
    return patients.filter(Exists(treatments.filter(pk=OuterRef("newest"))))


def _asked(clinic: Clinic, tab: PatientTab, today: date) -> QuerySet[Treatment] | None:
    """The treatments that put their patient in a tab; None where everyone is."""
    logs = logs_that_count()
    followed = clinic.treatments.filter(voided_at__isnull=True, left_at__isnull=True)
    if tab is PatientTab.DUE:
        return followed.filter(
            ~Exists(logs.filter(for_date=today)),
            performed_on__in=[today - timedelta(days=day) for day in PROMPT_DAYS],
        )
    if tab is PatientTab.NOT_STARTED:
        dates = [today - timedelta(days=day) for day in DAILY]
        return followed.filter(~Exists(logs), performed_on__in=dates)
    return None


def _annotated(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    newest = Treatment.objects.filter(
        patient=OuterRef("pk"), voided_at__isnull=True
    ).order_by("-performed_on", "-id")
    flags = Flag.objects.open().filter(treatment__patient=OuterRef("pk"))
    return patients.annotate(
        newest=Subquery(newest.values("pk")[:1]),
        open_level=Subquery(flags.order_by("-level").values("level")[:1]),
    ).order_by("family_name", "given_name", "id")


def _by_name(
    clinic: Clinic, patients: QuerySet[Patient], after: UUID | None
) -> list[Patient]:
    """The patients that follow one of them by name; a page and one more."""
    last = clinic.patients.filter(pk=after).first() if after else None
    if last is not None:
        family, given = last.family_name, last.given_name
        patients = patients.filter(
            Q(family_name__gt=family)
            | Q(family_name=family, given_name__gt=given)
            | Q(family_name=family, given_name=given, pk__gt=last.pk)
        )
    return list(patients[: PAGE + 1])


def _treatments(clinic: Clinic, keys: list[UUID | None]) -> dict[UUID, Treatment]:
    """The newest treatments by key, each with `last_date`, for which it was last logged."""
    last = logs_that_count().order_by("-for_date")
    treatments = clinic.treatments.filter(pk__in=[key for key in keys if key])
    dated = treatments.select_related("clinic").annotate(
        last_date=Subquery(last.values("for_date")[:1])
    )
    return {treatment.pk: treatment for treatment in dated}

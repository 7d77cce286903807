"""The audit as people read it (S9): who did what to whose record, when, from which page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from aftercare.audit_words import VERBS, Kind, page_words, words_of
from aftercare.models import AuditEntry, Clinic, StaffMember
from aftercare.permissions import May, may
from aftercare.promise import clock_words

from .record_number import number_of, numbers_like

PAGE = 50
PATIENTS, SOFTWARE = "patients", "software"
WITHOUT_LOGIN = {Kind.COMING_IN: "Somebody without a sign-in"}


@dataclass(frozen=True, slots=True)
class Sought:
    """What of the audit is asked for; nothing given is all of it.

    `who` is the key of a member of staff, `PATIENTS` or `SOFTWARE`; `whose` a name or a
    record number; `since` and `until` are dates at the clinic, both included.
    """

    who: str = ""
    whose: str = ""
    kind: Kind | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words. `whose` is a name, or the number of a record; `patient` its key.

    `number` is the record's number, however it is called.
    """

    key: UUID
    at: datetime
    when: str
    who: str
    what: str
    whose: str
    number: str
    patient: UUID | None
    page: str
    version: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some rows, newest first. `next` is the row after which the next page starts."""

    lines: tuple[Line, ...]
    next: UUID | None


def read_audit(
    staff: StaffMember, sought: Sought, after: UUID | None = None
) -> AuditPage:
    """What somebody may read of the audit, a page of it; four queries at most."""
    rows = _after(staff.clinic, entries(staff, sought), after)
    found = list(rows.order_by("-at", "-id")[: PAGE + 1])
    lines = tuple(in_words(staff, found[:PAGE]))
    return AuditPage(lines, lines[-1].key if len(found) > PAGE else None)


def entries(staff: StaffMember, sought: Sought) -> QuerySet[AuditEntry]:
    """The rows asked for, of those that somebody may read."""
    rows = staff.clinic.auditentrys.all()
    if not may(staff, May.READ_AUDIT):
        rows = rows.filter(staff=staff)
    if sought.who:
        rows = rows.filter(_by(sought.who))
    if sought.kind:
        rows = rows.filter(verb__in=VERBS[sought.kind])
    if sought.whose:
        rows = rows.filter(_whose(staff, sought.whose))
    return rows.filter(_between(staff.clinic, sought.since, sought.until))


def team_of(clinic: Clinic) -> list[tuple[str, str]]:
    """Everybody who ever worked here, by name, as choices."""
    people = clinic.staffmembers.order_by("name", "pk").values_list("pk", "name")
    return [(str(key), name) for key, name in people]


def names_are_shown(staff: StaffMember) -> bool:
    """Whether somebody is shown the names of patients; others are shown numbers."""
    return may(staff, May.REGISTER)


def _by(who: str) -> Q:
    if who == PATIENTS:
        return Q(staff__isnull=True, login__isnull=False)
    if who == SOFTWARE:
        return Q(staff__isnull=True, login__isnull=True)
    return Q(staff=who)


def _whose(staff: StaffMember, words: str) -> Q:
    """The records with a number that begins so; for those who know names, by name too."""
    if between := numbers_like(words):
        first, last = between
        return Q(patient__gte=first, patient__lte=last)
    if not names_are_shown(staff):
        return Q(pk__in=())
    patients = staff.clinic.patients.all()
    for word in words.split():
        patients = patients.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word)
        )
    return Q(patient__in=patients.values("pk"))


def _between(clinic: Clinic, since: date | None, until: date | None) -> Q:
    """From midnight to midnight on the clinic's clock."""
    zone, found = clinic.zoneinfo, Q()
    if since is not None:
        found &= Q(at__gte=datetime.combine(since, time(), zone))
    if until is not None:
        found &= Q(at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return found


def _after(
    clinic: Clinic, rows: QuerySet[AuditEntry], after: UUID | None
) -> QuerySet[AuditEntry]:
    last = clinic.auditentrys.filter(pk=after).first() if after else None
    if last is None:
        return rows
    return rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))


# --- In words ---------------------------------------------------------------------------


def in_words(staff: StaffMember, rows: Iterable[AuditEntry]) -> list[Line]:
    """Rows as somebody may read them; two queries at most."""
    found, clinic = list(rows), staff.clinic
    team = dict(clinic.staffmembers.values_list("pk", "name"))
    names = _names(staff, {row.patient_id for row in found if row.patient_id})
    return [_line(row, clinic, team, names) for row in found]


def _names(staff: StaffMember, patients: set[UUID]) -> dict[UUID, str]:
    if not patients or not names_are_shown(staff):
        return {}
    return {one.pk: str(one) for one in staff.clinic.patients.filter(pk__in=patients)}


def _line(
    row: AuditEntry,
    clinic: Clinic,
    team: Mapping[UUID, str],
    names: Mapping[UUID, str],
) -> Line:
    whose = number = ""
    if row.patient_id:
        number = number_of(row.patient_id)
        whose = names.get(row.patient_id, number)
    return Line(
        key=row.pk,
        at=row.at,
        when=_moment(row.at, clinic),
        who=_who(row, team),
        what=words_of(row.verb, row.reason),
        whose=whose or _colleague(row, team),
        number=number,
        patient=row.patient_id,
        page=page_words(row.page),
        version=", ".join(one for one in (row.version, row.software) if one),
    )


def _who(row: AuditEntry, team: Mapping[UUID, str]) -> str:
    """Who did it; whoever had no sign-in is not known by name."""
    if row.staff_id:
        return team.get(row.staff_id, "Somebody who is not in the team any more")
    if row.login_id:
        return "The patient"
    return next(
        (words for kind, words in WITHOUT_LOGIN.items() if row.verb in VERBS[kind]),
        "Aftercare itself",
    )


def _colleague(row: AuditEntry, team: Mapping[UUID, str]) -> str:
    """The member of staff that a row is about, if it is not about who did it."""
    if row.object_id is None or row.object_id == row.staff_id:
        return ""
    return team.get(row.object_id, "")


def _moment(at: datetime, clinic: Clinic) -> str:
    """A moment with its year: "Mon 1 June 2026, 9:05am"."""
    local = at.astimezone(clinic.zoneinfo)
    return f"{local:%a} {local.day} {local:%B %Y}, {clock_words(local)}"

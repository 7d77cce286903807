"""Writing down who did or read what of whose record, and from which page."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Required, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from aftercare import __version__
from aftercare.models import AuditEntry, Clinic, Login, Patient, StaffMember
from aftercare.models.audit_reading import head_of
from aftercare.warning_signs.protocol import PROTOCOL


@dataclass(slots=True)
class Asked:
    """The page that is being asked for, and whether anything was written down for it."""

    page: str = ""
    noted: bool = False


# So that no service need be told from where it is called. Commands have no page.
ASKED_FROM: ContextVar[Asked | None] = ContextVar("asked_from", default=None)

OWN, OF_PATIENT, OF_LIST = "record.read", "patient.read", "list.read"
READS = frozenset({OWN, OF_PATIENT, OF_LIST})


class Facts(TypedDict, total=False):
    """What an entry says besides its verb.

    `by` is None where the software itself acted, for example at a noon check. `reason` is
    a code and no text: what stands in the audit stays there.
    """

    by: Required[Patient | StaffMember | None]
    clinic: Required[Clinic]
    at: Required[datetime]
    patient_id: UUID | None
    object_id: UUID | None
    page: str
    reason: str


def record(verb: str, **facts: Unpack[Facts]) -> None:
    """Add one row to the audit, in the transaction that is running."""
    entry(verb, **facts).save(force_insert=True)


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Add many in one query; those of several clinics in the order of their keys."""
    AuditEntry.objects.bulk_create(entries)


def entry(verb: str, **facts: Unpack[Facts]) -> AuditEntry:
    """One row, not added yet."""
    asked = ASKED_FROM.get() or Asked()
    asked.noted = True
    by = facts["by"]
    return AuditEntry(
        clinic=facts["clinic"],
        at=facts["at"],
        login_id=by.login_id if by else None,
        staff_id=by.pk if isinstance(by, StaffMember) else None,
        patient_id=facts.get("patient_id"),
        verb=verb,
        page=facts.get("page") or asked.page,
        object_id=facts.get("object_id"),
        reason=facts.get("reason", ""),
        version=PROTOCOL.id,
        software=__version__,
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A page that somebody was shown: of a patient with a row of theirs, or a list."""

    by: Patient | StaffMember
    page: str
    patient_id: UUID | None = None
    row: UUID | None = None

    @property
    def verb(self) -> str:
        if isinstance(self.by, Patient):
            return OWN
        return OF_PATIENT if self.patient_id else OF_LIST


def record_reading(read: Read, at: datetime) -> None:
    """Somebody was shown this page."""
    record(
        read.verb,
        by=read.by,
        clinic=read.by.clinic,
        at=at,
        patient_id=read.patient_id,
        object_id=read.row,
        page=read.page,
    )


def was_read_since(read: Read, moment: datetime) -> bool:
    """Whether the same person was shown the same page since then."""
    return AuditEntry.objects.filter(
        clinic=read.by.clinic,
        at__gte=moment,
        patient=read.patient_id,
        login=read.by.login_id,
        verb=read.verb,
        page=read.page,
        object_id=read.row,
    ).exists()


def newest_number(clinic: Clinic) -> int:
    """How many rows the audit of a clinic has: while it is the same, nothing was done."""
    return head_of(clinic.pk).number


def record_login(verb: str, login: Login, at: datetime, reason: str = "") -> None:
    """Something was done with a login: a row at each clinic where somebody has it.

    Clinics come in the order of their keys, so that two never wait for each other.
    """
    people: list[Patient | StaffMember] = [
        *login.staff_members.select_related("clinic"),
        *login.patients.select_related("clinic"),
    ]
    with transaction.atomic():
        for person in sorted(people, key=lambda one: one.clinic_id):
            record(
                verb,
                by=person,
                clinic=person.clinic,
                at=at,
                patient_id=person.pk if isinstance(person, Patient) else None,
                object_id=person.pk,
                reason=reason,
            )


def record_refused(email: str, page: str, at: datetime) -> None:
    """Somebody, nobody knows who, gave a wrong password for an address that we know."""
    members = StaffMember.objects.filter(login__email=email.strip().lower())
    with transaction.atomic():
        for member in members.select_related("clinic").order_by("clinic"):
            record(
                "login.refused",
                by=None,
                clinic=member.clinic,
                at=at,
                object_id=member.pk,
                page=page,
                reason="password",
            )

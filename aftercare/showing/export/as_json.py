"""A record as JSON, written as it is read; the records of a clinic, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from aftercare import __version__
from aftercare.models import Clinic, Patient, StaffMember

from .kinds import Audience, kinds, patient_kind
from .reading import rows_of
from .values import Object, moment

FORMAT, VERSION = "aftercare-record", 1
CLINIC_FORMAT = "aftercare-clinic"
PATIENTS_AT_ONCE = 20
ROLES = ("owner", "clinical_lead", "clinician", "front_desk", "auditor")


def record_json(
    patient: Patient, audience: Audience, at: datetime, devices: Iterable[Object] = ()
) -> Iterator[bytes]:
    """One record, in pieces of some rows, so that it need not fit into memory.

    `devices` are where the patient is signed in, for their own file. `complete` stands
    last: a file without it was cut off.
    """
    clinic, staff = patient.clinic, set[UUID]()
    head = _head(FORMAT, clinic, at) | {"made_for": str(audience)}
    yield _opened(head)
    zone = clinic.zoneinfo
    [(_, person)] = rows_of(patient_kind(audience), [patient.pk], zone, staff)
    yield _member("patient", person)
    for kind in kinds(audience):
        rows = (row for _, row in rows_of(kind, [patient.pk], zone, staff))
        yield from _list(kind.name, rows)
    if audience is Audience.PATIENT:
        yield from _list("devices", devices)
    yield from _list("staff", _named(clinic, staff))
    yield b'"complete": true}\n'


def clinic_jsonl(clinic: Clinic, at: datetime) -> Iterator[list[Object]]:
    """The records of a clinic as lines, some patients at a time.

    First a line about the clinic, then a line for each patient as in `record_json`, then
    one that says how many there were.
    """
    yield [_head(CLINIC_FORMAT, clinic, at)]
    count, last = 0, None
    while patients := _after(clinic, last):
        yield list(_records(clinic, patients, at))
        count, last = count + len(patients), patients[-1]
    yield [{"complete": True, "patients": count}]


def line(record: Object) -> bytes:
    """One object on one line."""
    return _text(record).encode() + b"\n"


def _after(clinic: Clinic, last: UUID | None) -> list[UUID]:
    """The next patients by key."""
    patients = clinic.patients.order_by("pk")
    if last is not None:
        patients = patients.filter(pk__gt=last)
    return list(patients.values_list("pk", flat=True)[:PATIENTS_AT_ONCE])


def _records(
    clinic: Clinic, patients: Sequence[UUID], at: datetime
) -> Iterator[Object]:
    """Whole records of some patients: as many queries as for one."""
    audience, zone, staff = Audience.STAFF, clinic.zoneinfo, set[UUID]()
    head = _head(FORMAT, clinic, at) | {"made_for": str(audience)}
    made: dict[UUID, Object] = {}
    for key, person in rows_of(patient_kind(audience), patients, zone, staff):
        made[key] = head | {"patient": person} | {k.name: [] for k in kinds(audience)}
    for kind in kinds(audience):
        for key, row in rows_of(kind, patients, zone, staff):
            made[key][kind.name].append(row)
    names = list(_named(clinic, staff))
    for record in made.values():
        yield record | {"staff": names, "complete": True}


def _head(name: str, clinic: Clinic, at: datetime) -> Object:
    """What stands at the top of every file."""
    return {
        "format": name,
        "format_version": VERSION,
        "software": __version__,
        "made_at": moment(at, clinic.zoneinfo),
        "time_zone": clinic.zone,
        "clinic": {
            "id": str(clinic.pk),
            "name": clinic.name,
            "address": clinic.address,
            "phone": clinic.phone,
        },
    }


def _named(clinic: Clinic, staff: set[UUID]) -> Iterator[Object]:
    """Who the members of staff are that a record names."""
    people = StaffMember.objects.filter(clinic=clinic, pk__in=staff).order_by("pk")
    for person in people:
        roles = [role for role in ROLES if getattr(person, f"is_{role}")]
        yield {"id": str(person.pk), "name": person.name, "roles": roles}


def _opened(head: Object) -> bytes:
    """An object that more members follow."""
    return (_text(head)[:-1] + ",\n").encode()


def _member(name: str, value: Any) -> bytes:
    return f"{_text(name)}: {_text(value)},\n".encode()


def _list(name: str, rows: Iterable[Object]) -> Iterator[bytes]:
    """A member that is a list, a row a line."""
    yield f"{_text(name)}: [".encode()
    between = "\n"
    for row in rows:
        yield (between + _text(row)).encode()
        between = ",\n"
    yield b"],\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))

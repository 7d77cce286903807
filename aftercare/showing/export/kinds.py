"""What a file of a record holds: every table that hangs on the patient, every column.

Worked out from the models, so that a new column is in the next file. What is left out
stands here, each with its reason.
"""

# ruff: noqa: SLF001  Django keeps its list of columns under a private name
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Field, Model

from aftercare.models import AuditEntry, Patient
from aftercare.models.answers import AnswerColumns
from aftercare.models.of_patient import Belonging, of_patient


class Audience(StrEnum):
    """For whom a file is made."""

    PATIENT = "patient"
    STAFF = "staff"


NAMES = {
    "aftercare.Patient": "patient",
    "aftercare.Treatment": "treatments",
    "aftercare.DailyLog": "daily_logs",
    "aftercare.Retraction": "retractions",
    "aftercare.AdviceGiven": "advice",
    "aftercare.CallRequest": "call_requests",
    "aftercare.Flag": "flags",
    "aftercare.Finding": "results",
    "aftercare.SupportChange": "support_changes",
    "aftercare.Telling": "tellings",
    "aftercare.MovedPromise": "moved_promises",
    "aftercare.FollowUp": "follow_ups",
    "aftercare.Review": "reviews",
    "aftercare.Invitation": "invitations",
    "aftercare.OutgoingMessage": "messages",
    "aftercare.ErasureRequest": "erasure_requests",
    "aftercare.Export": "exports",
    "aftercare.AuditEntry": "audit",
}
"""What the rows of a table are called in a file; the links between rows stand in them."""

EVERYWHERE = {"clinic": "the same for every row: it stands once, at the top"}
LEFT_OUT = {
    "aftercare.Patient": {
        "login": "what signs in; it says nothing about anybody",
    },
    "aftercare.Invitation": {
        "digest": "the seal of a link that lets somebody in",
    },
    "aftercare.OutgoingMessage": {
        "body": "may hold such a link or a code while it waits; emptied when it is sent",
        "subject": "belongs to the text",
    },
}
"""In no file, with the reason."""

FOR_STAFF = {
    "aftercare.FollowUp": {"said"},
    "aftercare.Review": {"note", "plan"},
}
"""What staff wrote to each other, which a person at the clinic reads before it is given
out (docs/privacy.md). Not in a file that a patient makes by themselves."""

ANSWERS = frozenset(field.name for field in AnswerColumns._meta.local_fields)
"""The columns of a log that are its answers; in a file they stand in `answers`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rows in a file: its name, the way to the patient, its columns.

    `links` are the references to several rows, each a list of keys in the file.
    """

    name: str
    table: Belonging
    columns: tuple[Field[Any, Any], ...]
    links: tuple[str, ...]

    @property
    def model(self) -> type[Model]:
        return self.table.model

    @property
    def path(self) -> str:
        return self.table.path


def kinds(audience: Audience) -> tuple[Kind, ...]:
    """Every kind of rows but the patient, in the order of the file."""
    tables = {one.label: one for one in _tables()}
    return tuple(
        kind_of(tables[label], audience)
        for label in NAMES
        if label in tables and label != "aftercare.Patient"
    )


def patient_kind(audience: Audience) -> Kind:
    """The patient: one row, not a list."""
    return kind_of(Belonging(Patient, "pk"), audience)


def kind_of(table: Belonging, audience: Audience) -> Kind:
    hidden = {*EVERYWHERE, *LEFT_OUT.get(table.label, ())}
    if audience is Audience.PATIENT:
        hidden |= FOR_STAFF.get(table.label, set())
    meta = table.model._meta
    return Kind(
        name=NAMES[table.label],
        table=table,
        columns=tuple(one for one in meta.concrete_fields if one.name not in hidden),
        links=tuple(one.name for one in meta.many_to_many),
    )


def _tables() -> Iterator[Belonging]:
    yield from (one for one in of_patient() if not one.model._meta.auto_created)
    yield Belonging(AuditEntry, "patient")

"""What each table allows to a request: which rights, and to which of its rows.

Worked out from the models, so a new table with a clinic is behind the wall without an
edit here. A table without one is closed unless it is named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import ForeignKey, Model

from . import CLINIC, ROLE

OURS = f"nullif(current_setting('{CLINIC}', true), '')::uuid"

USUAL = "SELECT, INSERT, UPDATE"

# Where a request needs less than is usual, or more.
RIGHTS = {
    "aftercare.Clinic": "SELECT, UPDATE",
    "aftercare.AuditEntry": "SELECT, INSERT",
    # The database makes them itself, by a trigger with its owner's rights.
    "aftercare.AuditSeal": "SELECT",
    "aftercare.AuditHead": "SELECT",
    # Opening hours are replaced.
    "aftercare.Opening": "SELECT, INSERT, DELETE",
    # The rota is a plan: what is taken off before it begins leaves no row.
    "aftercare.Duty": "SELECT, INSERT, UPDATE, DELETE",
    # Who has set one up is shown; devices are shown and signed out.
    "mfa.Authenticator": "SELECT",
    "usersessions.UserSession": "SELECT, DELETE",
    "sessions.Session": "SELECT, DELETE",
}
BETWEEN = "SELECT, INSERT"
"""Of the table between two models, which says what belongs together."""

LOGIN = "aftercare.Login"

# Tables without a clinic of which a row is in reach with a row of another table: that
# table, its column, and the column here that names the same.
THROUGH = {
    "mfa.Authenticator": ("aftercare_login", "id", "user_id"),
    "usersessions.UserSession": ("aftercare_login", "id", "user_id"),
    "sessions.Session": ("usersessions_usersession", "session_key", "session_key"),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """Which rows a command reaches, and which it may leave behind."""

    name: str
    command: str
    using: str = ""
    check: str = ""

    def words(self) -> str:
        """Its definition, as it follows the name of the table."""
        using = f" USING ({self.using})" if self.using else ""
        check = f" WITH CHECK ({self.check})" if self.check else ""
        return f"FOR {self.command} TO {ROLE}{using}{check}"


@dataclass(frozen=True, slots=True)
class Table:
    """What a table is to allow; one that is not planned for allows nothing."""

    name: str
    rights: frozenset[str]
    policies: tuple[Policy, ...]


def planned() -> Iterator[Table]:
    """Every table that a request may reach."""
    for model in apps.get_models(include_auto_created=True):
        policies = _policies(model)
        if policies:
            yield Table(model._meta.db_table, _rights(model), policies)


def _rights(model: type[Model]) -> frozenset[str]:
    usual = BETWEEN if model._meta.auto_created else USUAL
    return frozenset(RIGHTS.get(model._meta.label, usual).split(", "))


def _policies(model: type[Model]) -> tuple[Policy, ...]:
    label = model._meta.label
    if label == LOGIN:
        return _of_people(model)
    if label == "aftercare.Clinic":
        return (_own(f"id = {OURS}"),)
    if _clinic_of(model):
        return (_own(f"clinic_id = {OURS}"),)
    if label in THROUGH:
        return (_own(_is_there(model, *THROUGH[label])),)
    if model._meta.auto_created:
        return _between(model)
    return ()


def _own(rows: str) -> Policy:
    return Policy("own_clinic", "ALL", rows, rows)


def _between(model: type[Model]) -> tuple[Policy, ...]:
    """A link is reached with the row it is of; both its ends must be in reach to add it.

    What is in reach is asked of the two tables, whose own policies answer.
    """
    ends = [
        _is_there(model, field.related_model._meta.db_table, "id", field.column)
        for field in model._meta.fields
        if isinstance(field, ForeignKey) and _clinic_of(field.related_model)
    ]
    if not ends:
        return ()
    return (Policy("own_clinic", "ALL", ends[0], " AND ".join(ends)),)


def _of_people(model: type[Model]) -> tuple[Policy, ...]:
    """A login is in reach with the people behind it; a new one has nobody yet."""
    people = [
        relation.related_model._meta.db_table
        for relation in model._meta.related_objects
        if relation.related_name in {"patients", "staff_members"}
    ]
    rows = " OR ".join(_is_there(model, table, "login_id", "id") for table in people)
    return (
        Policy("new", "INSERT", check="true"),
        Policy("own_clinic_read", "SELECT", using=rows),
        Policy("own_clinic_write", "UPDATE", using=rows, check=rows),
    )


def _is_there(model: type[Model], table: str, column: str, here: str) -> str:
    """Whether a row of another table is in reach that belongs to the row."""
    named = f"there.{column} = {model._meta.db_table}.{here}"
    return f"EXISTS (SELECT FROM {table} AS there WHERE {named})"


def _clinic_of(model: type[Model]) -> bool:
    return any(field.column == "clinic_id" for field in model._meta.concrete_fields)

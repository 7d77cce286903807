"""Whether anything in the record changed, and whether its rows stay within one clinic."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection, models

from aftercare.models import Clinic, Treatment

# Being signed in, and how often somebody tried to be, is no part of the record.
SESSIONS = "django_session"
TRIES = "aftercare_cache"
AUDIT = "aftercare_auditentry"
WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"(\w+)\"")


def record_now() -> dict[str, str]:
    """A digest of the rows of every table but the sessions, by table."""
    digests = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table != SESSIONS:
            rows = sorted(map(repr, model._base_manager.values_list()))
            digests[table] = sha256("\n".join(rows).encode()).hexdigest()
    return digests


class Everything:
    """What has every name in it."""

    def __contains__(self, _: object) -> bool:
        return True


ALL = Everything()


@contextmanager
def written() -> Iterator[list[str]]:
    """The tables that were written to meanwhile, sessions apart, even if undone again."""
    tables: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if (found := WRITES.match(sql)) and found[1] not in {SESSIONS, TRIES}:
            tables.append(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield tables


def rows_of(
    clinic: Clinic, treatment: Treatment | None = None, only: Container[str] = ALL
) -> dict[str, list[str]]:
    """Every row of a clinic by table, or of one of its patients by their treatment."""
    rows = {}
    for model in tenant_models():
        table = model._meta.db_table
        if table not in only:
            continue
        if treatment is None:
            mine = model._base_manager.filter(clinic=clinic)
        elif _has(model, "treatment"):
            mine = model._base_manager.filter(treatment=treatment)
        elif _has(model, "patient") and table != AUDIT:
            mine = model._base_manager.filter(patient=treatment.patient_id)
        else:
            continue
        rows[table] = sorted(map(repr, mine.values_list()))
    return rows


def tenant_models() -> list[type[models.Model]]:
    """Every table whose rows belong to a clinic."""
    return [model for model in apps.get_models() if _has(model, "clinic")]


def crossings(only: Container[str] = ALL) -> list[str]:
    """References from a row to a row of another clinic, treatment or patient."""
    found = []
    for model in tenant_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                table = model._meta.db_table
            elif isinstance(field, models.ManyToManyField):
                table = field.remote_field.through._meta.db_table
            else:
                continue
            if table in only:
                found += _strays(model, field)
    return found


def _strays(model: type[models.Model], field: Any) -> Iterator[str]:
    other = field.remote_field.model
    for shared in ("clinic", "treatment", "patient"):
        if _has(model, shared) and _has(other, shared) and field.name != shared:
            there = model._base_manager.filter(**{f"{field.name}__isnull": False})
            same = {f"{field.name}__{shared}": models.F(shared)}
            if there.exclude(**same).exists():
                yield f"{model.__name__}.{field.name} by {shared}"


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)

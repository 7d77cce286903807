"""Empties a demo clinic, so that it can be told again as of now.

The one place that deletes logs, and it refuses any clinic that is not a demo. The audit
stays: the database would not let it go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet

from aftercare.models import Clinic, Login
from aftercare.models.of_patient import of_login, of_patient

STAYS = frozenset({"AuditEntry", "AuditSeal", "AuditHead", "Opening"})
"""What belongs to the clinic itself, and the audit."""


def clear_demo(clinic: Clinic) -> None:
    """Remove every treatment, patient and staff member of a demo clinic.

    References are looked at when all is done, so the order does not matter.
    """
    if not clinic.is_demo:
        raise ValueError("Only a demo clinic can be emptied.")
    people = Login.objects.filter(patients__clinic=clinic)
    people |= Login.objects.filter(staff_members__clinic=clinic)
    logins = set(people.values_list("pk", flat=True))
    with transaction.atomic():
        for one in of_patient():
            path = "clinic" if one.path == "pk" else f"{one.path}__clinic"
            remove(one.model._base_manager.filter(**{path: clinic}))  # noqa: SLF001
        for model in of_clinic():
            remove(model._base_manager.filter(clinic=clinic))  # noqa: SLF001
        for login in logins:
            for one in of_login():
                remove(one.rows(login))


def of_clinic() -> Iterator[type[Model]]:
    """Every table whose rows belong to a clinic, but for what stays."""
    for model in apps.get_app_config("aftercare").get_models():
        columns = {field.column for field in model._meta.concrete_fields}  # noqa: SLF001
        if "clinic_id" in columns and model.__name__ not in STAYS:
            yield model


def remove(rows: QuerySet[Any]) -> None:
    """Delete past Django's own guards: it would refuse rows that the audit names."""
    rows._raw_delete(rows.db)  # noqa: SLF001  there is no public way

"""The keys of somebody's rows, by their table: what a stranger's address could carry."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from uuid import UUID

from .two_clinics import House
from .untouched import tenant_models

ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of rows, by the name of their table."""

    by_table: dict[str, list[UUID]]

    @property
    def all(self) -> list[UUID]:
        return [key for keys in self.by_table.values() for key in keys]

    def table_of(self) -> dict[str, str]:
        return {
            str(key): table for table, keys in self.by_table.items() for key in keys
        }

    def choose(self, table: str | None, by: Random) -> UUID:
        """Mostly a key of that table, where a page would look for it; sometimes any."""
        alike = self.by_table.get(table or "", [])
        return by.choice(alike if alike and by.random() < ALIKE else self.all)


def keys_of(house: House) -> Keys:
    """The keys of every row of a clinic."""
    found = {}
    for model in tenant_models():
        mine = model._base_manager.filter(clinic=house.clinic)
        found[model._meta.db_table] = list(mine.values_list("pk", flat=True))
    return Keys(found)


def keys_of_second(house: House) -> Keys:
    """The keys of what a clinic's other patient has."""
    rows = {"treatment": house.second.treatment.pk, "patient": house.second.patient.pk}
    found = {f"aftercare_{name}": {key} for name, key in rows.items()}
    for model in tenant_models():
        names = {field.name for field in model._meta.concrete_fields} & set(rows)
        for name in names:
            mine = model._base_manager.filter(**{name: rows[name]})
            keys = found.setdefault(model._meta.db_table, set())
            keys |= set(mine.values_list("pk", flat=True))
    return Keys({table: sorted(keys) for table, keys in found.items() if keys})

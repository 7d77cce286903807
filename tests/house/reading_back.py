"""Reads a record's JSON back into rows, as somebody would who has only that file."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Field, ForeignKey, Model

from aftercare.models import OutgoingMessage
from aftercare.models.flag import LEVELS
from aftercare.showing.export.kinds import Audience, Kind, kinds, patient_kind
from aftercare.warning_signs.vocabulary import Level

Row = dict[str, Any]


def read_back(text: str | bytes) -> dict[type[Model], list[Row]]:
    """The rows in a file by their table, each by the names of its columns."""
    record = json.loads(text)
    assert record["complete"] is True
    audience = Audience(record["made_for"])
    found = {kind: record[kind.name] for kind in kinds(audience)}
    found = {patient_kind(audience): [record["patient"]], **found}
    return {
        kind.model: [_row(kind, one) for one in rows] for kind, rows in found.items()
    }


def _row(kind: Kind, made: Row) -> Row:
    values = made | made.get("answers", {})
    row = {
        field.attname: _value(field, values.pop(field.name)) for field in kind.columns
    }
    row |= {name: values.pop(name) for name in kind.links}
    values.pop("answers", None)
    assert values == {}, "nobody reads this"
    return row


def _value(field: Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, dict):
        value = value["utc"]
    if field.choices == LEVELS:
        value = Level[value]
    target = field.target_field if isinstance(field, ForeignKey) else field
    return target.to_python(value)


def put_back(rows: dict[type[Model], list[Row]], clinic: Any) -> None:
    """Write the rows into the database again, with something for what was left out."""
    for model, found in rows.items():
        links = [field.name for field in model._meta.many_to_many]
        for row in found:
            columns = {name: value for name, value in row.items() if name not in links}
            model(clinic_id=clinic.pk, **_stand_ins(model, row), **columns).save(
                force_insert=True
            )
    for model, found in rows.items():
        for row in found:
            for field in model._meta.many_to_many:
                getattr(model(pk=row["id"]), field.name).set(row[field.name])


def _stand_ins(model: type[Model], row: Row) -> Row:
    if model is OutgoingMessage and row["to"]:
        return {"body": "left out"}
    return {"digest": row["id"].hex * 2} if model.__name__ == "Invitation" else {}

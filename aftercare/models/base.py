"""What every row has: a key made by us, and the clinic it belongs to."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from aftercare.warning_signs.vocabulary import Choice

from .keys import uuid7


class Row(models.Model):
    """A row with a time-ordered key that is known before it is saved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class ClinicRow(Row):
    """A row of one clinic. The clinic stands first in unique keys and hot indexes."""

    clinic = models.ForeignKey(
        "aftercare.Clinic",
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        db_index=False,
    )

    class Meta:
        abstract = True


def coded(
    choice: type[Choice], *, null: bool = False, default: Choice | None = None
) -> "models.CharField[Any, str]":
    """A column for one coded answer; `one_of` makes the database check it."""
    length = max(len(member.value) for member in choice)
    return models.CharField(
        max_length=length,
        choices=choice.choices(),
        null=null,
        blank=null,
        default=models.NOT_PROVIDED if default is None else default.value,
    )


def one_of(model: str, field: str, values: Iterable[object]) -> models.CheckConstraint:
    """The database refuses any value of `field` that is not one of `values`."""
    listed = [str(value) for value in values]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": listed}), name=f"{model}_{field}_known"
    )


def both_or_neither(model: str, first: str, second: str) -> models.CheckConstraint:
    """Two columns that only mean something together."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return models.CheckConstraint(
        condition=neither | both, name=f"{model}_{first}_with_{second}"
    )

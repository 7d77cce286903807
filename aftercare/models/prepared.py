"""Queries whose SQL is put together once.

Django writes the SQL of a queryset anew each time it is read. For a table with a hundred
columns that takes longer than the database needs to answer. Only the few queries of a
log are read like this; anywhere else a queryset is plainer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, QuerySet, UUIDField
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")
Values = Mapping[str, Any]


class Given(Expression):
    """A key that is named when the query is read, and stands for a value until then."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=UUIDField())
        self.name = name

    def as_sql(self, *_: Any) -> Any:
        return "%s", [self]


class Prepared(Generic[Row]):
    """`Prepared(lambda: Log.objects.filter(day_of=Given("day")))(day=key)` is a list.

    What is put together depends on the database alone, so that one serves every thread.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build

    def __call__(self, **given: Any) -> list[Row]:
        rows = self.queryset.all()
        rows.query.__class__ = _Asked  # as Django does where a query turns into another
        rows.query.written, rows.query.given = self._written, given
        return list(rows)

    @cached_property
    def queryset(self) -> QuerySet[Any, Row]:
        return self._build()

    @cached_property
    def _written(self) -> _Written:
        compiler = _Written(self.queryset.query, connections[DEFAULT_DB_ALIAS], None)
        compiler.write()
        return compiler


class _Written(SQLCompiler):
    """A compiler that has done its work, and only fills in the values."""

    parameters: tuple[Any, ...]
    given: Values

    def write(self) -> None:
        self.text, self.parameters = super().as_sql()
        self.converters = super().get_converters(
            [column for column, *_ in self.select[: self.col_count]]
        )

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        if self.query.select_for_update and self.connection.get_autocommit():
            raise TransactionManagementError("No transaction would hold this lock.")
        return self.text, tuple(
            self._value(one) if isinstance(one, Given) else one
            for one in self.parameters
        )

    def get_converters(self, _: Any) -> Any:
        return self.converters

    def _value(self, place: Given) -> Any:
        field: Field[Any, Any] = place.output_field
        return field.get_db_prep_value(self.given[place.name], self.connection)


class _Asked(Query):
    """A query with a compiler of its own: the written one, with values."""

    written: _Written
    given: Values

    def get_compiler(self, using: str | None = None, *_: Any, **__: Any) -> SQLCompiler:
        compiler = copy(self.written)
        compiler.connection = connections[using or DEFAULT_DB_ALIAS]
        compiler.given = self.given
        return compiler

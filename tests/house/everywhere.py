"""Where a word still stands: every column of every table, every session, every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection


def tables_with(words: Iterable[str]) -> list[str]:
    """The tables in which any of the words stands, in whatever column."""
    wanted = [word.casefold() for word in words]
    return sorted(
        table
        for table in connection.introspection.table_names()
        if any(word in _content(table) for word in wanted)
    ) + [f"session {word}" for word in wanted if word in _sessions()]


def files_with(words: Iterable[str], folder: Path) -> Iterator[Path]:
    """The files under a folder that have any of the words in them or in their name."""
    wanted = [word.casefold().encode() for word in words]
    for file in folder.rglob("*"):
        if file.is_file():
            content = (str(file).encode() + file.read_bytes()).lower()
            if any(word in content for word in wanted):
                yield file


def _content(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return repr(cursor.fetchall()).casefold()


def _sessions() -> str:
    return repr([one.get_decoded() for one in Session.objects.all()]).casefold()

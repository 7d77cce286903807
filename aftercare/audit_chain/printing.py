"""The heads of all chains as lines, to be kept outside of the database."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .following import Head

LINE = re.compile(r"([0-9a-f-]{32,36}) +([0-9]+) +([0-9a-f]{64})")


class NotReadable(Exception):
    """A line that was not printed by us."""


def printed(clinic: str, head: Head) -> str:
    """A clinic's head as a line: its key, how many rows, and the last seal."""
    return f"{clinic} {head.number} {head.digest}"


def read_printed(lines: Iterable[str]) -> dict[str, dict[int, str]]:
    """Seals by clinic and number; a file may hold the lines of many days."""
    seals: dict[str, dict[int, str]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        read = LINE.fullmatch(line.strip())
        if read is None:
            raise NotReadable(f"Line {number} is not a line of --heads.")
        clinic, row, digest = read.groups()
        seals.setdefault(clinic.replace("-", ""), {})[int(row)] = digest
    return seals

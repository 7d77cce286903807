"""A record's number: what is read where its name may not be, and stays when that is gone.

It is the beginning of the record's key, long enough to be one record's alone.
"""

from __future__ import annotations

import re
from uuid import UUID

LENGTH = 18  # with its two hyphens
DIGITS = 32
SHORTEST = 8
NUMBER = re.compile(r"[0-9a-f]+")


def number_of(key: UUID) -> str:
    """The number of a record: "01a20d02-a999-7466"."""
    return str(key)[:LENGTH]


def numbers_like(typed: str) -> tuple[UUID, UUID] | None:
    """The first and last key that begin with what was typed; None if that is no number."""
    digits = typed.replace("-", "").replace(" ", "").lower()
    if not NUMBER.fullmatch(digits) or not SHORTEST <= len(digits) <= DIGITS:
        return None
    return UUID(digits.ljust(DIGITS, "0")), UUID(digits.ljust(DIGITS, "f"))

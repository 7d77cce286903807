"""Which rules these are, and who signed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Protocol:
    """A version of the rules. Unsigned means: proposals, not yet clinical policy."""

    id: str
    approved_by: str | None = None
    approved_on: date | None = None

    @property
    def is_signed(self) -> bool:
        return bool(self.approved_by and self.approved_on)


PROTOCOL = Protocol(id="microneedling/1")

"""One row of the rule table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .case import Case
from .findings import Finding
from .vocabulary import Level

Find = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A warning sign: when it is raised, how soon a person must look, and what is said.

    `trigger` is the specification's own wording with parameter names. `patient_text`
    holds for every level that `other_texts` does not name; it never says "contact us
    today", which the level does where it is true. `claims` and `sources` are tags of the
    evidence. `find` is None for rules of the clock and the record (see `schedule`).
    """

    id: str
    name: str
    trigger: str
    levels: tuple[Level, ...]
    patient_text: str
    clinic_text: str
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    find: Find | None
    other_texts: Mapping[Level, str] = field(default_factory=lambda: NO_TEXTS)
    on_baseline: bool = False

    def text_for(self, level: Level) -> str:
        """What the patient is told at a level."""
        return self.other_texts.get(level, self.patient_text)


NO_TEXTS: Mapping[Level, str] = MappingProxyType({})

"""Which rows are a patient's: every table that can be reached from one, and how.

Worked out from the models, so that neither an export nor an erasure can forget a table.
A test holds every table that is found to one of the two lists below.
"""

# ruff: noqa: SLF001  Django keeps its list of tables and columns under private names
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from .people import Login, Patient, StaffMember

GOES_WITH_THE_PATIENT = frozenset(
    {
        "aftercare.Patient",
        "aftercare.Treatment",
        "aftercare.DailyLog",
        "aftercare.Retraction",
        "aftercare.AdviceGiven",
        "aftercare.CallRequest",
        "aftercare.Flag",
        "aftercare.Finding",
        "aftercare.SupportChange",
        "aftercare.FollowUp",
        "aftercare.FollowUp_flags",
        "aftercare.Review",
        "aftercare.Review_shown",
        "aftercare.Telling",
        "aftercare.MovedPromise",
        "aftercare.Invitation",
        "aftercare.OutgoingMessage",
        "aftercare.ErasureRequest",
        "aftercare.Export",
    }
)
"""Erased with the patient whose rows they are."""

GOES_WITH_THE_LOGIN = frozenset(
    {
        "aftercare.Login",
        "account.EmailAddress",
        "account.EmailConfirmation",
        "mfa.Authenticator",
        "usersessions.UserSession",
    }
)
"""Erased with the login, where no other person signs in with it."""

STAYS = {
    "aftercare.AuditEntry": "who did or read what, by keys alone: it proves what was "
    "done, and holds no answer, name or free text",
}
"""Not erased, each with the reason; nothing that hangs on them is looked at."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """A table, and the way from one of its rows to the row that it belongs to."""

    model: type[Model]
    path: str

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def steps(self) -> int:
        return 0 if self.path == "pk" else self.path.count("__") + 1

    def rows(self, key: UUID) -> QuerySet[Any]:
        """The rows that belong to the patient or login of this key."""
        return self.model._base_manager.filter(**{self.path: key})


def of_patient() -> tuple[Belonging, ...]:
    """A patient's tables, those first on whose rows no others hang."""
    return _outermost_first(_reached(Patient))


def of_login() -> tuple[Belonging, ...]:
    """The same for a login; the people behind it are no part of it."""
    return _outermost_first(_reached(Login))


def reached_labels() -> tuple[set[str], set[str]]:
    """What is found from a patient and from a login, kept tables included."""
    patient = {one.label for one in _reached(Patient, beyond=True)}
    login = {one.label for one in _reached(Login, beyond=True)}
    return patient, login


def _outermost_first(found: Iterator[Belonging]) -> tuple[Belonging, ...]:
    return tuple(sorted(found, key=lambda one: -one.steps))


def _reached(start: type[Model], *, beyond: bool = False) -> Iterator[Belonging]:
    """Every table with a reference to one that was found, by the best way there is.

    The best has the fewest references that may be empty, then the fewest steps. The
    people behind a login are no part of it. What stays is left out unless asked for
    with `beyond`, and what hangs on it always.
    """
    number = count()
    waiting = [(0, 0, next(number), Belonging(start, "pk"))]
    found: set[type[Model]] = set()
    while waiting:
        empty, steps, _, here = heappop(waiting)
        if here.model in found or (here.label in STAYS and not beyond):
            continue
        found.add(here.model)
        yield here
        if here.label in STAYS:
            continue
        for field in _references_to(here.model):
            if start is Login and issubclass(field.model, Patient | StaffMember):
                continue
            path = field.name if here.path == "pk" else f"{field.name}__{here.path}"
            next_one = Belonging(field.model, path)
            heappush(waiting, (empty + field.null, steps + 1, next(number), next_one))


def _references_to(model: type[Model]) -> Iterator[Any]:
    """The foreign keys of other tables that point here, links between rows included."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.field

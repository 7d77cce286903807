"""Whom the front desk is to call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aftercare.models import StaffMember, Treatment

from .colleagues import Names, leads, working
from .deadlines import due_words
from .standing import read_standings, state_words


@dataclass(frozen=True, slots=True)
class ContactPage:
    """What the front desk sees of a row: whom to call, and nothing of why."""

    treatment: UUID
    name: str
    phone: str
    state: str
    due: str
    owner: str
    shown: tuple[tuple[UUID, UUID | None], ...]
    must_escalate: bool
    leads: Names


def read_contact_page(
    staff: StaffMember, treatment: Treatment, at: datetime
) -> ContactPage:
    """A row without its reasons."""
    clinic = staff.clinic
    found = read_standings(clinic, at, clinic.opening_hours(), treatment.pk)
    standing = found[0] if found else None
    state = standing.state if standing else None
    return ContactPage(
        treatment=treatment.pk,
        name=str(treatment.patient),
        phone=treatment.patient.phone,
        state=state_words(standing) if standing else "Closed",
        due=due_words(state, at, clinic) if state else "",
        owner=state.owner if state else "",
        shown=tuple((flag.pk, None) for flag in (standing.flags if standing else ())),
        must_escalate=standing is not None and standing.must_escalate,
        leads=leads(working(clinic), staff),
    )

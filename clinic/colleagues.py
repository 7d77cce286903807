"""Who works at the clinic now, and who of them can be given what."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from aftercare.models import Clinic, StaffMember
from aftercare.permissions import May, may

Names = list[tuple[UUID, str]]


def working(clinic: Clinic) -> list[StaffMember]:
    """Everybody who has come in and has not left, by name; one query."""
    here = clinic.staffmembers.filter(
        joined_at__isnull=False, deactivated_at__isnull=True
    )
    return list(here.order_by("name", "id"))


def carers(people: Iterable[StaffMember]) -> Names:
    """Who can look after a row, or be on duty: key and name."""
    return [(one.pk, one.name) for one in people if may(one, May.ACKNOWLEDGE)]


def colleagues(clinic: Clinic) -> Names:
    """The same, read for one form."""
    return carers(working(clinic))


def leads(people: Iterable[StaffMember], me: StaffMember) -> Names:
    """To whom I can escalate: the clinical leads, and the owners where there is none."""
    others = [one for one in people if one.pk != me.pk]
    chosen = [one for one in others if one.is_clinical_lead]
    if not chosen and not me.is_clinical_lead:
        chosen = [one for one in others if one.is_owner]
    return [(one.pk, one.name) for one in chosen]

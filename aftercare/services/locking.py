"""One lock order for every verb: the treatment's row, before anything else."""

from __future__ import annotations

from uuid import UUID

from aftercare.models import Clinic, Treatment


def locked_treatment(clinic: Clinic, treatment_id: UUID) -> Treatment:
    """The treatment, locked until the transaction ends; only of this clinic."""
    return (
        Treatment.objects.select_for_update(of=("self",))
        .select_related("patient", "clinic")
        .get(clinic=clinic, pk=treatment_id)
    )

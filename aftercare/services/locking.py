"""One lock order for every verb: the treatment's row, before anything else."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, QuerySet

from aftercare.models import Clinic, Patient, Treatment
from aftercare.models.prepared import Given, Prepared
from aftercare.promise import OpeningHours

# Of one clinic there are few, and what the lock guards is not among them.
OPENING = {
    column: F(f"clinic__openings__{column}")
    for column in ("weekday", "date", "opens", "closes")
}


def locked_treatment(clinic: Clinic, treatment_id: UUID) -> Treatment:
    """The treatment, locked until the transaction ends; only of this clinic."""
    return _the_treatment(_locked(clinic=clinic.pk, treatment=treatment_id))


def locked_with_hours(
    clinic: Clinic, treatment_id: UUID
) -> tuple[Treatment, OpeningHours]:
    """The same with the clinic's hours, in the same query."""
    rows = _locked_with_hours(clinic=clinic.pk, treatment=treatment_id)
    treatment = _the_treatment(rows)
    return treatment, treatment.clinic.hours_of(rows)


def free_treatment(clinic: Clinic, treatment_id: UUID) -> Treatment | None:
    """The same for a sweep: None where somebody has it in hand, as the next one finds it.

    Whoever holds a row, and for how long, must not keep the others waiting.
    """
    rows = _free(clinic=clinic.pk, treatment=treatment_id)
    return rows[0] if rows else None


def free_with_hours(
    clinic: Clinic, treatment_id: UUID
) -> tuple[Treatment, OpeningHours] | None:
    """The same with the clinic's hours."""
    rows = _free_with_hours(clinic=clinic.pk, treatment=treatment_id)
    return (rows[0], rows[0].clinic.hours_of(rows)) if rows else None


def locked_record(clinic: Clinic, patient_id: UUID) -> tuple[Patient, list[Treatment]]:
    """A patient and all their treatments, locked: nothing in the record moves meanwhile.

    Whoever adds a treatment at this moment waits for the patient's row, and then finds
    it as it was left.
    """
    treatments = (
        Treatment.objects.select_for_update(of=("self",))
        .select_related("clinic")
        .filter(clinic=clinic, patient=patient_id)
    )
    found = list(treatments.order_by("pk"))
    patients = Patient.objects.select_for_update(of=("self",)).select_related("login")
    return patients.get(clinic=clinic, pk=patient_id), found


@Prepared
def _locked() -> QuerySet[Treatment]:
    return (
        Treatment.objects.select_for_update(of=("self",))
        .select_related("patient", "clinic")
        .filter(clinic=Given("clinic"), pk=Given("treatment"))
    )


@Prepared
def _locked_with_hours() -> QuerySet[Treatment]:
    return _locked.queryset.annotate(**OPENING).order_by("clinic__openings__opens")


@Prepared
def _free() -> QuerySet[Treatment]:
    return _locked.queryset.select_for_update(of=("self",), skip_locked=True)


@Prepared
def _free_with_hours() -> QuerySet[Treatment]:
    return _locked_with_hours.queryset.select_for_update(of=("self",), skip_locked=True)


def _the_treatment(rows: list[Treatment]) -> Treatment:
    """Joined to the hours, the same treatment comes once for each of them."""
    if not rows:
        raise Treatment.DoesNotExist
    return rows[0]

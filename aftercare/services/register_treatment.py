"""A treatment enters the record, is put right, or is voided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from aftercare.languages import Language
from aftercare.models import DailyLog, Patient, StaffMember, Treatment
from aftercare.models.keys import uuid7
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.schedule import unsterile
from aftercare.warning_signs.treatment_words import (
    ProcedureType,
    RiskFactor,
    Setting,
    Sterility,
)

from . import audit
from .evaluating import Evaluation, evaluate_days, logged_units
from .follow_up import NotPossible
from .locked_course import LockedCourse, lock_course
from .raising import Fresh, raise_flags
from .remind import plan
from .silence import first_check, first_noon
from .submit_log import phase_of


@dataclass(frozen=True, slots=True)
class PatientDetails:
    """Who the patient is, as the clinic knows them."""

    given_name: str
    family_name: str
    birth_date: date
    phone: str = ""
    email: str = ""
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class TreatmentDetails:
    """What was done (specification section 3). Depth in millimetres, the deepest used."""

    type: ProcedureType
    performed_at: datetime
    areas: str
    practitioner: str
    needle_depth_mm: Decimal | None = None
    sterile_single_use: Sterility = Sterility.TRUE
    setting: Setting = Setting.THIS_CLINIC
    risk_factors: frozenset[RiskFactor] = frozenset()
    more: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """The columns of a treatment that these details fill."""
        return {
            "type": self.type,
            "performed_at": self.performed_at,
            "areas": self.areas,
            "practitioner": self.practitioner,
            "needle_depth_mm": self.needle_depth_mm,
            "sterile_single_use": self.sterile_single_use,
            "setting": self.setting,
            **{f"risk_{code}": code in self.risk_factors for code in RiskFactor},
            **self.more,
        }


def register_patient(
    *,
    by: StaffMember,
    details: PatientDetails,
    at: datetime,
    key: UUID | None = None,
) -> Patient:
    """A new patient of the clinic; `key` is put in the form, so that it is one patient
    however often the form is sent.
    """
    with transaction.atomic():
        patient = Patient.objects.create(
            id=key or uuid7(),
            clinic=by.clinic,
            given_name=details.given_name,
            family_name=details.family_name,
            birth_date=details.birth_date,
            phone=details.phone,
            email=details.email,
            language=details.language,
            created_at=at,
        )
        audit.record(
            "patient.registered",
            by=by,
            clinic=by.clinic,
            at=at,
            patient_id=patient.pk,
            object_id=patient.pk,
        )
    return patient


def register_treatment(
    *, by: StaffMember, patient: Patient, details: TreatmentDetails, at: datetime
) -> Treatment:
    """A new treatment; an unsterile device is flagged at once.

    Raises `NotPossible` when the same treatment was entered a moment ago.
    """
    zone = by.clinic.zoneinfo
    treatment = Treatment(
        clinic=by.clinic,
        patient=patient,
        performed_on=details.performed_at.astimezone(zone).date(),
        zone=by.clinic.zone,
        agreed_at=at,
        created_at=at,
        created_by=by,
        **details.columns(),
    )
    note_unsterile(treatment, at)
    treatment.next_due_at = first_check(treatment, at)
    plan(treatment)
    try:
        with transaction.atomic():
            treatment.save(force_insert=True)
            if treatment.unsterile_since is not None:
                raise_unsterile(lock_course(by.clinic, treatment.pk), at)
            record(treatment, "treatment.registered", by, at)
    except IntegrityError as error:
        raise NotPossible("This treatment is already in the record.") from error
    return treatment


def change_treatment(
    *,
    treatment_id: UUID,
    by: StaffMember,
    details: TreatmentDetails,
    at: datetime,
    seen: int | None = None,
) -> Evaluation:
    """Put the procedure record right; every logged day is judged again.

    `seen` is the version that the author had before them. Raises `NotPossible` when it
    was changed meanwhile, or would be the same as another treatment of the patient.
    """
    try:
        with transaction.atomic():
            course = lock_course(by.clinic, treatment_id)
            require_current(course.treatment, seen)
            put_right(course, details, at)
            evaluation = evaluate_days(course, logged_units(course), at)
            record(course.treatment, "treatment.changed", by, at)
    except IntegrityError as error:
        raise NotPossible("This treatment is already in the record.") from error
    return evaluation


def require_current(treatment: Treatment, seen: int | None) -> None:
    """Nobody writes over what a colleague has just changed, or into a voided record."""
    if treatment.voided_at is not None:
        raise NotPossible("This treatment was already voided.")
    if seen is not None and seen != treatment.version:
        raise NotPossible("This record was changed meanwhile. Please open it again.")


def put_right(course: LockedCourse, details: TreatmentDetails, at: datetime) -> None:
    """Write the new details, with what follows from another date, time or device."""
    treatment = course.treatment
    for name, value in details.columns().items():
        setattr(treatment, name, value)
    zone = treatment.clinic.zoneinfo
    move_days(course, details.performed_at.astimezone(zone).date())
    was_unsterile = treatment.unsterile_since is not None
    note_unsterile(treatment, at)
    treatment.version += 1
    treatment.save()
    if treatment.unsterile_since is not None and not was_unsterile:
        raise_unsterile(course, at)


def void_treatment(
    *, treatment_id: UUID, by: StaffMember, reason: str, at: datetime
) -> None:
    """A treatment that was entered by mistake: out of every list, kept in the record.

    Refused while flags are open, so that no warning disappears with it.
    """
    with transaction.atomic():
        treatment = lock_course(by.clinic, treatment_id).treatment
        if treatment.voided_at is not None:
            raise NotPossible("This treatment was already voided.")
        if treatment.flags.open().exists():
            raise NotPossible("Close the open flags first.")
        treatment.voided_at, treatment.voided_by = at, by
        treatment.void_reason = reason.strip()
        treatment.next_due_at = treatment.next_prompt_at = treatment.nudge_at = None
        treatment.save()
        record(treatment, "treatment.voided", by, at)


def note_unsterile(treatment: Treatment, at: datetime) -> None:
    """Remember the day on which an unsterile device was first recorded."""
    if (
        treatment.sterile_single_use == Sterility.FALSE
        and treatment.unsterile_since is None
    ):
        today = at.astimezone(treatment.clinic.zoneinfo).date()
        treatment.unsterile_since = treatment.day_of(today)


def raise_unsterile(course: LockedCourse, at: datetime) -> None:
    day = course.treatment.unsterile_since or 0
    results = [unsterile(course.treatment.procedure(), day)]
    raise_flags(course, [Fresh(result, day) for result in results if result], at)


def move_days(course: LockedCourse, performed_on: date) -> None:
    """Another moment of treatment gives logs, and what stands on them, other days."""
    treatment = course.treatment
    moved = (treatment.performed_on - performed_on).days
    treatment.performed_on = performed_on
    for log in course.logs:
        place_log(log)
    if not moved:
        return
    treatment.findings.update(day=F("day") + moved)
    treatment.flags.update(day=F("day") + moved)
    course.move(moved)
    if treatment.unsterile_since is not None:
        treatment.unsterile_since += moved
    if treatment.left_at is None:
        first = first_noon(treatment)
        treatment.next_due_at = min(treatment.next_due_at or first, first)
        plan(treatment)


def place_log(log: DailyLog) -> None:
    """The day and phase of a log after the moment of treatment was put right."""
    day, before = log.treatment.day_of(log.for_date), (log.day, log.phase)
    if day > DEFAULTS.max_log_day:
        raise NotPossible("With this date a log would be too long after it.")
    log.day = day
    log.phase = phase_of(log)
    if (log.day, log.phase) != before:
        log.save(update_fields=["day", "phase"])
        log.findings.update(phase=log.phase)


def record(treatment: Treatment, verb: str, by: StaffMember, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        clinic=by.clinic,
        at=at,
        patient_id=treatment.patient_id,
        object_id=treatment.pk,
    )

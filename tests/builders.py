"""Short ways to the rows a test is about, all entered through the services."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from aftercare.models import Clinic, Patient, StaffMember, Treatment
from aftercare.promise import Interval
from aftercare.services.create_clinic import ClinicDetails, add_staff, create_clinic
from aftercare.services.follow_up import newest_evidence
from aftercare.services.register_treatment import (
    PatientDetails,
    TreatmentDetails,
    register_patient,
    register_treatment,
)
from aftercare.services.submit_log import LogEntry, Submitted, submit_log
from aftercare.warning_signs.treatment_words import ProcedureType, RiskFactor, Sterility

# A Monday, 9am in London, half an hour after opening.
MONDAY = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
WEEKDAYS = {day: (Interval(time(8, 30), time(18, 0)),) for day in range(5)}

CALM: dict[str, Any] = {
    "overall_change": "better",
    "pain": 0,
    "redness": "none",
    "swelling": "none",
    "none_of_these": True,
    "feels_feverish": False,
    "fatigue": "none",
    "node_present": False,
}
GLANDS: dict[str, Any] = {
    "overall_change": "same",
    "pain": 1,
    "redness": "mild",
    "swelling": "none",
    "signs_glands": True,
    "node_present": True,
    "node_sites_neck": True,
    "node_size": "lt_1cm",
}
EMERGENCY: dict[str, Any] = {
    "signs_emergency": True,
    "red_flags_breathing_difficulty": True,
}

_numbers = itertools.count(1)


def fever(temperature: str = "38.2") -> dict[str, Any]:
    """Answers with a measured temperature in degrees Celsius."""
    return {
        "signs_unwell": True,
        "feels_feverish": True,
        "temperature_value": Decimal(temperature),
        "temperature_unit": "C",
        "temperature_c": Decimal(temperature),
    }


def make_clinic(
    name: str = "Ashgrove Clinic", at: datetime = MONDAY, **over: Any
) -> Clinic:
    details = {
        "zone": "Europe/London",
        "phone": "020 7946 0311",
        "emergency_number": "999",
        "out_of_hours_number": "111",
        "weekly": WEEKDAYS,
    }
    return create_clinic(
        details=ClinicDetails(name=name, **(details | over)), at=at - timedelta(days=90)
    )


def make_staff(
    clinic: Clinic,
    name: str = "Priya Nair",
    *roles: str,
    password: str | None = None,
    at: datetime = MONDAY,
) -> StaffMember:
    return add_staff(
        clinic=clinic,
        name=name,
        email=f"staff{next(_numbers)}@clinic.example",
        password=password,
        roles=roles or ("is_clinician",),
        at=at - timedelta(days=80),
    )


def make_patient(by: StaffMember, name: str = "Maya Okafor", **over: Any) -> Patient:
    given, _, family = name.partition(" ")
    details = {
        "given_name": given,
        "family_name": family,
        "birth_date": date(1991, 5, 14),
        "phone": "07700 900318",
    }
    return register_patient(
        by=by,
        details=PatientDetails(**(details | over)),
        at=MONDAY - timedelta(days=60),
    )


def make_treatment(
    by: StaffMember,
    patient: Patient | None = None,
    *,
    performed_at: datetime = MONDAY - timedelta(days=4),
    depth: str | None = "1.0",
    risks: tuple[RiskFactor, ...] = (),
    sterile: Sterility = Sterility.TRUE,
    kind: ProcedureType = ProcedureType.MICRONEEDLING,
    at: datetime | None = None,
) -> Treatment:
    """A treatment four days before MONDAY, unless told otherwise."""
    return register_treatment(
        by=by,
        patient=patient or make_patient(by),
        details=TreatmentDetails(
            type=kind,
            performed_at=performed_at,
            areas="Full face",
            practitioner="Dr Lena Hart",
            needle_depth_mm=Decimal(depth) if depth else None,
            risk_factors=frozenset(risks),
            sterile_single_use=sterile,
        ),
        at=at or performed_at + timedelta(hours=1),
    )


def entry(at: datetime = MONDAY, *answers: dict[str, Any], **over: Any) -> LogEntry:
    """A filled form: the answers given, later ones winning, for the date of `at`."""
    merged: dict[str, Any] = {}
    for part in answers:
        merged |= part
    fields = {
        "key": uuid.uuid4(),
        "for_date": at.date(),
        "finished_on": at.date(),
        "answers": merged,
    }
    return LogEntry(**(fields | over))


def shown_flags(treatment: Treatment) -> dict[uuid.UUID, uuid.UUID | None]:
    """The open flags as a page shows them, each with its newest finding."""
    return {flag.pk: flag.newest_finding for flag in newest_evidence(treatment)}


def send_log(
    treatment: Treatment,
    *answers: dict[str, Any],
    at: datetime = MONDAY,
    by: Patient | StaffMember | None = None,
    **over: Any,
) -> Submitted:
    """The patient sends a log at a moment."""
    return submit_log(
        treatment_id=treatment.pk,
        by=by or treatment.patient,
        entry=entry(at, *answers, **over),
        at=at,
    )

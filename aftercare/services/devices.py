"""The devices on which a patient is signed in: which there are, and signing them out."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from aftercare.models import Patient, StaffMember
from aftercare.sessions import end_all_sessions

from . import audit


def signed_in(patient: Patient, at: datetime) -> list[UserSession]:
    """The devices that are signed in now, the newest first; two queries."""
    if patient.login_id is None:
        return []
    devices = UserSession.objects.filter(user=patient.login_id).order_by("-created_at")
    keys = [device.session_key for device in devices]
    live = Session.objects.filter(session_key__in=keys, expire_date__gt=at)
    still = set(live.values_list("session_key", flat=True))
    return [device for device in devices if device.session_key in still]


def sign_out_device(
    *, patient: Patient, device_id: int, by: Patient | StaffMember, at: datetime
) -> bool:
    """One device; False for one that is not theirs, or is signed out already."""
    with transaction.atomic():
        found = [one for one in signed_in(patient, at) if one.pk == device_id]
        return bool(end(found, patient, by, at))


def sign_out_others(*, patient: Patient, keep: str, at: datetime) -> int:
    """Every device but the one with this session; how many there were."""
    with transaction.atomic():
        others = [one for one in signed_in(patient, at) if one.session_key != keep]
        return end(others, patient, patient, at)


def sign_out_everywhere(*, patient: Patient, by: StaffMember, at: datetime) -> int:
    """Every device of a patient, and any session that no list knows of."""
    with transaction.atomic():
        devices = signed_in(patient, at)
        for device in devices:
            device.end()
        if patient.login is not None:
            end_all_sessions(patient.login)
        note_end(patient, by, at)
    return len(devices)


def end(
    devices: list[UserSession],
    patient: Patient,
    by: Patient | StaffMember,
    at: datetime,
) -> int:
    """End these sessions and write down who did it."""
    for device in devices:
        device.end()
    if devices:
        note_end(patient, by, at)
    return len(devices)


def note_end(patient: Patient, by: Patient | StaffMember, at: datetime) -> None:
    audit.record(
        "devices.signed_out",
        by=by,
        clinic=patient.clinic,
        at=at,
        patient_id=patient.pk,
    )

"""Where a patient is signed in, as it stands in their own file."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from aftercare.models import Patient

from .values import Object, moment


def devices_of(patient: Patient) -> list[Object]:
    """Every device that is kept of the patient's login; one query."""
    zone = patient.clinic.zoneinfo
    devices = UserSession.objects.filter(user=patient.login_id).order_by("created_at")
    return [
        {
            "program": one.user_agent,
            "address": one.ip,
            "signed_in_at": moment(one.created_at, zone),
            "last_seen_at": moment(one.last_seen_at, zone),
        }
        for one in devices
    ]

"""A patient is told that somebody called or wrote, in neutral words and never at night."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from aftercare.messages import words
from aftercare.messages.outbox import cancel, enqueue
from aftercare.models import MessageChannel, Patient
from aftercare.reminders import LATEST, QUIET_UNTIL, awake, is_quiet

from .patient_ways import has_room, ways_to_remind, zone_of


def tell_patient(
    text: words.PatientText, patient: Patient, about: UUID, at: datetime, **gaps: str
) -> None:
    """Put it into the outbox for each way that the patient wants; once a day.

    `about` is the row that it is about. At night it waits until the morning; it expires
    in the evening, since by then it has been read on the patient's page or never will.
    """
    zone = zone_of(patient)
    moment = by_day(patient, at)
    ends = awake(LATEST, (moment or at).astimezone(zone).date(), zone)
    if moment is None or ends is None or not has_room(patient, moment):
        return
    for way, to in ways_to_remind(patient):
        said = text.filled(way, patient.language, clinic=patient.clinic.name, **gaps)
        enqueue(
            kind=text.kind,
            channel=way,
            to=to,
            subject=said.subject,
            body=said.body,
            once=reason(text, about, way),
            at=at,
            due_at=moment,
            expires_at=ends + timedelta(minutes=1),
            clinic=patient.clinic,
            patient=patient,
        )


def take_back(text: words.PatientText, about: UUID, at: datetime) -> None:
    """What it was about is no longer so: what waits does not leave."""
    for way in MessageChannel:
        cancel(once=reason(text, about, way), at=at)


def reason(text: words.PatientText, about: UUID, way: MessageChannel) -> str:
    return f"{text.kind}:{about}:{way}"


def by_day(patient: Patient, at: datetime) -> datetime | None:
    """Now, or the next morning where it is night; None where that cannot be."""
    zone = zone_of(patient)
    if not is_quiet(at, zone):
        return at
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=local.time() >= LATEST)
    return awake(QUIET_UNTIL, day, zone)
